import DNSWire
import Reports
import TestSupport
import Testing

@Suite struct MessageTextTests {
  /// The block of a message from 192.0.2.1 port 53 in frame 7.
  private func block(_ bytes: [UInt8], frames: [Int] = [], file: Int? = nil) -> String {
    var text: [UInt8] = []
    withSampleMessage(bytes, frames: frames, file: file ?? 0) {
      MessageText().append($0, file: file, to: &text)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first line of every block.
  private let origin =
    "Frame 7, 2016-10-20T15:23:01.000000005Z, udp 192.0.2.1 port 53 > 2001:db8::2 port 40000\n"

  @Test("a response is a block of header, EDNS, question and sections")
  func response() {
    var builder = MessageBuilder(flags: 0x8503)
    builder.addQuestion(wire("WWW.Example."), .txt)
    builder.addRecord(pointer(12), .txt, ttl: 60, rdata: characterString("a"))
    builder.addRecord(
      [0], .opt, RecordClass(rawValue: 1232), in: .additional, ttl: 0x8000,
      rdata: [0, 15, 0, 5, 0, 18, 0xe2, 0x80, 0xae, 0xfd, 0xe9, 0, 1, 0xab])
    builder.addRecord(wire("ns.Example."), .a, in: .additional, rdata: [192, 0, 2, 9])
    #expect(
      block(builder.bytes) == origin + """
        ;; response, QUERY, NXDOMAIN, id 4660, flags aa rd; question 1, answer 1, authority 0, additional 2
        ;; EDNS version 0, udp 1232, do
        ;; option EDE 18 (Prohibited): \\u{202E}
        ;; option OPT65001 ab
        ;WWW.Example. IN TXT
        ;; answer
        WWW.Example. 60 IN TXT "a"
        ;; additional
        ns.Example. 3600 IN A 192.0.2.9


        """)
  }

  @Test("a query without flags says so, and where it comes from when captures and packets are several")
  func query() {
    #expect(
      block(MessageBuilder().bytes, frames: [3, 7], file: 1) == """
        File 1, frame 7 (2 packets since frame 3), 2016-10-20T15:23:01.000000005Z, udp 192.0.2.1 port 53 > 2001:db8::2 port 40000
        ;; query, QUERY, id 4660, no flags; question 0, answer 0, authority 0, additional 0


        """)
  }

  @Test("a fault stands behind what was decoded before it")
  func fault() {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addRecord(wire("a."), .a, rdata: [1, 2, 3])
    builder.addRecord([0x40], .a, rdata: [])
    #expect(
      block(builder.bytes).hasSuffix(
        """
        ;; answer
        a. 3600 IN A \\# 3 010203
        ;; malformed at octet 28: label with a reserved type (RFC 1035 §4.1.4)


        """))
    #expect(
      block([1]) == origin
        + ";; malformed at octet 0: the data ends before the field does (RFC 1035 §4.1)\n\n")
  }

  @Test("a DSO message has a line for each element")
  func statefulOperation() {
    var builder = MessageBuilder(flags: 0x3000)
    builder.body = [0, 2, 0, 4, 0, 0, 3, 0xe8, 0xf8, 0, 0, 1, 0xab, 0, 1, 0, 9]
    #expect(
      block(builder.bytes) == origin + """
        ;; query, DSO, id 4660, no flags; question 0, answer 0, authority 0, additional 0
        ;; DSO RETRYDELAY 1000 ms
        ;; DSO 63488 ab
        ;; malformed at octet 25: DSO element that runs past the message (RFC 8490 §5.4.4)


        """)
  }

  @Test("random messages of all types, cut at any length, give a block of visible characters each")
  func cutAnywhere() {
    var source = RandomRData(seed: 0x5eed_0308)
    for _ in 0..<8 {
      let bytes = source.message(records: 9, longest: 120).encoded(compressing: true)
      for length in 0...bytes.count {
        let text = block(Array(bytes[..<length]))
        let isVisible = text.unicodeScalars.allSatisfy { $0.isVisible || $0 == "\n" }
        #expect(text.hasPrefix(origin) && text.hasSuffix("\n\n") && isVisible)
      }
    }
  }
}
