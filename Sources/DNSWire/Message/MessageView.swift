import Bytes

/// A DNS message in borrowed bytes. Making one reads the header alone; `makeCursor` walks the rest.
package struct MessageView: ~Escapable {
  /// The message, without a TCP length prefix.
  package let bytes: Span<UInt8>
  /// Its header.
  package let header: Header

  /// Reads the header.
  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>) throws(DecodingError) {
    var reader = ByteReader(bytes)
    self.header = try Header(&reader)
    self.bytes = bytes
  }

  /// A cursor in front of the first question.
  @_lifetime(copy self)
  package func makeCursor() -> MessageCursor { MessageCursor(self) }

  /// The name at an offset of this message.
  @_lifetime(copy self)
  package func name(at offset: Int) -> NameView { NameView(bytes, at: offset) }
}

/// The three sections that hold records, in the order of the wire (RFC 1035 §4.1).
package enum Section: UInt8, Sendable, CaseIterable {
  case answer, authority, additional
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
  private var questionsLeft: Int
  private var recordsLeft: (Int, Int, Int)

  /// A cursor behind the header.
  @_lifetime(copy message)
  init(_ message: MessageView) {
    bytes = message.bytes
    questionsLeft = Int(message.header.qdCount)
    recordsLeft = (Int(message.header.anCount), Int(message.header.nsCount), Int(message.header.arCount))
  }

  /// The next question; nil behind the last one.
  package mutating func nextQuestion() throws(DecodingError) -> QuestionHeader? {
    guard questionsLeft > 0 else { return nil }
    let nameOffset = offset
    do throws(DecodingError) {
      var reader = ByteReader(bytes, from: try NameView(bytes, at: nameOffset).validate())
      let type = RecordType(rawValue: try reader.readUInt16())
      let recordClass = RecordClass(rawValue: try reader.readUInt16())
      questionsLeft -= 1
      offset = reader.offset
      return QuestionHeader(nameOffset: nameOffset, type: type, recordClass: recordClass)
    } catch {
      stop()
      throw error
    }
  }

  /// The next record of any section; nil behind the last one. Questions not read yet are passed over.
  package mutating func nextRecord() throws(DecodingError) -> RecordHeader? {
    while questionsLeft > 0 { _ = try nextQuestion() }
    guard let section = nextSection() else { return nil }
    let ownerOffset = offset
    do throws(DecodingError) {
      var reader = ByteReader(bytes, from: try NameView(bytes, at: ownerOffset).validate())
      let type = RecordType(rawValue: try reader.readUInt16())
      let recordClass = RecordClass(rawValue: try reader.readUInt16())
      let ttl = try reader.readUInt32()
      let length = Int(try reader.readUInt16())
      let rdataOffset = reader.offset
      try reader.skip(length)
      offset = reader.offset
      return RecordHeader(
        section: section, ownerOffset: ownerOffset, type: type, recordClass: recordClass, ttl: ttl,
        rdataOffset: rdataOffset, rdataLength: length)
    } catch {
      stop()
      throw error
    }
  }

  /// Counts one record off its section.
  private mutating func nextSection() -> Section? {
    if recordsLeft.0 > 0 {
      recordsLeft.0 -= 1
      return .answer
    }
    if recordsLeft.1 > 0 {
      recordsLeft.1 -= 1
      return .authority
    }
    if recordsLeft.2 > 0 {
      recordsLeft.2 -= 1
      return .additional
    }
    return nil
  }

  /// Leaves nothing to read.
  private mutating func stop() { (questionsLeft, recordsLeft) = (0, (0, 0, 0)) }
}
