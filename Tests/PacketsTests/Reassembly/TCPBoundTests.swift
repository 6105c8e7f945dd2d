import Bytes
import Packets
import TestSupport
import Testing

@Suite("Bounds of TCP reassembly")
struct TCPBoundTests {
  let first = queryMessage(1, count: 30), second = queryMessage(2, count: 300)

  @Test("as many streams as allowed are kept; one more gives up the one that has been silent for longest")
  func streams() {
    var limits = PacketLimits()
    limits.streams = 2
    var bench = DecoderBench(limits: limits)
    var clients = (1...3).map { TCPSide(port: UInt16($0)) }
    let bytes = prefixed(second)
    for i in 0..<2 { bench.feed(clients[i].send([], [.syn])) }
    for i in 0..<2 { bench.feed(clients[i].send(Array(bytes[..<100]))) }
    bench.feed(clients[0].send(Array(bytes[100..<200])))
    #expect(bench.oddities == [:])
    bench.feed(clients[2].send([], [.syn]))
    #expect(bench.oddities == [.streamEvicted: 1, .streamMessageUnfinished: 1])
    bench.feed(clients[0].send(Array(bytes[200...])))
    bench.feed(clients[1].send(Array(bytes[100...])))
    #expect(bench.messages.map(\.flow.sourcePort) == [1])
  }

  @Test("as many segments as allowed wait behind a gap; one more skips it", arguments: [3, 4])
  func heldSegments(count: Int) {
    var limits = PacketLimits()
    limits.heldSegments = 3
    var client = TCPSide(), bench = DecoderBench(opening: &client, limits: limits)
    _ = client.send(prefixed(second))
    for _ in 0..<count { bench.feed(client.send(prefixed(first))) }
    #expect(bench.messages.count == (count == 3 ? 0 : 4))
    #expect(bench.decoder.counters[oddity: .streamGap] == (count == 3 ? 0 : 1))
  }

  @Test("as many bytes as allowed wait behind a gap; one more skips it", arguments: [96, 95])
  func heldBytes(limit: Int) {
    var limits = PacketLimits()
    limits.heldBytes = limit
    var client = TCPSide(), bench = DecoderBench(opening: &client, limits: limits)
    _ = client.send(prefixed(second))
    for _ in 0..<3 { bench.feed(client.send(prefixed(first))) }
    #expect(bench.messages.count == (limit == 96 ? 0 : 3))
  }

  @Test("the bytes of all streams together are bounded")
  func allBytes() {
    var limits = PacketLimits()
    limits.streamsBytes = 20_000
    var bench = DecoderBench(limits: limits)
    let half = Array(prefixed(queryMessage(9, count: 60_000)).prefix(1_400))
    for port in 1...100 as ClosedRange<UInt16> {
      var client = TCPSide(port: port)
      bench.feed(client.send([], [.syn]))
      bench.feed(client.send(half))
    }
    let evicted = bench.decoder.counters[oddity: .streamEvicted]
    #expect((86...95).contains(evicted), "\(evicted)")
    #expect(bench.decoder.counters[oddity: .streamMessageUnfinished] == evicted)
  }

  @Test(
    "holes of a stream that is silent for longer than four minutes are given up",
    arguments: [239_999, 240_000] as [Int64])
  func idle(milliseconds: Int64) {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    _ = client.send(prefixed(first))
    bench.feed(client.send(prefixed(second)))
    bench.now += milliseconds * 1_000_000
    var other = TCPSide(port: 41_000)
    bench.feed(other.send([], [.syn]))
    #expect(bench.messages.map(\.bytes) == (milliseconds == 239_999 ? [] : [second]))
  }

  @Test("a message under way without a hole outlasts any silence")
  func slow() {
    var client = TCPSide(), bench = DecoderBench(opening: &client)
    let bytes = prefixed(second)
    bench.feed(client.send(Array(bytes[..<100])))
    bench.now += 3_600_000_000_000
    var other = TCPSide(port: 41_000)
    bench.feed(other.send([], [.syn]))
    bench.feed(client.send(Array(bytes[100..<200])))
    bench.now += 3_600_000_000_000
    bench.feed(other.send(prefixed(first)))
    bench.feed(client.send(Array(bytes[200...])))
    #expect(bench.messages.map(\.bytes) == [first, second])
    #expect(bench.oddities == [:])
  }

  @Test("what silent streams hold is bounded with the rest, and counted when the capture ends")
  func silentBytes() {
    var limits = PacketLimits()
    limits.streamsBytes = 20_000
    var bench = DecoderBench(limits: limits)
    let half = Array(prefixed(queryMessage(9, count: 60_000)).prefix(1_400))
    for port in 1...100 as ClosedRange<UInt16> {
      var client = TCPSide(port: port)
      bench.feed(client.send([], [.syn]))
      bench.feed(client.send(half))
      bench.now += 300_000_000_000
    }
    let unfinished = bench.decoder.counters[oddity: .streamMessageUnfinished]
    #expect((86...95).contains(unfinished), "\(unfinished)")
    bench.finish()
    #expect(bench.oddities == [.streamMessageUnfinished: 100])
  }

  @Test("an acknowledgment keeps its stream from being taken for silent, and the silent ones are still found")
  func acknowledgedIsNotSilent() {
    var clients = [TCPSide(port: 1), TCPSide(port: 2)], bench = DecoderBench()
    for i in 0..<2 {
      bench.feed(clients[i].send([], [.syn]))
      _ = clients[i].send(prefixed(first))
      bench.feed(clients[i].send(prefixed(second)))
    }
    // What is missing in the first one is not what its server acknowledges.
    var server = TCPSide(isServer: true, port: 1)
    server.acknowledgment = 1_001
    for _ in 0..<2 {
      bench.now += 130_000_000_000
      bench.feed(server.segment([]))
    }
    #expect(bench.messages.map(\.flow.sourcePort).contains(2))
  }

  @Test("streams cut at random, shuffled and repeated come out whole")
  func random() {
    var random = SeededRandom(seed: 793)
    for _ in 0..<60 {
      let messages = (0..<Int.random(in: 1...12, using: &random)).map {
        queryMessage(UInt16($0), count: Int.random(in: 12...900, using: &random))
      }
      let bytes = messages.flatMap { prefixed($0) }
      var client = TCPSide(), bench = DecoderBench(opening: &client)
      var parts: [Range<Int>] = [], start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 1...400, using: &random))
        parts += Array(repeating: start..<end, count: Int.random(in: 1...2, using: &random))
        start = end
      }
      parts.shuffle(using: &random)
      for part in parts { bench.feed(client.segment(Array(bytes[part]), ahead: part.lowerBound)) }
      client.sequence &+= UInt32(bytes.count)
      bench.feed(client.send([], [.fin, .ack]))
      #expect(bench.messages.map(\.bytes) == messages)
      #expect(bench.messages.allSatisfy { $0.checksum == .right })
      #expect(bench.decoder.counters[oddity: .streamMessageUnfinished] == 0)
    }
  }
}
