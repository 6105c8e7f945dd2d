import Crypto
import TestSupport
import Testing

@Suite("Signatures printed in RFCs") struct RFCVectorTests {
  @Test("the signature verifies with the key over the record", arguments: RFCVector.all)
  func verifies(vector: RFCVector) throws {
    let (key, signed, signature) = try vector.octets()
    #expect(try isValid(vector, key, signed, signature))
  }

  @Test("with any one bit of the record changed it does not", arguments: RFCVector.all)
  func changedRecord(vector: RFCVector) throws {
    let (key, signed, signature) = try vector.octets()
    let publicKey = try parse(vector, key), verifier = BothWays()
    for bit in 0..<signed.count * 8 {
      let changed = signed.flipping(bit)
      #expect(!verifier.accepts(publicKey, changed, signature), "bit \(bit)")
    }
  }

  @Test("with any one bit of the signature changed it does not", arguments: RFCVector.all)
  func changedSignature(vector: RFCVector) throws {
    let (key, signed, signature) = try vector.octets()
    let publicKey = try parse(vector, key), verifier = BothWays()
    for bit in 0..<signature.count * 8 {
      let changed = signature.flipping(bit)
      #expect(!verifier.accepts(publicKey, signed, changed), "bit \(bit)")
    }
  }

  @Test("with any one bit of the key changed there is no key, or it does not", arguments: RFCVector.all)
  func changedKey(vector: RFCVector) throws {
    let (key, signed, signature) = try vector.octets()
    for bit in 0..<key.count * 8 {
      if let publicKey = try? parse(vector, key.flipping(bit)) {
        #expect(!BothWays().accepts(publicKey, signed, signature), "bit \(bit)")
      }
    }
  }

  @Test(
    "GOST signatures verify, and with a bit of record, signature or key changed they do not",
    .requiresGOSTEngine("GOST signatures"), arguments: RFCVector.gost)
  func gost(vector: RFCVector) throws {
    let (key, signed, signature) = try vector.octets()
    #expect(try isValid(vector, key, signed, signature))
    for bit in stride(from: 0, to: 64 * 8, by: 13) {
      #expect(try !isValid(vector, key, signed.flipping(bit % (8 * signed.count)), signature))
      #expect(try !isValid(vector, key, signed, signature.flipping(bit)))
      if let other = try? parse(vector, key.flipping(bit)) {
        #expect(!BothWays().accepts(other, signed, signature))
      }
    }
    #expect(throws: KeyError.length) { try parse(vector, key + [0]) }
    #expect(LibcryptoErrors.isEmpty)
  }

  @Test("no vector verifies with the key of another")
  func otherKeys() throws {
    for vector in RFCVector.all {
      for other in RFCVector.all where other.source != vector.source {
        let (_, signed, signature) = try vector.octets()
        #expect(try !isValid(other, other.octets().key, signed, signature))
      }
    }
  }

  @Test("after all these keys the first one still verifies on the same verifier")
  func mixed() throws {
    let verifier = BothWays()
    for vector in RFCVector.all + RFCVector.all {
      let (key, signed, signature) = try vector.octets()
      let publicKey = try parse(vector, key)
      #expect(verifier.accepts(publicKey, signed, signature))
    }
  }

  /// The key in the scheme of the vector's algorithm.
  private func parse(_ vector: RFCVector, _ key: [UInt8]) throws(KeyError) -> PublicKey {
    guard let scheme = SignatureScheme(dnssecAlgorithm: vector.algorithm) else { throw .unsupported }
    return try PublicKey(scheme, key)
  }

  /// What a new verifier says.
  private func isValid(
    _ vector: RFCVector, _ key: [UInt8], _ signed: [UInt8], _ signature: [UInt8]
  ) throws -> Bool {
    try BothWays().accepts(parse(vector, key), signed, signature)
  }
}
