import Packets
import TestSupport
import Testing

@Suite("Packets at large")
struct PacketDecoderTests {
  /// Sound packets of every kind.
  static let samples: [[UInt8]] = {
    let message = queryMessage(1, count: 120)
    let datagram = PacketBuilder.datagram(message), datagram6 = PacketBuilder.datagram(message, isIPv6: true)
    var client = TCPSide()
    let packets = [
      PacketBuilder.ipv4(PacketBuilder.udp(message), options: [1, 1, 1, 0]),
      PacketBuilder.ipv6(
        PacketBuilder.udp(message), first: 0, extensions: [60, 0, 1, 4, 0, 0, 0, 0, 17, 0, 1, 4, 0, 0, 0, 0]),
      PacketBuilder.fragment4(datagram, 0..<64), PacketBuilder.fragment4(datagram, 64..<128),
      PacketBuilder.fragment6(datagram6, 0..<64), PacketBuilder.fragment6(datagram6, 64..<128),
      PacketBuilder.ipv4(
        TransportBytes(
          number: 1, bytes: [3, 3, 0, 0, 0, 0, 0, 0] + PacketBuilder.ipv4(PacketBuilder.udp(message)))),
    ]
    return packets.map { PacketBuilder.ethernet($0, tags: [(type: 0x8100, vlan: 3)]) }
      + [
        client.send([], [.syn]), client.send(prefixed(message) + prefixed(message)),
        client.send([], [.fin, .ack]),
      ]
  }()

  @Test("damaged packets stop nothing, each has one fate, and the messages handed on are counted")
  func damaged() {
    var random = SeededRandom(seed: 4_034)
    for type in [LinkType.ethernet, .rawIP, .null, .linuxCooked, .linuxCooked2] {
      var bench = DecoderBench(type)
      for _ in 0..<4_000 {
        var packet = Self.samples[Int.random(in: 0..<Self.samples.count, using: &random)]
        if type != .ethernet { packet.removeFirst(18) }
        for _ in 0..<Int.random(in: 0...6, using: &random) where !packet.isEmpty {
          packet[Int.random(in: 0..<min(packet.count, 90), using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
          packet.removeLast(Int.random(in: 0...packet.count, using: &random))
        }
        bench.feed(packet)
      }
      bench.finish()
      let counters = bench.decoder.counters
      #expect(counters.frames == 4_000)
      #expect(PacketFate.allCases.reduce(0) { $0 + counters[fate: $1] } == counters.frames)
      #expect(counters.messages + counters.quotedMessages == bench.messages.count)
    }
  }

  @Test("every packet cut at every length stops nothing")
  func cutEverywhere() {
    var bench = DecoderBench()
    for packet in Self.samples {
      for length in 0...packet.count { bench.feed(Array(packet[..<length]), originalLength: packet.count) }
    }
    bench.finish()
    #expect(bench.decoder.counters.frames == Self.samples.reduce(0) { $0 + $1.count + 1 })
  }

  @Test("the first and the last moment there are do no harm", arguments: [Int64.min, Int64.max - 2_000_000])
  func extremeTimes(start: Int64) {
    var bench = DecoderBench()
    bench.now = start
    for packet in Self.samples.prefix(2) { bench.feed(packet) }
    bench.now = start < 0 ? .max - 100_000_000 : .min
    for packet in Self.samples { bench.feed(packet) }
    #expect(bench.decoder.counters.frames == 2 + Self.samples.count)
    #expect(bench.messages.prefix(2).allSatisfy { $0.bytes == queryMessage(1, count: 120) })
  }
}
