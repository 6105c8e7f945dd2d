import Bytes
import DNSWire
import TestSupport
import Testing

/// Whatever is cut off or changed, nothing traps, and every offset lies within the message.
@Suite struct CuttingTests {
  /// Walks a message in every way that there is.
  /// - Returns: how many questions and records were read.
  @discardableResult
  private func walk(_ bytes: [UInt8]) -> Int {
    guard let view = try? MessageView(bytes.span) else { return 0 }
    var cursor = SectionCursor(view), count = 0, text: [UInt8] = [], octets: [UInt8] = []
    while let question = cursor.nextQuestion() {
      count += 1
      _ = try? view.name(at: question.nameOffset).appendPresentation(to: &text)
    }
    for section in Section.allCases {
      while let record = cursor.nextRecord(in: section) {
        count += 1
        let rdata = RDataView(bytes.span, record)
        rdata.appendText(to: &text)
        try? rdata.appendCanonical(to: &octets)
        try? rdata.appendUncompressed(to: &octets)
      }
    }
    #expect((Header.length...bytes.count).contains(cursor.offset))
    if let fault = cursor.fault { #expect((0...max(bytes.count, 0x3fff)).contains(fault.offset)) }
    if let edns = cursor.edns {
      var options = edns.makeCursor(in: bytes.span)
      while let option = try? options.next() { text += Array((option.text(in: bytes.span) ?? "").utf8) }
    }
    var operations = view.makeOperationCursor()
    while let operation = try? operations.next() {
      text += Array((operation.text(in: bytes.span) ?? "").utf8)
    }
    return count
  }

  /// Interns a message in a store of its own.
  private func intern(_ bytes: [UInt8]) {
    guard let view = try? MessageView(bytes.span) else { return }
    var store = ResponseStore()
    _ = store.intern(view)
    _ = store.internQuery(view)
  }

  @Test("a random message cut at any length gives no more than the whole, and never less for more octets")
  func cut() {
    var source = RandomRData(seed: 0x5eed_0303)
    for _ in 0..<40 {
      let bytes = source.message(records: 12, longest: 200).encoded(compressing: true)
      var last = 0
      for length in 0...bytes.count {
        let part = Array(bytes[..<length]), count = walk(part)
        #expect(count >= last)
        last = count
        if length % 7 == 0 { intern(part) }
      }
    }
  }

  @Test("messages of the captures, cut at a random length or changed at random octets, never trap")
  func captured() throws {
    var random = SeededRandom(seed: 0x5eed_0304)
    for pair in CapturePair.all {
      for bytes in try pair.messages() {
        walk(Array(bytes[..<Int.random(in: 0...bytes.count, using: &random)]))
        var changed = bytes
        for _ in 0..<4 {
          changed[.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        walk(changed)
        intern(changed)
      }
    }
  }

  @Test("random messages with octets changed, inserted and taken out never trap")
  func mutated() {
    var source = RandomRData(seed: 0x5eed_0305)
    for _ in 0..<1_500 {
      var bytes = source.message(records: 9, longest: 200).encoded(compressing: true)
      for _ in 0..<source.pick([1, 2, 6]) {
        let index = Int.random(in: 0..<bytes.count, using: &source.random)
        let value: UInt8 = source.pick([0, 1, 0x3f, 0x40, 0xc0, 0xff, UInt8(index & 255)])
        switch Int.random(in: 0..<4, using: &source.random) {
        case 0: bytes.insert(value, at: index)
        case 1 where bytes.count > 1: bytes.remove(at: index)
        default: bytes[index] = value
        }
      }
      walk(bytes)
      intern(bytes)
    }
  }
}
