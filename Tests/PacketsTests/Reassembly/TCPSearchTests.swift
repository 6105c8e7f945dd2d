import Bytes
import Packets
import TestSupport
import Testing

@Suite("TCP streams caught in the middle")
struct TCPSearchTests {
  let first = queryMessage(1, count: 30), third = queryMessage(3, count: 45)
  /// A query whose question can be read, with an option that fills it up.
  private func query(_ id: UInt16, count: Int) -> [UInt8] {
    octets(id) + [1, 0, 0, 1, 0, 0, 0, 0, 0, 1] + [1, 0x61, 0, 0, 1, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0, 0]
      + octets(UInt16(count - 30)) + [UInt8](repeating: 0xab, count: count - 30)
  }

  /// The later messages of a zone transfer: no question, records that can be read.
  private func transfer(_ id: UInt16, count: Int) -> [UInt8] {
    octets(id) + [0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0] + [1, 0x61, 0, 0, 16, 0, 1, 0, 0, 0, 9]
      + octets(UInt16(count - 25)) + [UInt8](repeating: 0xcd, count: count - 25)
  }

  @Test("messages are found wherever the stream is caught and however it is cut", arguments: [false, true])
  func anywhere(isTransfer: Bool) {
    let messages = (0..<12).map { id in
      isTransfer ? transfer(id, count: 150 + Int(id) * 40) : query(id, count: 150 + Int(id) * 40)
    }
    let bytes = messages.flatMap { prefixed($0) }
    for begin in stride(from: 20, to: 152, by: 7) {
      for size in [17, 100, 333, 1_448] {
        var client = TCPSide(), bench = DecoderBench()
        for start in stride(from: begin, to: bytes.count, by: size) {
          bench.feed(client.send(Array(bytes[start..<min(start + size, bytes.count)])))
        }
        bench.finish()
        #expect(bench.messages.map(\.bytes) == Array(messages[1...]), "caught at \(begin), cut to \(size)")
        #expect(bench.decoder.counters[oddity: .streamJunk] == 1)
      }
    }
  }

  @Test("a guess by the header alone gives way to a message that begins inside a segment")
  func doubtful() {
    let messages = (0..<12).map { transfer($0, count: 150 + Int($0) * 40) }
    // The first byte of the prefix is missing: the rest looks like a longer prefix with a header.
    let bytes = Array(messages.flatMap { prefixed($0) }.dropFirst())
    var client = TCPSide(), bench = DecoderBench()
    for start in stride(from: 0, to: bytes.count, by: 100) {
      bench.feed(client.send(Array(bytes[start..<min(start + 100, bytes.count)])))
    }
    bench.finish()
    #expect(bench.messages.map(\.bytes) == Array(messages[1...]))
    #expect(bench.oddities == [.streamWithoutStart: 1, .streamJunk: 1])
  }

  @Test("what looks like a message inside another is not taken when nothing fits behind it")
  func lookalike() {
    let bait = prefixed(query(7, count: 60)) + [UInt8](repeating: 0xee, count: 30)
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send([9, 9, 9] + bait))
    bench.feed(client.send(prefixed(first)))
    #expect(bench.messages.map(\.bytes) == [first])
    #expect(bench.oddities == [.streamWithoutStart: 1, .streamJunk: 1])
  }

  @Test("a guess that is followed by something else is lost, and the next message found in the same segment")
  func wrongGuess() {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send(prefixed(first)))
    bench.feed(
      client.send(
        [0xff, 0xff, 0x70, 7, 0xff, 0xff, 0xff, 0xff, 9, 9, 9, 9, 9, 9, 9] + prefixed(query(4, count: 90))))
    #expect(bench.messages.map(\.bytes) == [first, query(4, count: 90)])
    #expect(bench.oddities == [.streamWithoutStart: 1, .streamJunk: 1])
  }

  @Test("a segment that is just as long as its prefix says is a message, whatever its header")
  func exact() {
    let odd = octets(9 as UInt16) + [0x78, 0, 0, 2, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 3, count: 20)
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send(prefixed(odd)))
    bench.feed(client.send(prefixed(odd)))
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [odd, odd, third])
    #expect(bench.oddities == [.streamWithoutStart: 1])
  }
}
