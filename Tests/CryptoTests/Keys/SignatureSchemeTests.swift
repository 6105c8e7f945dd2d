import Crypto
import Testing

@Suite("DNS security algorithm numbers") struct SignatureSchemeTests {
  @Test("the algorithms that libcrypto can verify have their schemes, every other number has none")
  func numbers() {
    let known: [UInt8: SignatureScheme] = [
      1: .rsaMD5, 3: .dsaSHA1, 5: .rsaSHA1, 6: .dsaSHA1, 12: .gost2001, 17: .sm2SM3, 23: .gost2012,
      7: .rsaSHA1, 8: .rsaSHA256, 10: .rsaSHA512, 13: .ecdsaP256SHA256, 14: .ecdsaP384SHA384,
      15: .ed25519, 16: .ed448,
    ]
    for number in UInt8.min...UInt8.max {
      #expect(SignatureScheme(dnssecAlgorithm: number) == known[number])
    }
  }
}
