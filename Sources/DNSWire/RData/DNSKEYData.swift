import Bytes

/// The RDATA of a DNSKEY (RFC 4034 §2.1).
package struct DNSKEYData: Hashable, Sendable {
  /// The whole RDATA, which DS digests and key tags are made of.
  package let rdata: [UInt8]

  /// Octets before the public key.
  package static let fixedLength = 4

  /// Copies RDATA of at least four octets.
  package init(_ rdata: Span<UInt8>) throws(DecodingError) {
    guard rdata.count >= DNSKEYData.fixedLength else { throw DecodingError(.truncated, at: rdata.count) }
    self.rdata = (0..<rdata.count).map { rdata[$0] }
  }

  /// The flags field.
  package var flags: UInt16 { UInt16(rdata[0]) << 8 | UInt16(rdata[1]) }
  /// The protocol field; 3 or the key is not for DNSSEC (§2.1.2).
  package var protocolNumber: UInt8 { rdata[2] }
  /// The algorithm number.
  package var algorithm: UInt8 { rdata[3] }
  /// The public key in the form of its algorithm.
  package var publicKey: ArraySlice<UInt8> { rdata[DNSKEYData.fixedLength...] }
  /// Flag bit 7: the key may sign zone data (§2.1.1).
  package var isZoneKey: Bool { flags & 0x0100 != 0 }
  /// Flag bit 8: the key is revoked (RFC 5011 §3).
  package var isRevoked: Bool { flags & 0x0080 != 0 }
  /// Flag bit 15: secure entry point (§2.1.1); tells people something, validators nothing.
  package var isSecureEntryPoint: Bool { flags & 0x0001 != 0 }

  /// The key tag (RFC 4034 Appendix B; B.1 for algorithm 1).
  package var keyTag: UInt16 {
    if algorithm == 1, rdata.count >= 7 {
      return UInt16(rdata[rdata.count - 3]) << 8 | UInt16(rdata[rdata.count - 2])
    }
    var sum: UInt32 = 0  // 65,535 octets of at most 0xff00 each stay below 2^32
    for (index, octet) in rdata.enumerated() { sum &+= index & 1 == 1 ? UInt32(octet) : UInt32(octet) << 8 }
    return UInt16(truncatingIfNeeded: sum &+ sum >> 16 & 0xffff)
  }
}
