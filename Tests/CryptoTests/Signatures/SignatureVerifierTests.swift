import Crypto
import TestSupport
import Testing

@Suite("One worker's verifier") struct SignatureVerifierTests {
  /// All schemes that keep a context for each key.
  static let withContexts = SigningKey.schemes.filter { ![.ed25519, .ed448, .sm2SM3].contains($0) }

  @Test("every scheme verifies empty, short and long data", arguments: SigningKey.schemes)
  func dataLengths(scheme: SignatureScheme) throws {
    let pair = try SigningKey(scheme, seed: 1), key = try pair.publicKey(), verifier = SignatureVerifier()
    for count in [0, 1, 63, 64, 127, 128, 65_535, 200_000] {
      let data = [UInt8](repeating: 0xa5, count: count), signature = try pair.sign(data)
      #expect(verifier.accepts(key, data, signature))
      #expect(!verifier.accepts(key, data + [0], signature))
      if count > 0 { #expect(!verifier.accepts(key, Array(data.dropLast()), signature)) }
    }
  }

  @Test("one context is kept for each key, and the same answer comes again", arguments: withContexts)
  func keptContext(scheme: SignatureScheme) throws {
    let pair = try SigningKey(scheme, seed: 1), key = try pair.publicKey(), verifier = SignatureVerifier()
    let data: [UInt8] = [1, 2, 3], good = try pair.sign(data), bad = good.flipping(good.count * 8 - 1)
    for _ in 0..<5 {
      #expect(verifier.accepts(key, data, good))
      #expect(!verifier.accepts(key, data, bad))
    }
    #expect(verifier.keptContextCount == 1)
  }

  @Test("no more contexts are kept than the limit, and verification goes on beyond it")
  func bounded() throws {
    let pair = try SigningKey(.rsaSHA256, seed: 2, rsaBits: 512), data: [UInt8] = [7],
      signature = try pair.sign(data)
    let verifier = SignatureVerifier(), limit = SignatureVerifier.maximumKeptContexts
    for number in 1...(limit + 2) {
      let key = try pair.publicKey()
      #expect(verifier.accepts(key, data, signature))
      #expect(verifier.keptContextCount == (number <= limit ? number : number - limit))
    }
  }

  @Test("a key that is gone does not lend its context to another at its address")
  func identity() throws {
    let pairs = try (1...2).map { try SigningKey(.ecdsaP256SHA256, seed: UInt64($0)) }
    let data: [UInt8] = [7], signatures = try pairs.map { try $0.sign(data) }
    let verifier = SignatureVerifier()
    for number in 0..<200 {
      let key = try pairs[number % 2].publicKey()
      #expect(verifier.accepts(key, data, signatures[number % 2]))
      #expect(!verifier.accepts(key, data, signatures[1 - number % 2]))
    }
  }

  @Test("failures leave nothing on libcrypto's error queue", arguments: SigningKey.schemes)
  func errorQueue(scheme: SignatureScheme) throws {
    let pair = try SigningKey(scheme, seed: 1), key = try pair.publicKey(), verifier = SignatureVerifier()
    let good = try pair.sign([1])
    LibcryptoErrors.clear()
    // The first octet of a DSA signature is T, which signers fill in as they like.
    for bit in stride(from: scheme == .dsaSHA1 ? 8 : 0, to: good.count * 8, by: 37) {
      #expect(!verifier.accepts(key, [1], good.flipping(bit)))
      #expect(LibcryptoErrors.isEmpty)
    }
    #expect(!verifier.accepts(key, [1], [UInt8](repeating: 0xff, count: good.count)))
    #expect(LibcryptoErrors.isEmpty)
  }

  @Test("two verifiers share a key")
  func sharedKey() throws {
    let pair = try SigningKey(.ecdsaP384SHA384, seed: 4), key = try pair.publicKey(),
      good = try pair.sign([1])
    let (first, second) = (SignatureVerifier(), SignatureVerifier())
    for verifier in [first, second, first] { #expect(verifier.accepts(key, [1], good)) }
  }
}
