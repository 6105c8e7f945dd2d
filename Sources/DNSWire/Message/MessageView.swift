import Bytes

/// A DNS message in borrowed bytes. Making one reads the header alone; `makeCursor` walks the rest.
package struct MessageView: ~Escapable {
  /// The message, without a TCP length prefix.
  package let bytes: Span<UInt8>
  /// Its header.
  package let header: Header

  /// Reads the header.
  @inline(__always)
  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>) throws(DecodingError) {
    self.header = try Header(bytes)
    self.bytes = bytes
  }

  /// A cursor in front of the first question.
  @_lifetime(copy self)
  package func makeCursor() -> MessageCursor { MessageCursor(self) }

  /// The name at an offset of this message.
  @_lifetime(copy self)
  package func name(at offset: Int) -> NameView { NameView(bytes, at: offset) }
}

extension MessageView {
  /// Decodes a message to its last record without handing anything on: checks all that those check who copy it.
  /// - Parameter records: goes up by one for each record, also for one whose RDATA then turns out to be damaged.
  package static func pass(_ bytes: Span<UInt8>, counting records: inout Int) throws(DecodingError) {
    var cursor = MessageCursor(try MessageView(bytes))
    try cursor.passRecords(count: &records)
  }
}

/// The three sections that hold records, in the order of the wire (RFC 1035 §4.1).
@usableFromInline
package enum Section: UInt8, Sendable, CaseIterable {
  case answer, authority, additional

  /// Of the bits in the words of an answer.
  @inlinable @inline(__always)
  init(bits: UInt32) { self = bits == 0 ? .answer : bits == 1 ? .authority : .additional }
}

/// Where a question stands and what it asks.
package struct QuestionHeader: Sendable {
  /// Offset of QNAME in the message.
  package let nameOffset: Int
  /// QTYPE.
  package let type: RecordType
  /// QCLASS.
  package let recordClass: RecordClass

  /// Whether it asks for a transfer of a zone (RFC 5936, RFC 1995).
  var isTransfer: Bool { type == .axfr || type == .ixfr }
}

/// Where a record stands in its message: offsets only, so that it may outlive a view.
package struct RecordHeader: Sendable {
  /// The section it stands in.
  package let section: Section
  /// Offset of the owner name.
  package let ownerOffset: Int
  /// TYPE.
  package let type: RecordType
  /// CLASS.
  package let recordClass: RecordClass
  /// TTL in seconds, as on the wire.
  package let ttl: UInt32
  /// Offset of the RDATA.
  package let rdataOffset: Int
  /// RDLENGTH in octets; the RDATA lies within the message.
  package let rdataLength: Int
}

/// Walks a message once, from the first question to the last record; ends for good at the first fault.
package struct MessageCursor: ~Escapable {
  /// The message.
  package let bytes: Span<UInt8>
  /// Offset of what is read next.
  package private(set) var offset = Header.length
  /// Questions and records read, and how many of them the header announces up to the end of each section.
  private var number = 0
  private let questions: Int, answers: Int, authorities: Int
  private var records: Int
  /// The names met so far.
  private var names = KnownNames()

  /// A cursor behind the header.
  @inline(__always)
  @_lifetime(copy message)
  init(_ message: MessageView) {
    bytes = message.bytes
    questions = Int(message.header.qdCount)
    answers = questions + Int(message.header.anCount)
    authorities = answers + Int(message.header.nsCount)
    records = authorities + Int(message.header.arCount)
  }

  /// The next question; nil behind the last one.
  package mutating func nextQuestion() throws(DecodingError) -> QuestionHeader? {
    number < questions ? try readQuestion() : nil
  }

  /// The next record of any section; nil behind the last one. Questions not read yet are passed over.
  package mutating func nextRecord() throws(DecodingError) -> RecordHeader? {
    while number < questions { _ = try readQuestion() }
    return number < records ? try readRecord() : nil
  }

  /// Reads all that is left without handing it on, RDATA too, and checks it as those do who copy it.
  /// - Parameter count: goes up by one for each record, also for one whose RDATA then turns out to be damaged.
  @inline(__always)
  fileprivate mutating func passRecords(count: inout Int) throws(DecodingError) {
    while number < questions { _ = try readQuestion() }
    while number < records {
      let record = try readRecord()
      count &+= 1
      if !RDataView.holdsNoNames(record.type, record.recordClass) {
        try RDataView(bytes, record).pass(&names)
      }
    }
  }

  /// Reads a question.
  @inline(__always)
  private mutating func readQuestion() throws(DecodingError) -> QuestionHeader {
    let nameOffset = offset
    do throws(DecodingError) {
      var reader = ByteReader(bytes, from: try names.pass(bytes, at: nameOffset))
      let type = RecordType(rawValue: try reader.readUInt16())
      let recordClass = RecordClass(rawValue: try reader.readUInt16())
      number &+= 1
      offset = reader.offset
      return QuestionHeader(nameOffset: nameOffset, type: type, recordClass: recordClass)
    } catch {
      number = records
      throw error
    }
  }

  /// Reads a record up to its RDATA.
  @inline(__always)
  private mutating func readRecord() throws(DecodingError) -> RecordHeader {
    let ownerOffset = offset
    do throws(DecodingError) {
      let start = try names.pass(bytes, at: ownerOffset)
      let record = try RecordHeader(bytes, section: section, owner: ownerOffset, at: start)
      number &+= 1
      offset = record.rdataOffset &+ record.rdataLength
      return record
    } catch {
      number = records
      throw error
    }
  }

  /// The section of the record that comes next.
  @inline(__always)
  private var section: Section {
    number < answers ? .answer : number < authorities ? .authority : .additional
  }
}

extension RecordHeader {
  /// Octets between owner and RDATA: TYPE, CLASS, TTL and RDLENGTH (RFC 1035 §4.1.3).
  private static let fixedLength = 10

  /// Reads what stands behind an owner name.
  @inline(__always)
  init(_ message: Span<UInt8>, section: Section, owner: Int, at start: Int) throws(DecodingError) {
    let left = message.count &- start
    guard left >= RecordHeader.fixedLength else { throw RecordHeader.cut(at: start, left: left) }
    let fields = message.extracting(start..<(start &+ RecordHeader.fixedLength))
    self.section = section
    ownerOffset = owner
    type = RecordType(rawValue: fields.uint16(at: 0))
    recordClass = RecordClass(rawValue: fields.uint16(at: 2))
    ttl = fields.uint32(at: 4)
    rdataLength = Int(fields.uint16(at: 8))
    rdataOffset = start &+ RecordHeader.fixedLength
    guard left &- RecordHeader.fixedLength >= rdataLength else {
      throw DecodingError(.truncated, at: rdataOffset)
    }
  }

  /// The fault of a message that ends before RDLENGTH does, at the field that is cut.
  private static func cut(at start: Int, left: Int) -> DecodingError {
    DecodingError(.truncated, at: start + (left < 4 ? left & ~1 : left < 8 ? 4 : 8))
  }
}
