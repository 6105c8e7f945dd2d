import Bytes

/// Walks a message for those who show it: section by section, the OPT record apart, and instead of throwing
/// it ends at the first fault and remembers it.
package struct SectionCursor: ~Escapable {
  /// The message's first OPT record, which no section then has.
  package let edns: EDNS?
  /// What ended the walk before its time.
  package private(set) var fault: DecodingError?
  /// The response code, with the bits that EDNS adds (RFC 6891 §6.1.3).
  package let responseCode: ResponseCode
  /// The cursor below.
  private var cursor: MessageCursor
  /// A record that was read and belongs to a later section than the one asked for.
  private var pending: RecordHeader?

  /// A cursor in front of the first question.
  @_lifetime(copy message)
  package init(_ message: MessageView) {
    let edns = message.edns(), flags = message.header.flags
    responseCode = edns?.responseCode(header: flags) ?? ResponseCode(rawValue: UInt16(flags.rcodeLow))
    self.edns = edns
    cursor = message.makeCursor()
  }

  /// Offset of what is read next; behind the last record the message's end, unless octets are left over.
  package var offset: Int { cursor.offset }

  /// The next question; nil behind the last one or after a fault.
  package mutating func nextQuestion() -> QuestionHeader? {
    do throws(DecodingError) {
      return try cursor.nextQuestion()
    } catch {
      fault = error
      return nil
    }
  }

  /// The next record of a section; nil behind its last one or after a fault. Sections are asked for in order;
  /// what was not read of the ones before is passed over.
  package mutating func nextRecord(in section: Section) -> RecordHeader? {
    while let record = peek(), record.section.rawValue <= section.rawValue {
      pending = nil
      if record.section == section, !isEDNS(record) { return record }
    }
    return nil
  }

  /// The record that comes next; it stays pending.
  private mutating func peek() -> RecordHeader? {
    if pending != nil { return pending }
    do throws(DecodingError) {
      pending = try cursor.nextRecord()
    } catch {
      fault = error
    }
    return pending
  }

  /// Whether a record is the one that `edns` was read from.
  private func isEDNS(_ record: RecordHeader) -> Bool {
    record.type == .opt && record.section == .additional && record.rdataOffset == edns?.optionsOffset
  }
}
