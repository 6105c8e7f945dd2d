import Bytes

/// Groups the records of a message into RRsets and interns them; keeps its buffers from message to message.
package struct AnswerReader: Sendable {
  /// The records that make one RRset: positions in `records`.
  private struct Group {
    let key: Int, first: Int
    var last: Int, count = 1
    /// Whether RRSIGs cover a group.
    var isUsed = false
  }

  /// The records, and the encoding of the RRset at hand.
  private var records = CanonicalRecords(), encoded: [UInt8] = []
  /// The groups of records, and of RRSIGs by what they cover.
  private var groups: [Group] = [], signatureGroups: [Group] = []
  /// The words of the answer at hand, and the numbers of the RRSIGs of RRsets that have several.
  private var words: [UInt32] = [], lists: [UInt32] = []

  /// A reader with empty buffers.
  package init() {}

  /// Reads the records that a cursor has left and interns the answer that they make.
  /// - Parameter onOPT: called with the first OPT record of the additional section.
  /// - Returns: the answer of what could be read, and the fault that ended reading early.
  package mutating func read(
    _ cursor: consuming MessageCursor, rrsets: inout RRsetStore, answers: inout AnswerStore,
    onOPT: (RecordHeader) -> Void
  ) -> (answer: AnswerID, fault: DecodingError?) {
    records.removeAll()
    groups.removeAll(keepingCapacity: true)
    signatureGroups.removeAll(keepingCapacity: true)
    var fault: DecodingError?
    do throws(DecodingError) {
      var hasOPT = false
      while let record = try cursor.nextRecord() {
        if record.type == .opt, record.section == .additional, !hasOPT {
          hasOPT = true
          onOPT(record)
        } else if !AnswerReader.isTransactionRecord(record, in: cursor.bytes) {
          try records.add(record, in: cursor.bytes)
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
  private static func add(
    _ index: Int, key: Int, to groups: inout [Group], _ records: inout CanonicalRecords
  ) {
    guard let known = groups.firstIndex(where: { $0.key == key }) else {
      return groups.append(Group(key: key, first: index, last: index))
    }
    records.link(index, behind: groups[known].last)
    groups[known].last = index
    groups[known].count += 1
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
        && records.isSame(other.owner, record.owner) && !groups.contains { $0.key == candidate.key }
    }
  }

  /// Interns one group and adds its words.
  private mutating func intern(_ group: Group, coveredBy signatures: Int?, _ store: inout RRsetStore) {
    let first = records[group.first], ttl = records.encode(group.first, count: group.count, to: &encoded)
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
      let id = store.intern(signature: records.bytes.span.extracting(records[next].rdata)).rawValue
      if group.count == 1 { return (1, id) }
      lists.append(id)
      next = records[next].next
    }
    return (UInt32(group.count), place)
  }
}
