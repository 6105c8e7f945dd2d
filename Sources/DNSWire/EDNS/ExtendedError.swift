import Bytes

/// An Extended DNS Error that a server sent (RFC 8914 §2).
///
///     | INFO-CODE (16) | EXTRA-TEXT: UTF-8, not terminated |
package struct ExtendedError: Hashable, Sendable {
  /// The INFO-CODE.
  package let code: UInt16
  /// The EXTRA-TEXT, as the server wrote it; octets that are not UTF-8 became U+FFFD.
  package let text: String

  /// Reads an option's data.
  package init(_ data: Span<UInt8>) throws(DecodingError) {
    var reader = ByteReader(data)
    code = try reader.readUInt16()
    var octets = (reader.offset..<data.count).map { data[$0] }
    if octets.last == 0 { octets.removeLast() }  // Some servers terminate the text all the same (§2).
    text = String(decoding: octets, as: UTF8.self)
  }

  /// The registered meaning of the code; nil where there is none.
  package var name: String? {
    ExtendedError.names.indices.contains(Int(code)) ? ExtendedError.names[Int(code)] : nil
  }

  /// IANA "Extended DNS Error Codes", 0 and up.
  private static let names = [
    "Other Error", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer",
    "Forged Answer", "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired",
    "Signature Not Yet Valid", "DNSKEY Missing", "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing",
    "Cached Error", "Not Ready", "Blocked", "Censored", "Filtered", "Prohibited",
    "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported", "No Reachable Authority",
    "Network Error", "Invalid Data", "Signature Expired before Valid", "Too Early",
    "Unsupported NSEC3 Iterations Value", "Unable to conform to policy", "Synthesized",
    "Invalid Query Type",
  ]
}
