/// The DER form of an ECDSA signature, written apart from the project's own encoder so that one can judge the other.
enum ReferenceDER {
  /// SEQUENCE { INTEGER r, INTEGER s } of r || s.
  static func encode(_ raw: [UInt8]) -> [UInt8] {
    let half = raw.count / 2
    let body = integer(BigNumber(Array(raw.prefix(half)))) + integer(BigNumber(Array(raw.suffix(half))))
    return [0x30, UInt8(body.count)] + body
  }

  /// r || s, `half` octets each, of SEQUENCE { INTEGER r, INTEGER s }; all lengths have one octet.
  static func decode(_ der: [UInt8], half: Int) throws -> [UInt8] {
    guard der.count > 4, der[0] == 0x30, der[2] == 0x02 else { throw SigningKey.Failure() }
    let second = 4 + Int(der[3])
    guard second + 2 <= der.count, der[second] == 0x02 else { throw SigningKey.Failure() }
    return BigNumber(Array(der[4..<second])).bytes(count: half)
      + BigNumber(Array(der[(second + 2)...])).bytes(count: half)
  }

  /// A positive INTEGER.
  private static func integer(_ number: BigNumber) -> [UInt8] {
    let octets = number.bytes(count: number.bitCount / 8 + 1)
    return [0x02, UInt8(octets.count)] + octets
  }
}
