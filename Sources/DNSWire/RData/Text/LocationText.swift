import Bytes

extension RDataTextWriter {
  /// LOC (RFC 1876 §2, §3): `D M S.mmm N|S D M S.mmm E|W ALTITUDEm SIZEm HORIZONTALm VERTICALm`.
  ///
  ///     |   VERSION (8) |      SIZE (8) | HORIZ PRE (8) |  VERT PRE (8) |
  ///     |                         LATITUDE (32)                         |
  ///     |                        LONGITUDE (32)                         |
  ///     |                         ALTITUDE (32)                         |
  mutating func appendLocation(to text: inout [UInt8]) throws(DecodingError) {
    let start = reader.offset
    guard try reader.readUInt8() == 0 else { throw DecodingError(.badRData, at: start) }
    let size = try readPrecision(), horizontal = try readPrecision(), vertical = try readPrecision()
    try appendAngle(maximum: 90, positive: "N", negative: "S", to: &text)
    try appendAngle(maximum: 180, positive: "E", negative: "W", to: &text)
    // Centimetres above a point 100 km below the ellipsoid.
    let altitude = Int64(try reader.readUInt32()) - 10_000_000
    if altitude < 0 { text.append(0x2d) }
    appendMetres(altitude.magnitude, to: &text)
    for value in [size, horizontal, vertical] {
      text.append(0x20)
      appendMetres(value, to: &text)
    }
  }

  /// An angle in thousandths of a second of arc, 2^31 being the equator or the prime meridian.
  private mutating func appendAngle(
    maximum: UInt64, positive: String, negative: String, to text: inout [UInt8]
  ) throws(DecodingError) {
    let start = reader.offset
    let angle = Int64(try reader.readUInt32()) - 0x8000_0000, magnitude = angle.magnitude
    guard magnitude <= maximum * 3_600_000 else { throw DecodingError(.badRData, at: start) }
    text.append(decimal: magnitude / 3_600_000)
    text.append(0x20)
    text.append(decimal: magnitude / 60_000 % 60)
    text.append(0x20)
    text.append(decimal: magnitude / 1000 % 60)
    text.append(0x2e)
    text.append(decimal: magnitude % 1000, width: 3)
    text.append(text: angle < 0 ? " \(negative) " : " \(positive) ")
  }

  /// A size in centimetres: a decimal digit and a power of ten, a nibble each; nothing but 0 stands for 0.
  private mutating func readPrecision() throws(DecodingError) -> UInt64 {
    let start = reader.offset, octet = try reader.readUInt8()
    let digit = UInt64(octet >> 4), exponent = octet & 15
    guard digit <= 9, exponent <= 9, digit > 0 || exponent == 0 else {
      throw DecodingError(.badRData, at: start)
    }
    return (0..<exponent).reduce(digit) { value, _ in value * 10 }
  }

  /// Centimetres as metres with two decimals.
  private func appendMetres(_ centimetres: UInt64, to text: inout [UInt8]) {
    text.append(decimal: centimetres / 100)
    text.append(0x2e)
    text.append(decimal: centimetres % 100, width: 2)
    text.append(0x6d)
  }
}
