import Bytes
import Packets
import TestSupport
import Testing

@Suite("DNS over TCP (RFC 7766, RFC 9293 §3.4)")
struct TCPStreamTests {
  let first = queryMessage(1, count: 30), second = queryMessage(2, count: 300),
    third = queryMessage(3, count: 45)

  @Test("a message over a connection is handed on without its length prefix")
  func oneMessage() throws {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send([], [.syn]))
    bench.feed(client.send(prefixed(first)))
    bench.feed(client.send([], [.fin, .ack]))
    let found = try #require(bench.messages.first)
    #expect(bench.messages.count == 1)
    #expect(found.bytes == first)
    #expect((found.frame, found.frames.count, found.checksum) == (2, 0, .right))
    #expect((found.flow.transport, found.flow.source, found.protocolName) == (.tcp, Host.client, .dns))
    #expect(bench.fates == [.emptySegment: 2, .segment: 1])
    #expect(bench.oddities == [:])
    #expect(bench.decoder.counters.messagesOverTCP == 1)
  }

  @Test("several messages in one segment are handed on in order")
  func manyInOneSegment() {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send([], [.syn]))
    bench.feed(client.send(prefixed(first) + prefixed(second) + prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [first, second, third])
    #expect(bench.messages.map(\.frames) == [[], [], []])
  }

  @Test("a message over several segments names them all; the prefix may come by itself")
  func overSegments() {
    var client = TCPSide(), bench = DecoderBench()
    let bytes = prefixed(second)
    bench.feed(client.send([], [.syn]))
    for part in [0..<1, 1..<2, 2..<100, 100..<bytes.count] { bench.feed(client.send(Array(bytes[part]))) }
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [second, third])
    #expect(bench.messages.map(\.frames) == [[2, 3, 4, 5], []])
    #expect(bench.messages.map(\.frame) == [5, 6])
  }

  @Test("messages that share segments name the segments that each was in")
  func sharedSegments() {
    var client = TCPSide(), bench = DecoderBench()
    let bytes = prefixed(first) + prefixed(second) + prefixed(third)
    bench.feed(client.send([], [.syn]))
    for part in [0..<40, 40..<200, 200..<350, 350..<bytes.count] {
      bench.feed(client.send(Array(bytes[part])))
    }
    #expect(bench.messages.map(\.bytes) == [first, second, third])
    #expect(bench.messages.map(\.frames) == [[], [2, 3, 4], [4, 5]])
  }

  @Test("segments out of order are put in order")
  func outOfOrder() {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send([], [.syn]))
    let bytes = prefixed(second)
    bench.feed(client.segment(Array(bytes[200...]), ahead: 200))
    bench.feed(client.segment(Array(bytes[100..<200]), ahead: 100))
    #expect(bench.messages == [])
    bench.feed(client.segment(Array(bytes[..<100])))
    #expect(bench.messages.map(\.bytes) == [second])
    #expect(bench.messages.map(\.frames) == [[2, 3, 4]])
    #expect(bench.messages.map(\.frame) == [4])
    #expect(bench.oddities == [.segmentOutOfOrder: 2])
  }

  @Test("retransmitted segments, whole or in part, and repeated SYNs give nothing twice")
  func retransmissions() {
    var client = TCPSide(), bench = DecoderBench()
    let syn = client.send([], [.syn])
    bench.feed(syn)
    bench.feed(syn)
    let bytes = prefixed(first) + prefixed(third)
    bench.feed(client.segment(prefixed(first)))
    bench.feed(client.segment(prefixed(first)))
    bench.feed(client.segment(bytes))
    bench.feed(client.segment(Array(bytes.suffix(10)), ahead: bytes.count - 10))
    #expect(bench.messages.map(\.bytes) == [first, third])
    #expect(bench.oddities == [.segmentRepeated: 2])
  }

  @Test("data in the SYN is read, as TCP Fast Open sends it (RFC 7413)")
  func fastOpen() {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send(prefixed(first), [.syn]))
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [first, third])
    #expect(bench.oddities == [:])
  }

  @Test("sequence numbers go on past 2^32")
  func wrap() {
    var client = TCPSide(sequence: .max - 20), bench = DecoderBench()
    bench.feed(client.send([], [.syn]))
    bench.feed(client.send(prefixed(first)))
    bench.feed(client.send(prefixed(third)))
    #expect(bench.messages.map(\.bytes) == [first, third])
  }

  @Test("both directions of a connection are streams of their own")
  func directions() {
    var client = TCPSide(), server = TCPSide(isServer: true, sequence: 77_000), bench = DecoderBench()
    bench.feed(client.send([], [.syn]))
    bench.feed(server.send([], [.syn, .ack]))
    bench.feed(client.send(prefixed(first)))
    bench.feed(server.send(prefixed(second)))
    #expect(bench.messages.map(\.bytes) == [first, second])
    #expect(bench.messages.map(\.flow.sourcePort) == [40_000, 53])
  }

  @Test("a new SYN between the same ports opens a new stream")
  func portReuse() {
    var bench = DecoderBench()
    for sequence: UInt32 in [1_000, 1_200, 900_000_000] {
      var client = TCPSide(sequence: sequence)
      bench.feed(client.send([], [.syn]))
      bench.feed(client.send(prefixed(first)))
    }
    #expect(bench.messages.map(\.bytes) == [first, first, first])
  }

  @Test("the worst checksum of the segments is the message's")
  func checksum() {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send([], [.syn]))
    let bytes = prefixed(second)
    bench.feed(client.send(Array(bytes[..<100])))
    var damaged = client.send(Array(bytes[100...]))
    damaged[damaged.count - 1] ^= 1
    bench.feed(damaged)
    bench.feed(client.send(prefixed(first)))
    #expect(bench.messages.map(\.checksum) == [.wrong, .right])
  }

  @Test(
    "a message that does not end is counted when its stream does: at the end, or when the next one opens",
    arguments: [[.fin, .ack], [.rst]] as [TCPFlags])
  func unfinished(flags: TCPFlags) {
    var client = TCPSide(), bench = DecoderBench()
    bench.feed(client.send([], [.syn]))
    bench.feed(client.send(Array(prefixed(second).dropLast())))
    bench.feed(client.send([], flags))
    #expect(bench.oddities == [:])
    var later = TCPSide(sequence: 900_000)
    bench.feed(later.send([], [.syn]))
    #expect(bench.messages == [])
    #expect(bench.oddities == [.streamMessageUnfinished: 1])
  }

  @Test("headers that are none are counted, and other ports are not followed")
  func headers() {
    var bench = DecoderBench(.rawIP)
    for length in [16, 24] {
      bench.feed(PacketBuilder.ipv4(PacketBuilder.tcp([], sequence: 1, headerLength: length)))
    }
    #expect(bench.fates == [.badTCPHeaderLength: 2])
    let packet = PacketBuilder.ipv4(PacketBuilder.tcp(prefixed(first), sequence: 1, options: [1, 1, 1, 1]))
    for length in [23, 39, 43] { bench.feed(Array(packet[..<length])) }
    bench.feed(PacketBuilder.ipv4(PacketBuilder.tcp(prefixed(first), sequence: 1, to: 80)))
    #expect(bench.fates == [.badTCPHeaderLength: 2, .cutTransportHeader: 3, .otherPort: 1])
    bench.feed(packet)
    #expect(bench.messages.map(\.bytes) == [first])
  }
}
