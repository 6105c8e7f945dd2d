/// The DER form of an ECDSA signature, written apart from the project's own encoder so that one can judge the other.
enum ReferenceDER {
  /// SEQUENCE { INTEGER r, INTEGER s } of r || s.
  static func encode(_ raw: [UInt8]) -> [UInt8] {
    let half = raw.count / 2
    let body = integer(BigNumber(Array(raw.prefix(half)))) + integer(BigNumber(Array(raw.suffix(half))))
    return [0x30, UInt8(body.count)] + body
  }

  /// A positive INTEGER.
  private static func integer(_ number: BigNumber) -> [UInt8] {
    let octets = number.bytes(count: number.bitCount / 8 + 1)
    return [0x02, UInt8(octets.count)] + octets
  }
}
