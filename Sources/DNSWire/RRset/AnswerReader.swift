import Bytes

/// Groups the records of a message into RRsets and interns them; keeps its buffers from message to message.
package struct AnswerReader: Sendable {
  /// A record of the message at hand, its names and RDATA canonical in `bytes`.
  private struct ScratchRecord {
    let section: Section, type: RecordType, recordClass: RecordClass, ttl: UInt32
    /// The type that groups it: TYPE COVERED for an RRSIG.
    let groupType: RecordType
    /// The next record of its group; -1 for the last.
    var next = -1
    let owner: Range<Int>, rdata: Range<Int>
    /// Keyed hash of section, class, group type and owner.
    let key: Int
  }

  /// The records that make one RRset: positions in `records`.
  private struct Group {
    let key: Int, first: Int
    var last: Int, count = 1
    /// Whether RRSIGs cover a group.
    var isUsed = false
  }

  private let hashKey = HashKey()
  private var bytes: [UInt8] = [], records: [ScratchRecord] = [], encoded: [UInt8] = []
  /// The groups of records, and of RRSIGs by what they cover.
  private var groups: [Group] = [], signatureGroups: [Group] = []
  /// The words of the answer at hand, and the numbers of the RRSIGs of RRsets that have several.
  private var words: [UInt32] = [], lists: [UInt32] = []
  /// Positions of the records of the group at hand.
  private var members: [Int] = []
  /// The last owner that is nothing but a compression pointer, which that of the next record mostly is too.
  private var pointed = PointedOwner()

  /// An owner that is nothing but a compression pointer.
  private struct PointedOwner: Sendable {
    /// The pointer as it stands in the message; 0 for none.
    var pointer: UInt16 = 0
    /// Where the name lies in `bytes`, and its keyed hash.
    var name = 0..<0, hash = 0
  }

  /// A reader with empty buffers.
  package init() {}

  /// Reads the records that a cursor has left and interns the answer that they make.
  /// - Parameter onOPT: called with the first OPT record of the additional section.
  /// - Returns: the answer of what could be read, and the fault that ended reading early.
  package mutating func read(
    _ cursor: consuming MessageCursor, rrsets: inout RRsetStore, answers: inout AnswerStore,
    onOPT: (RecordHeader) -> Void
  ) -> (answer: AnswerID, fault: DecodingError?) {
    bytes.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    groups.removeAll(keepingCapacity: true)
    signatureGroups.removeAll(keepingCapacity: true)
    pointed = PointedOwner()
    var fault: DecodingError?
    do throws(DecodingError) {
      var hasOPT = false
      while let record = try cursor.nextRecord() {
        if record.type == .opt, record.section == .additional, !hasOPT {
          hasOPT = true
          onOPT(record)
        } else if !AnswerReader.isTransactionRecord(record, in: cursor.bytes) {
          try add(record, in: cursor.bytes)
        }
      }
    } catch {
      fault = error
    }
    group()
    internGroups(&rrsets)
    return (answers.intern(words), fault)
  }

  /// Whether a record belongs to the exchange, not to the data: TSIG, TKEY, SIG(0) (RFC 8945, 2930, 2931).
  private static func isTransactionRecord(_ record: RecordHeader, in message: Span<UInt8>) -> Bool {
    guard record.type == .tsig || record.type == .tkey || record.type == .sig else { return false }
    guard record.type == .sig else { return true }
    return record.rdataLength >= 2 && message[record.rdataOffset] == 0 && message[record.rdataOffset + 1] == 0
  }

  /// Copies a record in canonical form.
  private mutating func add(_ record: RecordHeader, in message: Span<UInt8>) throws(DecodingError) {
    let (owner, ownerHash) = try addOwner(record, in: message), start = bytes.count
    try RDataView(message, record).appendCanonical(to: &bytes)
    let rdata = start..<bytes.count
    // Decompressed names can lift RDATA over what its length field holds; no zone can serve such a record.
    guard rdata.count <= Int(UInt16.max) else { throw DecodingError(.badRData, at: record.rdataOffset) }
    let covers = record.type == .rrsig && rdata.count >= 2
    let groupType =
      covers
      ? RecordType(rawValue: UInt16(bytes[rdata.lowerBound]) << 8 | UInt16(bytes[rdata.lowerBound + 1]))
      : record.type
    let kind =
      UInt64(record.section.rawValue) &<< 32 | UInt64(record.recordClass.rawValue) &<< 16
      | UInt64(groupType.rawValue)
    let key = hashKey.hash(UInt64(bitPattern: Int64(ownerHash)), kind)
    records.append(
      ScratchRecord(
        section: record.section, type: record.type, recordClass: record.recordClass, ttl: record.ttl,
        groupType: groupType, owner: owner, rdata: rdata, key: Int(truncatingIfNeeded: key)))
  }

  /// Copies the owner of a record in lower case, unless it is the same compression pointer as that of one before.
  /// - Returns: where it lies in `bytes`, and its keyed hash.
  private mutating func addOwner(_ record: RecordHeader, in message: Span<UInt8>) throws(DecodingError)
    -> (name: Range<Int>, hash: Int)
  {
    let at = record.ownerOffset
    let isPointer = at + 1 < message.count && message[at] >= 0xc0
    let pointer = isPointer ? message.uint16(at: at) : 0
    if isPointer, pointer == pointed.pointer { return (pointed.name, pointed.hash) }
    let start = bytes.count
    try NameView(message, at: at).appendWire(to: &bytes, lowercase: true)
    let name = start..<bytes.count, hash = hashKey.hash(bytes.span.extracting(name))
    if isPointer { pointed = PointedOwner(pointer: pointer, name: name, hash: hash) }
    return (name, hash)
  }

  /// Puts records of equal section, owner, class and type together, RRSIGs by the type they cover.
  private mutating func group() {
    for index in records.indices {
      let record = records[index]
      if record.type == .rrsig {
        AnswerReader.add(index, key: record.key, to: &signatureGroups, &records)
      } else {
        AnswerReader.add(index, key: record.key, to: &groups, &records)
      }
    }
  }

  /// Adds a record to the group with its key, or begins one. A message has 5,957 records at most (65,535 octets,
  /// 11 a record), so that looking along the keys stays in the milliseconds.
  private static func add(_ index: Int, key: Int, to groups: inout [Group], _ records: inout [ScratchRecord])
  {
    guard let known = groups.firstIndex(where: { $0.key == key }) else {
      return groups.append(Group(key: key, first: index, last: index))
    }
    records[groups[known].last].next = index
    groups[known].last = index
    groups[known].count += 1
  }

  /// Writes the positions of a group's records to `members`.
  private mutating func list(_ group: Group) {
    members.removeAll(keepingCapacity: true)
    var index = group.first
    while index >= 0 {
      members.append(index)
      index = records[index].next
    }
  }

  /// Interns each group of records, with the RRSIGs that cover it, and writes the words of the answer.
  private mutating func internGroups(_ store: inout RRsetStore) {
    words.removeAll(keepingCapacity: true)
    lists.removeAll(keepingCapacity: true)
    words.append(0)
    for index in groups.indices {
      let covering = signatureGroups.isEmpty ? nil : signatureGroup(for: groups[index])
      if let covering { signatureGroups[covering].isUsed = true }
      intern(groups[index], coveredBy: covering, &store)
    }
    for index in signatureGroups.indices where !signatureGroups[index].isUsed {
      intern(signatureGroups[index], coveredBy: nil, &store)
    }
    guard !lists.isEmpty else { return }
    let end = UInt32(words.count - 1)
    for first in stride(from: 1, to: words.count, by: AnswerRRsets.wordsPerRRset)
    where words[first + 3] & AnswerRRsets.signatureCountMask > 1 {
      words[first + 4] += end
    }
    words.append(contentsOf: lists)
  }

  /// The RRSIGs over a group of records: in its own section, else in any other where they cover nothing
  /// (RFC 4035 §3.1.1 asks servers for the same section; some answers deviate).
  private func signatureGroup(for group: Group) -> Int? {
    if let same = signatureGroups.firstIndex(where: { $0.key == group.key }) { return same }
    let record = records[group.first]
    return signatureGroups.firstIndex { candidate in
      let other = records[candidate.first]
      return other.groupType == record.groupType && other.recordClass == record.recordClass
        && sameOwner(other, record) && !groups.contains { $0.key == candidate.key }
    }
  }

  /// Whether two records of the message at hand have the same owner.
  private func sameOwner(_ a: ScratchRecord, _ b: ScratchRecord) -> Bool { isSame(a.owner, b.owner) }

  /// Whether the same octets lie in two places.
  private func isSame(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    equalBytes(bytes.span.extracting(a), bytes.span.extracting(b))
  }

  /// Interns one group and adds its words.
  private mutating func intern(_ group: Group, coveredBy signatures: Int?, _ store: inout RRsetStore) {
    let first = records[group.first], ttl = encode(group)
    var count: UInt32 = 0, place: UInt32 = 0
    if let signatures { (count, place) = intern(signatures: signatureGroups[signatures], &store) }
    words.append(store.intern(rrset: encoded.span).rawValue)
    words.append(ttl)
    words.append(UInt32(first.type.rawValue) &<< 16 | UInt32(UInt16(truncatingIfNeeded: group.count)))
    words.append(UInt32(first.section.rawValue) &<< AnswerRRsets.sectionShift | count)
    words.append(place)
    words[0] += 1
  }

  /// Interns the RRSIGs of a group.
  /// - Returns: how many they are, and the number of the only one, or where in `lists` their numbers begin.
  private mutating func intern(signatures group: Group, _ store: inout RRsetStore) -> (
    count: UInt32, place: UInt32
  ) {
    let place = UInt32(lists.count)
    var next = group.first
    while next >= 0 {
      let id = store.intern(signature: bytes.span.extracting(records[next].rdata)).rawValue
      if group.count == 1 { return (1, id) }
      lists.append(id)
      next = records[next].next
    }
    return (UInt32(group.count), place)
  }

  /// Writes the encoding that `RRsetView` reads of a group's records: in canonical order, equal ones once
  /// (RFC 4034 §6.3).
  /// - Returns: the lowest TTL among them.
  private mutating func encode(_ group: Group) -> UInt32 {
    let first = records[group.first]
    var ttl = first.ttl
    // The buffer is lent out and put back, so that octets of the other one can be copied into it.
    var out: [UInt8] = []
    swap(&out, &encoded)
    defer { swap(&out, &encoded) }
    out.removeAll(keepingCapacity: true)
    out.append(UInt8(truncatingIfNeeded: first.owner.count))
    AnswerReader.append(bytes.span.extracting(first.owner), to: &out)
    AnswerReader.append16(first.type.rawValue, to: &out)
    AnswerReader.append16(first.recordClass.rawValue, to: &out)
    // Most RRsets are one record, which needs no order.
    if group.count == 1 {
      AnswerReader.append16(1, to: &out)
      append(rdata: first.rdata, to: &out)
      return ttl
    }
    list(group)
    for member in members { ttl = min(ttl, records[member].ttl) }
    orderMembers()
    AnswerReader.append16(UInt16(truncatingIfNeeded: members.count), to: &out)
    for member in members { append(rdata: records[member].rdata, to: &out) }
    return ttl
  }

  /// Writes the RDATA of a record behind its length.
  private func append(rdata: Range<Int>, to out: inout [UInt8]) {
    AnswerReader.append16(UInt16(truncatingIfNeeded: rdata.count), to: &out)
    AnswerReader.append(bytes.span.extracting(rdata), to: &out)
  }

  /// Appends octets.
  private static func append(_ octets: Span<UInt8>, to out: inout [UInt8]) {
    unsafe octets.withUnsafeBufferPointer { unsafe out.append(contentsOf: $0) }
  }

  /// Puts `members` into canonical order and drops the second of equal ones.
  private mutating func orderMembers() {
    // The buffer is lent out and put back, so that the order may look at the records meanwhile.
    var members: [Int] = []
    swap(&members, &self.members)
    defer { swap(&members, &self.members) }
    members.sort { canonicallyPrecedes(records[$0].rdata, records[$1].rdata) }
    var kept = 1
    for position in 1..<members.count
    where !isSame(records[members[position]].rdata, records[members[kept - 1]].rdata) {
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

  /// Appends sixteen bits, network order.
  @inline(__always)
  private static func append16(_ value: UInt16, to out: inout [UInt8]) {
    out.append(UInt8(value >> 8))
    out.append(UInt8(value & 255))
  }
}
