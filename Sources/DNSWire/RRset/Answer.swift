/// Number of an interned answer: the same RRsets with the same RRSIGs and TTLs in the same sections.
package struct AnswerID: RawRepresentable, Hashable, Sendable {
  /// The number, from 0 in order of arrival.
  package let rawValue: UInt32

  /// From the number.
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// One RRset of an answer with the RRSIGs that came with it.
@usableFromInline
package struct AnswerRRset: Hashable, Sendable {
  /// The section it stood in.
  package let section: Section
  /// The RRset.
  package let rrset: RRsetID
  /// Its type, which most readers look at first.
  package let type: RecordType
  /// The lowest TTL of its records, seconds.
  package let ttl: UInt32
  /// Records as counted in the message, equal ones each.
  package let recordCount: UInt16
  /// The RRSIGs that cover it, in the order of the message.
  package let signatures: SignatureIDs

  /// Whether it is data of the answer section: no RRSIG that came without what it covers.
  package var isData: Bool { section == .answer && type != .rrsig }

  /// From its parts.
  @usableFromInline @inline(__always)
  init(
    section: Section, rrset: RRsetID, type: RecordType, ttl: UInt32, recordCount: UInt16,
    signatures: SignatureIDs
  ) {
    (self.section, self.rrset, self.type, self.ttl) = (section, rrset, type, ttl)
    (self.recordCount, self.signatures) = (recordCount, signatures)
  }
}

/// The RRsets of a response, in the order of the message.
package struct Answer: Hashable, Sendable {
  /// All of them; OPT, TSIG, TKEY and SIG(0) left out. RRSIGs without their RRset stand as RRsets of type RRSIG.
  package let rrsets: AnswerRRsets

  /// The data of the answer section.
  package var data: [AnswerRRset] { rrsets.filter(\.isData) }
}

/// The RRsets of an answer as they lie in the block of an `AnswerStore`.
@usableFromInline
package struct AnswerRRsets: RandomAccessCollection, Sendable {
  /// The block, where in it the RRsets begin, and how many they are.
  @usableFromInline let words: [UInt32], start: UInt32, size: UInt32

  /// RRsets in the words of a block: five words each, and behind them the numbers of RRSIGs where an RRset has several.
  @inlinable @inline(__always)
  init(words: [UInt32], start: UInt32, size: UInt32) {
    (self.words, self.start, self.size) = (words, start, size)
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { Int(size) }

  /// Words of an RRset: its number; its TTL; type and record count; section and count of RRSIGs; its RRSIG, or where
  /// their numbers begin, counted from the first RRset of the answer.
  @inlinable static var wordsPerRRset: Int { 5 }
  /// The bits of the count of RRSIGs beside the section: a message has 5,957 records at most.
  @inlinable static var signatureCountMask: UInt32 { 1 &<< sectionShift &- 1 }
  /// Where the section begins.
  @inlinable static var sectionShift: UInt32 { 24 }

  /// A word of an RRset.
  @inlinable @inline(__always)
  func word(_ position: Int, _ field: Int) -> UInt32 {
    precondition(position >= 0 && position < Int(size))
    return words[Int(start) &+ position &* AnswerRRsets.wordsPerRRset &+ field]
  }

  /// The number of an RRset: here and below parts of one without the rest, which counts references.
  @inlinable @inline(__always)
  package func id(_ position: Int) -> RRsetID { RRsetID(rawValue: word(position, 0)) }
  /// The type of an RRset.
  @inlinable @inline(__always)
  package func type(_ position: Int) -> RecordType {
    RecordType(rawValue: UInt16(truncatingIfNeeded: word(position, 2) &>> 16))
  }
  /// The lowest TTL of an RRset, seconds.
  @inlinable @inline(__always)
  package func ttl(_ position: Int) -> UInt32 { word(position, 1) }
  /// The section of an RRset.
  @inlinable @inline(__always)
  package func section(_ position: Int) -> Section {
    Section(bits: word(position, 3) &>> AnswerRRsets.sectionShift)
  }
  /// How many RRSIGs cover an RRset.
  @inlinable @inline(__always)
  package func signatureCount(_ position: Int) -> Int {
    Int(word(position, 3) & AnswerRRsets.signatureCountMask)
  }

  @inlinable package subscript(position: Int) -> AnswerRRset {
    @inline(__always) get {
      let count = word(position, 3) & AnswerRRsets.signatureCountMask
      let first =
        count > 1 ? start &+ word(position, 4) : start &+ UInt32(position &* AnswerRRsets.wordsPerRRset &+ 4)
      return AnswerRRset(
        section: section(position), rrset: id(position), type: type(position), ttl: ttl(position),
        recordCount: UInt16(truncatingIfNeeded: word(position, 2)),
        signatures: count == 0 ? SignatureIDs() : SignatureIDs(words: words, start: first, size: count))
    }
  }
}

extension AnswerRRsets {
  /// Whether an RRset stands in a section.
  package func hasAny(in section: Section) -> Bool {
    for position in 0..<Int(size) where self.section(position) == section { return true }
    return false
  }

  /// Whether an RRset of a type stands in any section.
  package func hasAny(_ type: RecordType) -> Bool {
    for position in 0..<Int(size) where self.type(position) == type { return true }
    return false
  }

  /// The position of the first RRset of a type in a section.
  package func first(_ type: RecordType, in section: Section) -> Int? {
    for position in 0..<Int(size) where self.type(position) == type && self.section(position) == section {
      return position
    }
    return nil
  }

  /// Whether RRSIGs cover any RRset.
  package var hasSignatures: Bool {
    for position in 0..<Int(size) where signatureCount(position) > 0 { return true }
    return false
  }
}

extension AnswerRRsets: Hashable {
  @inlinable package static func == (a: AnswerRRsets, b: AnswerRRsets) -> Bool { a.elementsEqual(b) }

  @inlinable package func hash(into hasher: inout Hasher) { for rrset in self { hasher.combine(rrset) } }
}
