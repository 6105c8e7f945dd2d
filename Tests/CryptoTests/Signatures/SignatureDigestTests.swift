@testable import Crypto
import TestSupport
import Testing

@Suite("Digests of signatures") struct SignatureDigestTests {
  private let secret = [UInt8](repeating: 7, count: 32)

  /// The digest of a signature over data.
  private func digest(
    _ key: PublicKey, _ data: [UInt8], _ signature: [UInt8], secret: [UInt8]? = nil,
    _ method: VerificationMethod = .fast
  ) -> SignatureDigest {
    var digester = SignatureDigester(secret: secret ?? self.secret, method: method)
    let keyDigest = digester.digest(of: key)
    return digester.digest(data + signature, dataCount: data.count, key: keyDigest)
  }

  /// The octets of a digest.
  private func octets(_ digest: SignatureDigest) -> [UInt8] {
    var octets: [UInt8] = []
    digest.append(to: &octets)
    return octets
  }

  @Test("each part of a verification, and the secret, changes the digest")
  func parts() throws {
    let pair = try SigningKey(.rsaSHA256, seed: 1), other = try SigningKey(.rsaSHA256, seed: 2)
    let key = try pair.publicKey(), data: [UInt8] = [1, 2, 3], signature = try pair.sign(data)
    let good = digest(key, data, signature)
    #expect(digest(try pair.publicKey(), data, signature) == good)
    var all: Set = [good]
    for bit in 0..<24 { all.insert(digest(key, data.flipping(bit), signature)) }
    for bit in 0..<64 { all.insert(digest(key, data, signature.flipping(bit))) }
    for bit in 0..<256 { all.insert(digest(key, data, signature, secret: secret.flipping(bit))) }
    all.insert(digest(key, data, signature, .evp))
    all.insert(digest(try other.publicKey(), data, signature))
    all.insert(digest(try PublicKey(.rsaSHA512, pair.dnskeyBytes), data, signature))
    #expect(all.count == 1 + 24 + 64 + 256 + 3)
  }

  @Test(
    "an octet that moves from what is signed to the signature changes the digest, and so does an empty part")
  func borders() throws {
    let key = try SigningKey(.ed25519, seed: 1).publicKey(), all: [UInt8] = [1, 2, 3, 4]
    let digests = (0...4).map { digest(key, Array(all[..<$0]), Array(all[$0...])) }
    #expect(Set(digests).count == 5)
  }

  @Test("it is SHA-256 over the digest of the key, both lengths and all octets")
  func formula() throws {
    let pair = try SigningKey(.ecdsaP256SHA256, seed: 1), data: [UInt8] = [9, 8], signature = [UInt8](0..<64)
    let start = secret + Array("dnsaudit verified signature 1fast\0ecdsaP256SHA256\0".utf8) + pair.dnskeyBytes
    let input =
      Digest.hash(.sha256, start.span) + [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 64] + data + signature
    #expect(octets(digest(try pair.publicKey(), data, signature)) == Digest.hash(.sha256, input.span))
  }

  @Test("octets make the digest that they are of, and give the order")
  func order() {
    let base = [UInt8](1...32)
    for index in 0..<32 {
      var greater = base
      greater[index] = 200
      let (one, two) = (SignatureDigest(base.span), SignatureDigest(greater.span))
      #expect(one < two && !(two < one) && !(one < one) && octets(two) == greater)
    }
  }
}
