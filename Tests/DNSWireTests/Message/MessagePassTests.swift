import Bytes
import DNSWire
import TestSupport
import Testing

/// Passing over a message and remembering its names must not change what is found in it.
@Suite struct MessagePassTests {
  /// How many records a message has, and its fault.
  private struct Outcome: Equatable {
    var records = 0
    var fault: DecodingError?
  }

  /// What passing over the message finds.
  private func passed(_ bytes: [UInt8]) -> Outcome {
    var outcome = Outcome()
    do throws(DecodingError) { try MessageView.pass(bytes.span, counting: &outcome.records) } catch {
      outcome.fault = error
    }
    return outcome
  }

  /// What copying every record finds; each owner is followed anew, and has to end or fail as the cursor found.
  private func copied(_ bytes: [UInt8]) -> Outcome {
    var outcome = Outcome(), copy: [UInt8] = []
    do throws(DecodingError) {
      var cursor = try MessageView(bytes.span).makeCursor()
      while let question = try cursor.nextQuestion() {
        let end = try NameView(bytes.span, at: question.nameOffset).appendWire(to: &copy, lowercase: false)
        #expect(end + 4 == cursor.offset)
      }
      while let record = try nextRecord(&cursor) {
        let end = try NameView(bytes.span, at: record.ownerOffset).appendWire(to: &copy, lowercase: false)
        #expect(end + 10 == record.rdataOffset)
        outcome.records += 1
        try RDataView(bytes.span, record).appendUncompressed(to: &copy)
      }
    } catch {
      outcome.fault = error
    }
    return outcome
  }

  /// The cursor's next record; when there is none for a fault, that of its owner, or the message ends behind that.
  private func nextRecord(_ cursor: inout MessageCursor) throws(DecodingError) -> RecordHeader? {
    let owner = NameView(cursor.bytes, at: cursor.offset)
    do throws(DecodingError) {
      return try cursor.nextRecord()
    } catch {
      if (try? owner.validate()) != nil {
        #expect(error.fault == .truncated)
      } else {
        #expect(throws: error) { try owner.validate() }
      }
      throw error
    }
  }

  @Test("a header that is cut is refused at the field that is cut", arguments: 0..<12)
  func cutHeader(length: Int) {
    let bytes = [UInt8](repeating: 0, count: length)
    #expect(passed(bytes) == Outcome(fault: DecodingError(.truncated, at: length / 2 * 2)))
  }

  @Test("a record whose RDATA is damaged is counted, and ends the message")
  func damagedRData() {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion(wire("a."), .mx)
    builder.addRecord(pointer(12), .mx, rdata: [0, 1] + wire("b."))
    let offset = builder.addRecord(pointer(12), .mx, rdata: [0, 1] + wire("c.") + [9])
    builder.addRecord(pointer(12), .a, rdata: [192, 0, 2, 1])
    #expect(passed(builder.bytes) == Outcome(records: 2, fault: DecodingError(.badRData, at: offset + 5)))
  }

  @Test("a name that is known is not longer than a name may be")
  func knownLength() {
    let label = [63] + [UInt8](repeating: 0x61, count: 63)
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion(label + label + label + [0], .a)
    builder.addRecord([61] + [UInt8](repeating: 0x62, count: 61) + pointer(12), .a, rdata: [])
    builder.addRecord([62] + [UInt8](repeating: 0x62, count: 62) + pointer(12), .a, rdata: [])
    #expect(passed(builder.bytes) == Outcome(records: 1, fault: DecodingError(.nameTooLong, at: 140)))
    #expect(passed(builder.bytes) == copied(builder.bytes))
  }

  @Test("names that are known count with their pointers: 127 are followed, 128 refused")
  func knownPointers() {
    var builder = MessageBuilder(flags: 0x8000), last = builder.offset
    builder.addQuestion([0], .a)
    for _ in 0..<200 {
      let next = builder.offset
      builder.addRecord(pointer(last), .a, rdata: [192, 0, 2, 1])
      last = next
    }
    // The 128th owner's last pointer is that of the first one, which stands behind the question.
    #expect(passed(builder.bytes) == Outcome(records: 127, fault: DecodingError(.tooManyPointers, at: 17)))
    #expect(passed(builder.bytes) == copied(builder.bytes))
  }

  @Test("messages of many names, sound and damaged, are passed over as they are copied")
  func likeCopying() {
    var random = SeededRandom(seed: 0x5eed_0031), sound = 0, faults: [DecodingFault: Int] = [:]
    for _ in 0..<5_000 {
      let bytes = message(&random), outcome = passed(bytes)
      #expect(outcome == copied(bytes), "\(bytes)")
      if let fault = outcome.fault { faults[fault.fault, default: 0] += 1 } else { sound += 1 }
    }
    #expect(sound > 1_000)
    #expect(faults.count >= 4, "\(faults)")
  }

  /// A response of up to 25 records whose names point at one another; every other one is damaged in an octet or more.
  private func message(_ random: inout SeededRandom) -> [UInt8] {
    var builder = MessageBuilder(flags: 0x8000), targets: [Int] = []
    builder.addQuestion(name(at: builder.offset, &targets, &random), .a)
    for _ in 0..<Int.random(in: 0...25, using: &random) {
      let owner = name(at: builder.offset, &targets, &random), start = builder.offset + owner.count + 10
      let (type, lead, tail): (UInt16, Int, Int) =
        [(1, 4, 0), (2, 0, 0), (5, 0, 0), (15, 2, 0), (33, 6, 0), (46, 18, 9), (47, 0, 3), (16, 5, 0)]
        .randomElement(using: &random) ?? (1, 4, 0)
      var rdata = [UInt8](repeating: 1, count: lead)
      if type != 1, type != 16 { rdata += name(at: start + lead, &targets, &random) }
      builder.addRecord(owner, RecordType(rawValue: type), rdata: rdata + [UInt8](repeating: 7, count: tail))
    }
    var bytes = builder.bytes
    if Bool.random(using: &random) {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let damage: [UInt8] = [0, 1, 0x3f, 0x40, 0xc0, 0xc1, .random(in: 0...255, using: &random)]
        bytes[.random(in: 4..<bytes.count, using: &random)] = damage.randomElement(using: &random) ?? 0
      }
    }
    return bytes
  }

  /// Up to three labels, then the root or a pointer to a name or label before.
  private func name(at offset: Int, _ targets: inout [Int], _ random: inout SeededRandom) -> [UInt8] {
    var name: [UInt8] = [], starts: [Int] = []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      starts.append(offset + name.count)
      let length = Int.random(in: 1...40, using: &random)
      name += [UInt8(length)] + [UInt8](repeating: 0x61, count: length)
    }
    starts.append(offset + name.count)
    let target = Int.random(in: 0..<4, using: &random) == 0 ? nil : targets.randomElement(using: &random)
    targets += starts
    return name + (target.map(pointer) ?? [0])
  }
}
