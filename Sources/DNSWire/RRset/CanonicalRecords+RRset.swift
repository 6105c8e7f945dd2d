import Bytes

/// RRsets of the records.
extension CanonicalRecords {
  /// Writes the encoding that `RRsetView` reads of a group's records: in canonical order, equal ones once
  /// (RFC 4034 §6.3).
  /// - Parameters:
  ///   - index: the first of them.
  ///   - count: how many they are.
  /// - Returns: the lowest TTL among them.
  mutating func encode(_ index: Int, count: Int, to out: inout [UInt8]) -> UInt32 {
    let first = self[index]
    var ttl = first.ttl
    out.removeAll(keepingCapacity: true)
    out.append(UInt8(truncatingIfNeeded: first.owner.count))
    out.append(bytes.span.extracting(first.owner))
    out.append(networkOrder: first.type.rawValue)
    out.append(networkOrder: first.recordClass.rawValue)
    // Most RRsets are one record, which needs no order.
    if count == 1 {
      out.append(networkOrder: 1)
      append(rdata: first.rdata, to: &out)
      return ttl
    }
    list(from: index)
    for member in members { ttl = min(ttl, self[member].ttl) }
    orderMembers()
    out.append(networkOrder: UInt16(truncatingIfNeeded: members.count))
    for member in members { append(rdata: self[member].rdata, to: &out) }
    return ttl
  }

  /// Writes the positions of a group's records to `members`.
  private mutating func list(from first: Int) {
    members.removeAll(keepingCapacity: true)
    var index = first
    while index >= 0 {
      members.append(index)
      index = self[index].next
    }
  }

  /// Writes the RDATA of a record behind its length.
  private func append(rdata: Range<Int>, to out: inout [UInt8]) {
    out.append(networkOrder: UInt16(truncatingIfNeeded: rdata.count))
    out.append(bytes.span.extracting(rdata))
  }

  /// Puts `members` into canonical order and drops the second of equal ones.
  private mutating func orderMembers() {
    // The buffer is lent out and put back, so that the order may look at the records meanwhile.
    var members: [Int] = []
    swap(&members, &self.members)
    defer { swap(&members, &self.members) }
    members.sort { canonicallyPrecedes(self[$0].rdata, self[$1].rdata) }
    var kept = 1
    for position in 1..<members.count
    where !isSame(self[members[position]].rdata, self[members[kept - 1]].rdata) {
      members[kept] = members[position]
      kept += 1
    }
    members.removeSubrange(kept...)
  }

  /// Canonical order of RDATA: as left-justified octet strings (RFC 4034 §6.3).
  private func canonicallyPrecedes(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    var i = a.lowerBound, j = b.lowerBound
    while i < a.upperBound, j < b.upperBound {
      if bytes[i] != bytes[j] { return bytes[i] < bytes[j] }
      i &+= 1
      j &+= 1
    }
    return a.count < b.count
  }
}
