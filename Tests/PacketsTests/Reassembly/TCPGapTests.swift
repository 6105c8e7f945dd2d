import Bytes
import Packets
import TestSupport
import Testing

@Suite("TCP streams with gaps and junk")
struct TCPGapTests {
  let first = queryMessage(1, count: 30), second = queryMessage(2, count: 300),
    third = queryMessage(3, count: 45)

  @Test("a stream without its SYN is found at the first segment that starts with a message")
  func midStream() {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send(Array(prefixed(second).suffix(80))))
    bench.feed(client.send(prefixed(first)))
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [first, third])
    #expect(bench.oddities == [.streamWithoutStart: 1, .streamJunk: 1])
  }

  @Test("a stream without its SYN is also found at a prefix that comes by itself")
  func midStreamPrefix() {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send(Array(prefixed(first).prefix(2))))
    bench.feed(client.send(first))
    #expect(bench.messages.map(\.bytes) == [first])
    #expect(bench.messages.map(\.frames) == [[1, 2]])
  }

  @Test(
    "a gap is skipped one second after the other side has acknowledged what is missing",
    arguments: [997, 998] as [Int64])
  func acknowledgedGap(milliseconds: Int64) {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    var server = TCPSide(isServer: true)
    _ = client.send(prefixed(first))
    bench.feed(client.send(prefixed(second)))
    server.acknowledgment = client.sequence
    bench.feed(server.send())
    #expect(bench.messages == [])
    bench.now += milliseconds * 1_000_000
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == (milliseconds == 998 ? [second, third] : []))
    bench.finish()
    #expect(bench.messages.map(\.bytes) == [second, third])
    #expect(bench.oddities == [.segmentOutOfOrder: milliseconds == 998 ? 1 : 2, .streamGap: 1])
  }

  @Test(
    "a gap that nobody has acknowledged is skipped after 30 seconds", arguments: [29_998, 29_999] as [Int64])
  func unacknowledgedGap(milliseconds: Int64) {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    _ = client.send(prefixed(first))
    bench.feed(client.send(prefixed(second)))
    bench.now += milliseconds * 1_000_000
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == (milliseconds == 29_999 ? [second, third] : []))
  }

  @Test("what is missing may still come before the gap is skipped")
  func late() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let missing = client.send(prefixed(first))
    bench.feed(client.send(prefixed(second)))
    bench.now += 900_000_000
    bench.feed(missing)
    #expect(bench.messages.map(\.bytes) == [first, second])
    #expect(bench.oddities == [.segmentOutOfOrder: 1])
  }

  @Test("behind a gap inside one message its prefix still tells where the next one begins")
  func gapInsideMessage() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let bytes = prefixed(second)
    bench.feed(client.send(Array(bytes[..<50])))
    _ = client.send(Array(bytes[50..<100]))
    bench.feed(client.send(Array(bytes[100...]) + prefixed(third)))
    bench.finish()
    #expect(bench.messages.map(\.bytes) == [third])
    #expect(bench.oddities == [.segmentOutOfOrder: 1, .streamGap: 1, .streamMessageUnfinished: 1])
  }

  @Test("behind a gap over several messages the next segment that starts with one is found")
  func gapOverMessages() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let bytes = prefixed(second)
    bench.feed(client.send(Array(bytes[..<50])))
    _ = client.send(Array(bytes[50...]) + Array(prefixed(second)[..<100]))
    bench.feed(client.send(Array(prefixed(second)[100...])))
    bench.feed(client.send(prefixed(third)))
    bench.finish()
    #expect(bench.messages.map(\.bytes) == [third])
    #expect(
      bench.oddities
        == [.segmentOutOfOrder: 2, .streamGap: 1, .streamMessageUnfinished: 1, .streamJunk: 1])
  }

  @Test("behind a gap what is in the middle of a message is not taken for one")
  func gapBeforeRest() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    _ = client.send(Array(prefixed(second).prefix(100)))
    // It has the form of a prefix with more than 20 bytes behind it, but these are no header.
    bench.feed(client.send([0, 20] + [UInt8](repeating: 0xff, count: 21)))
    bench.feed(client.send(prefixed(third)))
    bench.finish()
    #expect(bench.messages.map(\.bytes) == [third])
    #expect(bench.oddities == [.segmentOutOfOrder: 2, .streamGap: 1, .streamJunk: 1])
  }

  @Test("a segment that the snap length cut leaves a gap of what is missing")
  func cutSegment() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let frame = client.send(prefixed(first) + prefixed(second))
    bench.feed(Array(frame.dropLast(10)), originalLength: frame.count)
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [first, third])
    #expect(bench.messages.map(\.checksum) == [.unknown, .right])
    #expect(bench.oddities == [.segmentCut: 1, .streamMessageUnfinished: 1])
  }

  @Test("junk behind a message does not lose the messages that follow")
  func junk() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    bench.feed(client.send(prefixed(first) + Array("GET / HTTP/1.1".utf8)))
    bench.feed(client.send(prefixed(second)))
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [first, second, third])
    #expect(bench.oddities == [.streamJunk: 1])
  }

  @Test("a message with an odd header is handed on when it is whole, however many segments it takes")
  func oddMessage() {
    let odd = octets(9 as UInt16) + [0x78, 0, 0xff, 0xff] + [UInt8](repeating: 0xff, count: 200)
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let bytes = prefixed(odd)
    bench.feed(client.send(Array(bytes[..<60])))
    bench.feed(client.send(Array(bytes[60...]) + prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [odd, third])
    #expect(bench.oddities == [:])
  }

  @Test("length prefixes below 12 are passed over with what they announce", arguments: [0, 1, 11])
  func shortPrefix(length: Int) {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let short = octets(UInt16(length)) + [UInt8](repeating: 7, count: length)
    bench.feed(client.send(prefixed(first) + short + prefixed(third)))
    bench.feed(client.send(Array(short.prefix(3))))
    bench.feed(client.send(Array(short.dropFirst(3)) + prefixed(second)))
    #expect(bench.messages.map(\.bytes) == [first, third, second])
    #expect(bench.oddities == [.shortLengthPrefix: 2])
  }

  @Test("a message of 12 bytes, a header alone, is handed on")
  func shortest() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let header: [UInt8] = [0, 1, 0x80, 5, 0, 0, 0, 0, 0, 0, 0, 0]
    bench.feed(client.send(prefixed(header)))
    #expect(bench.messages.map(\.bytes) == [header])
  }

  @Test("a message of 65,535 bytes is handed on")
  func longest() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let message = queryMessage(5, count: 65_535)
    let bytes = prefixed(message)
    for start in stride(from: 0, to: bytes.count, by: 1_460) {
      bench.feed(client.send(Array(bytes[start..<min(start + 1_460, bytes.count)])))
    }
    #expect(bench.messages.map(\.bytes) == [message])
  }

  @Test(
    "a segment far outside the window is taken for another connection", arguments: [1 << 24, 1 << 24 + 1])
  func farSegment(distance: Int) {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    bench.feed(client.send(prefixed(first)))
    bench.feed(client.segment(prefixed(second), ahead: distance))
    #expect(bench.messages.map(\.bytes) == (distance > 1 << 24 ? [first, second] : [first]))
  }
}
