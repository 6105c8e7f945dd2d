import Bytes
import Packets
import TestSupport
import Testing

@Suite("Ports that say nothing, and encrypted DNS")
struct OtherPortTests {
  /// A query for `example.com. A`, which shows by its content what it is.
  func query(_ id: UInt16) -> [UInt8] {
    octets(id) + [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7] + Array("example".utf8) + [3] + Array("com".utf8)
      + [0, 0, 1, 0, 1]
  }

  @Test("DNS on any port is found by its content when that is asked for", arguments: [true, false])
  func anyPort(isAsked: Bool) {
    var bench = DecoderBench(.rawIP, isAnyPort: isAsked)
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(query(1), to: 4_711)))
    #expect(bench.messages.count == (isAsked ? 1 : 0))
    #expect(bench.fates == [isAsked ? .datagram : .otherPort: 1])
  }

  @Test("data at random is not taken for DNS, and no cut of a message traps")
  func noise() {
    var random = SeededRandom(seed: 53), bench = DecoderBench(.rawIP, isAnyPort: true)
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(bytes, to: 4_711)))
    }
    #expect(bench.messages == [])
    let message = query(1)
    for length in 0..<message.count {
      bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(Array(message[..<length]), to: 4_711)))
    }
    #expect(bench.messages.allSatisfy { message.starts(with: $0.bytes) })
  }

  @Test("over TCP each message has to show that it is one")
  func anyPortOverTCP() {
    var bench = DecoderBench(.rawIP, isAnyPort: true)
    let segments: [(UInt32, [UInt8], TCPFlags)] = [
      (1_000, [], [.syn]), (1_001, prefixed(query(1)) + prefixed(query(2)), [.ack]),
      (1_001 + 62, Array("GET / HTTP/1.1".utf8), [.ack]), (1_001 + 76, prefixed(query(3)), [.ack]),
    ]
    for (sequence, data, flags) in segments {
      bench.feed(
        PacketBuilder.ipv4(PacketBuilder.tcp(data, sequence: sequence, flags: flags, to: 4_711)))
    }
    #expect(bench.messages.map(\.bytes) == [1, 2, 3].map { query($0) })
    #expect(bench.oddities == [:])
  }

  @Test(
    "encrypted DNS is counted by its protocol, a flow once",
    arguments: [
      (853, true, OpaqueProtocol.dot), (853, false, .doq), (784, false, .doq), (8_853, false, .doq),
      (5_443, true, .dnscrypt), (443, true, .https), (443, false, .https),
    ] as [(UInt16, Bool, OpaqueProtocol)])
  func opaque(port: UInt16, isTCP: Bool, name: OpaqueProtocol) {
    var bench = DecoderBench(.rawIP)
    for client: UInt16 in [40_000, 40_001] {
      for data: [UInt8] in [[1, 2, 3], [4, 5]] {
        let transport =
          isTCP
          ? PacketBuilder.tcp(data, sequence: 1, from: client, to: port)
          : PacketBuilder.udp(data, from: client, to: port)
        bench.feed(PacketBuilder.ipv4(transport))
      }
    }
    let count = bench.decoder.counters[opaque: name]
    #expect((count.flows, count.packets, count.bytes) == (2, 4, 10))
    #expect(count.examples.map(\.number) == [1, 3])
    #expect(bench.fates == [.opaque: 4])
    #expect(bench.messages == [])
  }

  @Test("HTTPS to a well-known resolver is DNS over HTTPS, and DNSCrypt is known by its magic on any port")
  func known() {
    var bench = DecoderBench(.rawIP)
    let resolver = IPAddress(v4: 0x0808_0404)
    bench.feed(PacketBuilder.ipv4(PacketBuilder.tcp([1], sequence: 1, to: 443), to: resolver))
    bench.feed(
      PacketBuilder.ipv4(
        PacketBuilder.udp(Array("r6fnvWj8".utf8) + [1, 2], from: 8_443, to: 40_000), from: resolver))
    #expect(bench.decoder.counters[opaque: .doh].flows == 1)
    #expect(bench.decoder.counters[opaque: .dnscrypt].packets == 1)
  }

  @Test("the flows that are told apart are bounded")
  func bounded() {
    var bench = DecoderBench(.rawIP)
    for i in 0..<20_000 {
      let client = IPAddress(v4: 0x0a00_0000 + UInt32(i))
      bench.feed(PacketBuilder.ipv4(PacketBuilder.udp([1], to: 853), from: client))
    }
    #expect(bench.decoder.counters[opaque: .doq].flows == 20_000)
  }

  @Test("a message in a chunk of SCTP is one, and parts of messages are counted")
  func sctp() {
    let message = queryMessage(1), length = UInt16(message.count + 16)
    let chunk = { (flags: UInt8) -> [UInt8] in
      [0, flags] + octets(length) + [UInt8](repeating: 0, count: 12) + message
        + [UInt8](repeating: 0, count: (4 - message.count % 4) % 4)
    }
    let header = octets(40_000 as UInt16) + octets(53 as UInt16) + [UInt8](repeating: 0, count: 8)
    let packet = header + [3, 0, 0, 6, 1, 2, 0, 0] + chunk(3) + chunk(2) + chunk(3)
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.ipv4(TransportBytes(number: 132, bytes: packet)))
    #expect(bench.messages.map(\.bytes) == [message, message])
    #expect(bench.messages.map(\.flow.transport) == [.sctp, .sctp])
    #expect(bench.oddities == [.chunkPart: 1])
    for cut in 0..<packet.count {
      bench.feed(PacketBuilder.ipv4(TransportBytes(number: 132, bytes: Array(packet[..<cut]))))
    }
    #expect(bench.fates.values.reduce(0, +) == packet.count + 1)
  }
}
