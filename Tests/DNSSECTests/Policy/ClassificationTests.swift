import Crypto
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Which classes of weak cryptography algorithms, keys and digests belong to, and what words make of them.
@Suite struct ClassificationTests {
  /// The words of the classes of an algorithm and digest type.
  private func words(_ algorithm: UInt8, digestType: UInt8? = nil) -> [String] {
    WeakClasses.of(algorithm: algorithm, digestType: digestType).classes.map(\.word)
  }

  @Test("algorithms and digest types that IANA's registries advise against have their classes")
  func numbers() {
    let weak: [UInt8: [String]] = [
      1: ["md5"], 3: ["dsa", "sha1"], 5: ["sha1"], 6: ["dsa", "sha1"], 7: ["sha1"], 12: ["gost"],
    ]
    for number in UInt8.min...UInt8.max { #expect(words(number) == weak[number] ?? [], "\(number)") }
    let digests: [UInt8: [String]] = [1: ["sha1-ds"], 3: ["gost"]]
    for type in UInt8.min...UInt8.max {
      #expect(words(13, digestType: type) == digests[type] ?? [], "\(type)")
    }
  }

  @Test(
    "the size of an RSA modulus and of its exponent decide on their own",
    arguments: [
      (512, 65_537, ["rsa-small"]), (1_016, 65_537, ["rsa-small"]), (1_024, 65_537, ["rsa-1024"]),
      (2_040, 65_537, ["rsa-1024"]), (2_048, 65_537, []), (2_048, 3, ["rsa-exponent"]),
      (2_048, 65_521, ["rsa-exponent"]), (512, 3, ["rsa-small", "rsa-exponent"]),
    ] as [(Int, UInt64, [String])])
  func rsa(bits: Int, exponent: UInt64, expected: [String]) throws {
    let key = try SigningKey(.rsaSHA256, seed: 3, rsaBits: bits, exponent: exponent).publicKey()
    #expect(WeakClasses.of(algorithm: 8, key: key).classes.map(\.word) == expected)
  }

  @Test("an exponent of more than 256 bits is noted, one of 256 is not")
  func longExponents() throws {
    let modulus = RSAPrivateKey(seed: 3, bits: 2_048).modulus.bytes()
    for (octets, isWeak) in [(32, false), (33, true)] {
      let field = RSAPrivateKey.dnskeyBytes(
        exponent: [UInt8](repeating: 0x81, count: octets), modulus: modulus)
      let key = try PublicKey(scheme: .rsaSHA256, dnskeyBytes: field.span)
      #expect(WeakClasses.of(algorithm: 8, key: key).contains(WeakClasses(.rsaExponent)) == isWeak)
    }
  }

  @Test("keys on curves are never weak")
  func curves() throws {
    for (algorithm, scheme) in [
      (13, .ecdsaP256SHA256), (14, .ecdsaP384SHA384), (15, .ed25519), (16, .ed448), (17, .sm2SM3),
    ] as [(UInt8, SignatureScheme)] {
      #expect(WeakClasses.of(algorithm: algorithm, key: try SigningKey(scheme, seed: 1).publicKey()) == [])
    }
  }

  @Test("each class has a word, a meaning and a reference of its own")
  func catalogue() {
    #expect(Set(WeakClass.allCases.map(\.word)).count == WeakClass.allCases.count)
    #expect(Set(WeakClass.allCases.map(\.meaning)).count == WeakClass.allCases.count)
    #expect(WeakClass.allCases.allSatisfy { !$0.references.isEmpty })
    #expect(WeakClasses(rawValue: .max).classes == WeakClass.allCases)
  }

  @Test(
    "later words win over earlier ones, and a set replaces what was said before",
    arguments: [
      ([], ["none"]), (["none"], ["none"]), (["sha1"], ["sha1=insecure"]),
      (["sha1=insecure", "rsa-small"], ["sha1=insecure", "rsa-small=insecure"]),
      (["sha1", "sha1=note"], ["none"]), (["sha1", "none"], ["none"]), (["none", "dsa"], ["dsa=insecure"]),
      (["rfc9904"], ["md5=insecure", "dsa=insecure", "gost=insecure"]),
      (["rfc9904", "dsa=note"], ["md5=insecure", "gost=insecure"]),
      (
        ["all", "rsa-1024=note", "rsa-exponent=note", "gost=note"],
        ["md5", "dsa", "sha1", "sha1-ds", "rsa-small"].map { "\($0)=insecure" }
      ),
      (["md5=note"], ["md5=note"]),
    ] as [([String], [String])])
  func words(given: [String], effective: [String]) throws {
    #expect(try ValidationPolicy(words: given).words == effective)
  }

  @Test(
    "the words in force mean the same when they are given again",
    arguments: ["all", "rfc9904", "md5=note", "none"])
  func roundTrip(word: String) throws {
    let policy = try ValidationPolicy(words: [word])
    #expect(try ValidationPolicy(words: policy.words) == policy)
  }

  @Test("unknown words are named, with those that are known")
  func errors() {
    for word in ["sha-1", "", "=insecure", "SHA1", "sha1-ds "] {
      let error = #expect(throws: PolicyError.self) { try ValidationPolicy(words: [word]) }
      #expect(error?.isUnknownClass == true)
      #expect(error?.sentence.contains("rsa-small") == true && error?.sentence.contains("rfc9904") == true)
    }
    for word in ["sha1=", "sha1=bogus", "sha1=insecure=note"] {
      let error = #expect(throws: PolicyError.self) { try ValidationPolicy(words: [word]) }
      #expect(error?.isUnknownClass == false && error?.sentence.contains(word) == true)
    }
  }
}
