import DNSWire
import TestSupport
import Testing

@Suite("Lines of hostile messages") struct HostileMessageTests {
  @Test("hostile names and texts arrive escaped")
  func hostile() {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion([5] + Array("\u{1b}[31m".utf8) + [0], .a)
    builder.addRecord(
      [4, 0xe2, 0x80, 0xae, 0x22, 0], .txt, rdata: characterString("<script>alert(1)</script>"))
    builder.addRecord([0], .opt, in: .additional, rdata: [0, 15, 0, 5, 0, 0, 0xe2, 0x80, 0xae])
    let text = messageLine(builder.bytes)
    #expect(text.dropLast().utf8.allSatisfy { (0x20...0x7e).contains($0) })
    #expect(text.contains(#"{"name":"\\027[31m.""#) && text.contains(#""name":"\\226\\128\\174\\\".""#))
    #expect(text.contains(#""text":"0 (Other Error): \u202e""#))
  }

  @Test("random messages of all types, cut at any length, give one line of visible characters each")
  func cutAnywhere() {
    var source = RandomRData(seed: 0x5eed_0307)
    for _ in 0..<12 {
      let bytes = source.message(records: 9, longest: 120).encoded(compressing: true)
      for length in 0...bytes.count {
        let text = messageLine(Array(bytes[..<length]))
        let isVisible = text.unicodeScalars.dropLast().allSatisfy { $0.isVisible }
        #expect(text.hasPrefix(messageOrigin) && text.hasSuffix("}\n") && isVisible)
        #expect(length == bytes.count || text.contains(#""malformed":{"offset":"#))
      }
    }
  }

  @Test("messages damaged at random octets, or cut, give one line of visible characters each")
  func damaged() {
    var builder = MessageBuilder(flags: 0x8580)
    builder.addQuestion(wire("www.example."), .https)
    builder.addRecord(pointer(12), .https, rdata: [0, 1, 0, 0, 1, 0, 3, 2, 0x68, 0x32])
    builder.addRecord(pointer(12), .rrsig, rdata: [UInt8](repeating: 7, count: 18) + pointer(16) + [1, 2, 3])
    builder.addRecord(pointer(16), .nsec, in: .authority, rdata: pointer(12) + [0, 1, 0x62])
    builder.addRecord([0], .opt, in: .additional, rdata: [0, 15, 0, 3, 0, 18, 0x78, 0, 8, 0, 4, 0, 1, 0, 0])
    var random = SeededRandom(seed: 0x5eed_0004)
    for _ in 0..<5_000 {
      var bytes = builder.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
      let text = messageLine(bytes)
      #expect(text.hasPrefix(messageOrigin) && text.hasSuffix("}\n"))
      let isVisible = text.unicodeScalars.dropLast().allSatisfy { $0.isVisible }
      #expect(isVisible)
    }
  }

  @Test("a zone transfer of 64 KB with 2,000 records is written whole")
  func transfer() {
    var builder = MessageBuilder(flags: 0x8400)
    builder.addQuestion(wire("example."), .axfr)
    for index in 0..<2_000 {
      builder.addRecord(
        [5] + Array("h\(1000 + index)".utf8) + pointer(12), .txt,
        rdata: characterString("record \(1000 + index)"))
    }
    #expect((60_000...65_535).contains(builder.bytes.count))
    let text = messageLine(builder.bytes)
    #expect(
      text.hasSuffix(#""malformed":null}"# + "\n") && text.split(separator: #""rdlength":12"#).count == 2_001)
  }

  @Test("the names of a message that compression blows up are bounded, and what is left out is counted")
  func compressionBomb() throws {
    var builder = MessageBuilder(flags: 0x8000)
    let label = [63] + [UInt8](repeating: 0, count: 63)
    builder.addQuestion(label + label + label + [61] + [UInt8](repeating: 0, count: 61) + [0], .a)
    while builder.bytes.count + 18 <= 65_535 {
      builder.addRecord(pointer(12), .minfo, rdata: pointer(12) + pointer(12))
    }
    let text = messageLine(builder.bytes), limit = 64 * builder.bytes.count
    #expect((limit...(limit + 5_000)).contains(text.utf8.count))
    let written = text.split(separator: "MINFO").count - 1
    #expect(text.contains("\(Int(builder.counts.an) - written) questions or records left out"))
  }

  @Test("a small message is bounded by 64 KB, and written whole below that")
  func smallBound() {
    let label = [63] + [UInt8](repeating: 0, count: 63)
    func message(records: Int) -> [UInt8] {
      var builder = MessageBuilder(flags: 0x8000)
      builder.addQuestion(label + label + label + [61] + label[1...61] + [0], .a)
      for _ in 0..<records { builder.addRecord(pointer(12), .ns, rdata: pointer(12)) }
      return builder.bytes
    }
    #expect(messageLine(message(records: 22)).contains(#""malformed":null"#))
    #expect(messageLine(message(records: 28)).contains("questions or records left out"))
  }
}
