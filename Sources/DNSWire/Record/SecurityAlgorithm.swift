/// A DNSSEC algorithm (IANA "DNS Security Algorithm Numbers").
package struct SecurityAlgorithm: RawRepresentable, Hashable, Sendable {
  /// The number in DNSKEY, RRSIG and DS.
  package let rawValue: UInt8

  /// From the number.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The registry's mnemonics.
  private static let registry = MnemonicTable(
    prefix: "ALGORITHM",
    [
      0: "DELETE", 1: "RSAMD5", 2: "DH", 3: "DSA", 5: "RSASHA1", 6: "DSA-NSEC3-SHA1",
      7: "RSASHA1-NSEC3-SHA1", 8: "RSASHA256", 10: "RSASHA512", 12: "ECC-GOST", 13: "ECDSAP256SHA256",
      14: "ECDSAP384SHA384", 15: "ED25519", 16: "ED448", 17: "SM2SM3", 23: "ECC-GOST12",
      252: "INDIRECT", 253: "PRIVATEDNS", 254: "PRIVATEOID",
    ])

  /// The mnemonic, or ALGORITHM and the number.
  package var mnemonic: String { SecurityAlgorithm.registry.mnemonic(of: UInt16(rawValue)) }

  /// An algorithm from its mnemonic or from ALGORITHM and the number, in any case.
  package init?(mnemonic: some StringProtocol) {
    guard let number = SecurityAlgorithm.registry.number(of: mnemonic) else { return nil }
    guard let octet = UInt8(exactly: number) else { return nil }
    self.init(rawValue: octet)
  }
}

/// A digest type of DS records (IANA "Digest Algorithms").
package struct DSDigestType: RawRepresentable, Hashable, Sendable {
  /// The number in DS.
  package let rawValue: UInt8

  /// From the number.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The registry's names.
  private static let registry = MnemonicTable(
    prefix: "DIGEST",
    [1: "SHA-1", 2: "SHA-256", 3: "GOST R 34.11-94", 4: "SHA-384", 5: "GOST R 34.11-2012", 6: "SM3"])

  /// The registry's name, or DIGEST and the number.
  package var mnemonic: String { DSDigestType.registry.mnemonic(of: UInt16(rawValue)) }

  /// A digest type from its name or from DIGEST and the number, in any case.
  package init?(mnemonic: some StringProtocol) {
    guard let number = DSDigestType.registry.number(of: mnemonic) else { return nil }
    guard let octet = UInt8(exactly: number) else { return nil }
    self.init(rawValue: octet)
  }
}
