import Bytes
import DNSWire
import TestSupport
import Testing

@Suite struct SectionCursorTests {
  /// A response with two answers, one OPT, and an additional record on each side of it.
  private func sample() -> MessageBuilder {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion(wire("a."), .a)
    builder.addRecord(wire("a."), .a, rdata: [1, 2, 3, 4])
    builder.addRecord(wire("b."), .a, rdata: [1, 2, 3, 4])
    builder.addRecord(wire("c."), .a, in: .additional, rdata: [1, 2, 3, 4])
    builder.addRecord([0], .opt, RecordClass(rawValue: 512), in: .additional, rdata: [])
    builder.addRecord(wire("d."), .a, in: .additional, rdata: [1, 2, 3, 4])
    return builder
  }

  /// The owners of a section's records.
  private func owners(_ cursor: inout SectionCursor, _ bytes: [UInt8], _ section: Section) throws -> [String]
  {
    var owners: [String] = []
    while let record = cursor.nextRecord(in: section) {
      owners.append(try NameView(bytes.span, at: record.ownerOffset).name().description)
    }
    return owners
  }

  @Test("sections are read one by one, with the OPT record apart")
  func sections() throws {
    let bytes = sample().bytes
    var cursor = SectionCursor(try MessageView(bytes.span))
    #expect(cursor.edns?.udpSize == 512)
    #expect(cursor.nextQuestion()?.type == .a && cursor.nextQuestion() == nil)
    #expect(try owners(&cursor, bytes, .answer) == ["a.", "b."])
    #expect(try owners(&cursor, bytes, .authority) == [])
    #expect(try owners(&cursor, bytes, .additional) == ["c.", "d."])
    #expect(cursor.fault == nil && cursor.offset == bytes.count)
  }

  @Test("a section that is not asked for is passed over")
  func passedOver() throws {
    let bytes = sample().bytes
    var cursor = SectionCursor(try MessageView(bytes.span))
    #expect(try owners(&cursor, bytes, .additional) == ["c.", "d."])
    #expect(try owners(&cursor, bytes, .answer) == [])
  }

  @Test("the walk ends at the first fault, which it remembers")
  func fault() throws {
    let bytes = Array(sample().bytes.dropLast())
    var cursor = SectionCursor(try MessageView(bytes.span))
    #expect(try owners(&cursor, bytes, .answer) == ["a.", "b."])
    #expect(try owners(&cursor, bytes, .additional) == ["c."])
    #expect(cursor.fault?.fault == .truncated && cursor.nextRecord(in: .additional) == nil)
    #expect(cursor.edns != nil)
  }

  @Test("a fault in a question leaves no records")
  func questionFault() throws {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion([0x80], .a)
    builder.addRecord(wire("a."), .a, rdata: [1, 2, 3, 4])
    let bytes = builder.bytes
    var cursor = SectionCursor(try MessageView(bytes.span))
    #expect(cursor.nextQuestion() == nil && cursor.fault == DecodingError(.reservedLabelType, at: 12))
    #expect(cursor.nextRecord(in: .additional) == nil)
  }
}
