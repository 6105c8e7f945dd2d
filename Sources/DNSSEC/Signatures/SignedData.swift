import DNSWire

/// The octets that a signature is made over (RFC 4034 §3.1.8.1):
/// `RRSIG_RDATA | RR(1) | RR(2) ...`, with `RR(i) = owner | type | class | original TTL | RDATA length | RDATA`.
enum SignedData {
  /// Appends them to `out`; nothing when the RRSIG does not fit the RRset's owner.
  static func append(
    _ rrset: RRsetView, signature rdata: Span<UInt8>, _ fields: RRSIGData, to out: inout [UInt8]
  ) {
    for i in 0..<fields.headerLength { out.append(rdata[i]) }
    let owner = signedOwner(rrset.owner, labels: Int(fields.labels))
    rrset.forEachRData { record in
      out.append(contentsOf: owner.wire)
      append(rrset.type.rawValue, to: &out)
      append(rrset.recordClass.rawValue, to: &out)
      for i in 4..<8 { out.append(rdata[i]) }  // the original TTL
      append(UInt16(truncatingIfNeeded: record.count), to: &out)
      for i in 0..<record.count { out.append(record[i]) }
    }
  }

  /// The owner as it was signed: `*` and the rightmost labels for a name expanded from a wildcard.
  static func signedOwner(_ owner: Name, labels: Int) -> Name {
    let count = owner.labelCount
    if labels >= count { return owner }
    return owner.suffix(labels: labels).wildcardChild ?? owner
  }

  /// Labels of an owner as RRSIGs count them: without root and a leading `*` (RFC 4034 §3.1.3).
  static func labelCount(_ owner: Name) -> Int { owner.labelCount - (owner.isWildcard ? 1 : 0) }

  /// Appends sixteen bits, network order.
  private static func append(_ value: UInt16, to out: inout [UInt8]) {
    out.append(UInt8(value >> 8))
    out.append(UInt8(value & 255))
  }
}
