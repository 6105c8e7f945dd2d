import Bytes
import Foundation
import TestSupport
import Testing

@Suite("Text encodings (RFC 4648)")
struct TextEncodingTests {
  /// The inputs of RFC 4648 §10 with their three encodings.
  static let vectors: [(text: String, base64: String, base32Hex: String, base16: String)] = [
    ("", "", "", ""), ("f", "Zg==", "CO", "66"), ("fo", "Zm8=", "CPNG", "666F"),
    ("foo", "Zm9v", "CPNMU", "666F6F"),
    ("foob", "Zm9vYg==", "CPNMUOG", "666F6F62"), ("fooba", "Zm9vYmE=", "CPNMUOJ1", "666F6F6261"),
    ("foobar", "Zm9vYmFy", "CPNMUOJ1E8", "666F6F626172"),
  ]

  @Test("the vectors of §10 are met, in base 32 without padding (RFC 5155 §3.3)", arguments: vectors.indices)
  func vector(index: Int) {
    let vector = Self.vectors[index], bytes = Array(vector.text.utf8)
    #expect(Base64.encode(bytes) == vector.base64)
    #expect(Base32Hex.encode(bytes, uppercase: true) == vector.base32Hex)
    #expect(Base32Hex.encode(bytes) == vector.base32Hex.lowercased())
    #expect(Hex.encode(bytes) == vector.base16)
    #expect(Hex.encode(bytes, uppercase: false) == vector.base16.lowercased())
    #expect(Base64.decode(vector.base64) == bytes)
    #expect(Base64.decode(vector.base64.replacing("=", with: "")) == bytes)
    #expect(Base32Hex.decode(vector.base32Hex.utf8) == bytes)
    #expect(Base32Hex.decode(vector.base32Hex.lowercased().utf8) == bytes)
    #expect(Hex.decode(vector.base16) == bytes)
    #expect(Hex.decode(vector.base16.lowercased()) == bytes)
  }

  @Test("what is encoded is decoded again, and base 64 agrees with Foundation")
  func roundTrips() {
    var random = SeededRandom(seed: 4_648)
    for count in 0..<200 {
      let bytes = random.bytes(count)
      #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
      #expect(Base32Hex.decode(Base32Hex.encode(bytes).utf8) == bytes)
      #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    }
  }

  @Test("base 16 takes digit pairs and nothing else", arguments: ["A", "0G", "00 1", "é0", "0x00", "１１"])
  func badHex(text: String) {
    #expect(Hex.decode(text) == nil)
  }

  @Test(
    "base 32 refuses other characters, impossible lengths and bits that are left over",
    arguments: ["CW", "C", "CPN", "CPNMUO", "CP", "C0==", "C\u{80}"])
  func badBase32Hex(text: String) {
    #expect(Base32Hex.decode(text.utf8) == nil)
  }

  @Test(
    "base 64 refuses other characters, a single digit and digits behind the padding",
    arguments: ["Zg-_", "Z", "Zg==Zg", "Zm9vY", "Zg\n=="])
  func badBase64(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test("white space inside base 64 is passed over, as zone files have it")
  func spaces() {
    #expect(Base64.decode("Zm9v YmFy\t") == Array("foobar".utf8))
  }
}
