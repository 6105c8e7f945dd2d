import Bytes
import DNSWire
import TestSupport
import Testing

@Suite struct MessageCursorTests {
  /// A sound response with a record in every section, compressed names and an OPT.
  private func sample() -> [UInt8] {
    var builder = MessageBuilder(flags: 0x8580)
    builder.addQuestion(wire("www.example."), .a)
    builder.addRecord(pointer(12), .cname, rdata: [3] + Array("web".utf8) + pointer(16))
    builder.addRecord(wire("web.example."), .a, ttl: 0xffff_ffff, rdata: [192, 0, 2, 1])
    builder.addRecord(pointer(16), .ns, in: .authority, rdata: [2] + Array("ns".utf8) + pointer(16))
    builder.addRecord(
      [0], .opt, RecordClass(rawValue: 1232), in: .additional, ttl: 0x8000, rdata: [0, 3, 0, 0])
    return builder.bytes
  }

  /// Walks a message to its end or first fault: how many questions and records, and the fault.
  private func walk(_ bytes: [UInt8]) -> (questions: Int, records: Int, fault: DecodingError?) {
    var questions = 0, records = 0
    do throws(DecodingError) {
      var cursor = try MessageView(bytes.span).makeCursor()
      while try cursor.nextQuestion() != nil { questions += 1 }
      while try cursor.nextRecord() != nil { records += 1 }
      return (questions, records, nil)
    } catch {
      return (questions, records, error)
    }
  }

  @Test("questions and records come in order, with their fields and offsets")
  func order() throws {
    let bytes = sample()
    var cursor = try MessageView(bytes.span).makeCursor()
    let question = try #require(try cursor.nextQuestion())
    #expect(question.nameOffset == 12 && question.type == .a && question.recordClass == .in)
    #expect(try cursor.nextQuestion() == nil)
    var records: [RecordHeader] = []
    while let record = try cursor.nextRecord() { records.append(record) }
    #expect(records.map(\.section) == [.answer, .answer, .authority, .additional])
    #expect(records.map(\.type) == [.cname, .a, .ns, .opt])
    #expect(records[1].ttl == 0xffff_ffff && records[3].recordClass.rawValue == 1232)
    #expect(records.map(\.rdataLength) == [6, 4, 5, 4])
    #expect(bytes[records[1].rdataOffset] == 192 && cursor.offset == bytes.count)
  }

  @Test("records can be asked for without the questions")
  func recordsAlone() throws {
    let bytes = sample()
    var cursor = try MessageView(bytes.span).makeCursor()
    #expect(try cursor.nextRecord()?.type == .cname)
    #expect(try cursor.nextQuestion() == nil)
  }

  @Test("a message cut at any octet gives what stands before the cut, and then a fault")
  func cut() throws {
    let bytes = sample(), whole = walk(bytes)
    #expect(whole.fault == nil && whole.questions == 1 && whole.records == 4)
    var last = 0
    for length in 0..<bytes.count {
      let part = walk(Array(bytes[..<length]))
      #expect(part.fault?.fault == .truncated)
      #expect((part.fault?.offset ?? .max) <= length)
      #expect(part.questions + part.records >= last)
      last = part.questions + part.records
    }
    #expect(last == 4)
  }

  @Test("every octet of a message may take every value: nothing traps, and offsets stay within the message")
  func everyOctet() {
    let bytes = sample()
    for index in bytes.indices {
      for value in UInt8.min...UInt8.max {
        var changed = bytes
        changed[index] = value
        if let fault = walk(changed).fault { #expect((0...16_383).contains(fault.offset)) }
      }
    }
  }

  @Test("after a fault the cursor is finished")
  func finished() throws {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addRecord(wire("a."), .a, rdata: [1, 2], rdataLength: 4)
    builder.counts.an = 2
    let bytes = builder.bytes
    var cursor = try MessageView(bytes.span).makeCursor()
    #expect(throws: DecodingError.self) { try cursor.nextRecord() }
    #expect(try cursor.nextRecord() == nil)
  }

  @Test("a count of 64,259 questions whose names are forward pointers costs milliseconds")
  func manyQuestions() {
    // As seen in real traffic, 63 KB long; here each name points ahead to the next one's, 126 times on end.
    var builder = MessageBuilder()
    while builder.bytes.count < 63_000 {
      let isEnd = builder.counts.qd % 127 == 126, isInReach = builder.counts.qd < 20 * 127
      builder.addQuestion(isEnd ? [0] : pointer(isInReach ? builder.offset + 6 : 12), .a)
    }
    let questions = Int(builder.counts.qd)
    builder.counts.qd = 64_259
    let bytes = builder.bytes
    var result: (questions: Int, records: Int, fault: DecodingError?) = (0, 0, nil)
    let elapsed = ContinuousClock().measure { result = walk(bytes) }
    #expect(questions > 10_000 && result.questions == questions)
    #expect(result.fault == DecodingError(.truncated, at: bytes.count))
    // 10,500 names of up to 127 steps: 25 ms here in a debug build, 2 ms in a release build. The bound leaves
    // room for a busy machine and still tells a walk that goes over the message once for each question.
    #expect(elapsed < .seconds(1))
  }
}
