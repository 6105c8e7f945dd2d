import Bytes
import DNSWire

/// The octets that a signature is made over (RFC 4034 §3.1.8.1):
/// `RRSIG_RDATA | RR(1) | RR(2) ...`, with `RR(i) = owner | type | class | original TTL | RDATA length | RDATA`.
enum SignedData {
  /// Appends them to `out`.
  static func append(
    _ rrset: RRsetView, signature rdata: Span<UInt8>, _ fields: RRSIGData, to out: inout [UInt8]
  ) {
    append(rrset, signature: rdata, headerLength: fields.headerLength, labels: Int(fields.labels), to: &out)
  }

  /// Appends them for an RRSIG with its header of that length, and that many labels.
  static func append(
    _ rrset: RRsetView, signature rdata: Span<UInt8>, headerLength: Int, labels: Int, to out: inout [UInt8]
  ) {
    out.append(rdata.extracting(..<headerLength))
    let wire = rrset.ownerWire, surplus = WireName.labelCount(wire) - labels
    // Owner, type, class and TTL are the same for all records.
    let start = out.count
    if surplus > 0 {
      out.append(1)
      out.append(0x2a)
      out.append(wire.extracting(WireName.offset(behind: surplus, wire)...))
    } else {
      out.append(wire)
    }
    out.append(networkOrder: rrset.type.rawValue)
    out.append(networkOrder: rrset.recordClass.rawValue)
    out.append(rdata.extracting(4..<8))  // the original TTL
    let end = out.count
    var isFirst = true
    rrset.forEachRData { record in
      if !isFirst { for index in start..<end { out.append(out[index]) } }
      isFirst = false
      out.append(networkOrder: UInt16(truncatingIfNeeded: record.count))
      out.append(record)
    }
    if isFirst { out.removeLast(end - start) }
  }

  /// The owner as it was signed: `*` and the rightmost labels for a name expanded from a wildcard.
  static func signedOwner(_ owner: Name, labels: Int) -> Name {
    let count = owner.labelCount
    if labels >= count { return owner }
    return owner.suffix(labels: labels).wildcardChild ?? owner
  }

  /// Labels of an owner as RRSIGs count them: without root and a leading `*` (RFC 4034 §3.1.3).
  static func labelCount(_ owner: Name) -> Int { owner.labelCount - (owner.isWildcard ? 1 : 0) }
}

/// Questions to a name in the wire form of a store, sound and in lower case, that need no value made of it.
enum WireName {
  /// Labels, the root label not counted.
  static func labelCount(_ wire: Span<UInt8>) -> Int {
    var count = 0, offset = 0
    while wire[offset] != 0 {
      count += 1
      offset += Int(wire[offset]) + 1
    }
    return count
  }

  /// Whether the leftmost label is `*` (RFC 4592 §2.1.1).
  static func isWildcard(_ wire: Span<UInt8>) -> Bool { wire.count > 2 && wire[0] == 1 && wire[1] == 0x2a }

  /// Where the name begins that is left without so many labels in front.
  static func offset(behind labels: Int, _ wire: Span<UInt8>) -> Int {
    var offset = 0
    for _ in 0..<max(0, labels) { offset += Int(wire[offset]) + 1 }
    return offset
  }
}
