/// The DER form of an ECDSA signature, written apart from the project's own encoder so that one can judge the other.
enum ReferenceDER {
  /// SEQUENCE { INTEGER r, INTEGER s } of r || s.
  static func encode(_ raw: [UInt8]) -> [UInt8] {
    let half = raw.count / 2
    let body = integer(BigNumber(Array(raw.prefix(half)))) + integer(BigNumber(Array(raw.suffix(half))))
    return [0x30, UInt8(body.count)] + body
  }

  /// r || s of a DER signature that libcrypto has made.
  static func decode(_ der: [UInt8], half: Int) throws -> [UInt8] {
    guard der.count > 4, Int(der[3]) + 6 <= der.count else { throw SigningKey.Failure() }
    let r = der[4..<4 + Int(der[3])], s = der[(6 + Int(der[3]))...]
    return BigNumber(Array(r)).bytes(count: half) + BigNumber(Array(s)).bytes(count: half)
  }

  /// A positive INTEGER.
  private static func integer(_ number: BigNumber) -> [UInt8] {
    let octets = number.bytes(count: number.bitCount / 8 + 1)
    return [0x02, UInt8(octets.count)] + octets
  }
}
