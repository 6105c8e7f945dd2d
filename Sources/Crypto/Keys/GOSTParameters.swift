/// What stands before a GOST key's 64 octets to make a SubjectPublicKeyInfo of them (RFC 5280 §4.1.2.7), the only form
/// that engines read: SEQUENCE { SEQUENCE { algorithm, parameters }, BIT STRING { OCTET STRING } }.
struct GOSTParameters {
  /// The octets of the DER form in front of the key.
  let prefix: [UInt8]

  /// Octets of x and of y, little-endian (RFC 5933 §2, RFC 9558 §2).
  static let coordinateByteCount = 32

  /// GOST R 34.10-2001 with the curve id-GostR3410-2001-CryptoPro-A-ParamSet (RFC 5933 §2.2).
  static let cryptoPro2001 = GOSTParameters(
    algorithm: [0x06, 0x06, 0x2a, 0x85, 0x03, 0x02, 0x02, 0x13],
    parameters: [
      0x06, 0x07, 0x2a, 0x85, 0x03, 0x02, 0x02, 0x23, 0x01, 0x06, 0x07, 0x2a, 0x85, 0x03, 0x02, 0x02, 0x1e,
      0x01,
    ])

  /// GOST R 34.10-2012 with the curve id-tc26-gost-3410-2012-256-paramSetA (RFC 9558 §2).
  static let technicalCommittee2012 = GOSTParameters(
    algorithm: [0x06, 0x08, 0x2a, 0x85, 0x03, 0x07, 0x01, 0x01, 0x01, 0x01],
    parameters: [0x06, 0x09, 0x2a, 0x85, 0x03, 0x07, 0x01, 0x02, 0x01, 0x01, 0x01])

  /// The prefix for an algorithm and its parameters; all lengths are below 128, so of one octet (X.690 §8.1.3.4).
  private init(algorithm: [UInt8], parameters: [UInt8]) {
    let sequence = algorithm + [0x30, UInt8(parameters.count)] + parameters
    let key: [UInt8] = [0x03, 0x43, 0x00, 0x04, 0x40]
    let body = [0x30, UInt8(sequence.count)] + sequence + key
    prefix = [0x30, UInt8(body.count + 2 * Self.coordinateByteCount)] + body
  }
}
