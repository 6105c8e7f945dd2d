import Bytes
import DNSWire

/// The fields of DS and DNSKEY records as words, in whatever file they stand.
enum AnchorFields {
  /// The key of a record of either type.
  static func key(_ type: String, _ fields: [String]) -> TrustAnchor.Key? {
    type.uppercased() == "DS" ? digest(fields) : dnskey(fields)
  }

  /// Key tag, algorithm, digest type, digest (RFC 4034 §5.3).
  static func digest(_ fields: [String]) -> TrustAnchor.Key? {
    guard fields.count >= 4, let tag = UInt16(fields[0]), let algorithm = algorithmNumber(fields[1]),
      let type = UInt8(fields[2]), let digest = Hex.decode(fields[3...].joined()), !digest.isEmpty,
      digestLengths[type] ?? digest.count == digest.count
    else { return nil }
    return .digest(DSData(keyTag: tag, algorithm: algorithm, digestType: type, digest: digest))
  }

  /// Octets of the digest types that can be verified (1 to 6). One of another length can match no key.
  private static let digestLengths: [UInt8: Int] = [1: 20, 2: 32, 3: 32, 4: 48, 5: 32, 6: 32]

  /// Flags, protocol, algorithm, public key (RFC 4034 §2.2).
  static func dnskey(_ fields: [String]) -> TrustAnchor.Key? {
    guard fields.count >= 4, let flags = UInt16(fields[0]), let proto = UInt8(fields[1]),
      let algorithm = algorithmNumber(fields[2]), let key = Base64.decode(fields[3...].joined()),
      !key.isEmpty,
      key.count <= maximumKeyLength
    else { return nil }
    let rdata = [UInt8(flags >> 8), UInt8(flags & 255), proto, algorithm] + key
    return (try? DNSKEYData(rdata.span)).map { .key($0) }
  }

  /// The longest public key in octets: RDATA has 65,535 with the four in front of the key (RFC 1035 §3.2.1).
  private static let maximumKeyLength = 65_531

  /// An algorithm by number or mnemonic (RFC 4034 §A.1 allows both).
  private static func algorithmNumber(_ text: String) -> UInt8? {
    UInt8(text) ?? SecurityAlgorithm(mnemonic: text)?.rawValue
  }
}
