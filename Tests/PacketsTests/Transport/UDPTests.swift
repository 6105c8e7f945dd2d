import Bytes
import Packets
import TestSupport
import Testing

@Suite("UDP (RFC 768)")
struct UDPTests {
  let message = queryMessage(0x4242)

  /// A datagram whose checksum field is set by hand.
  func datagram(checksum: UInt16) -> TransportBytes {
    var transport = PacketBuilder.udp(message)
    transport.bytes.replaceSubrange(6..<8, with: octets(checksum))
    transport.checksumOffset = nil
    return transport
  }

  @Test("a datagram on port 53 is handed on with its flow, packet number and time")
  func datagram() throws {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp(message), id: 0xabcd, ttl: 57)))
    let found = try #require(bench.messages.first)
    #expect(bench.messages.count == 1)
    #expect(found.bytes == message)
    #expect(
      found.flow
        == Flow(
          source: Host.client, sourcePort: 40_000, destination: Host.server, destinationPort: 53,
          transport: .udp))
    #expect((found.frame, found.frames.count) == (1, 0))
    #expect(found.time == Timestamp(nanoseconds: bench.now))
    #expect((found.ipID, found.network.ipTTL) == (0xabcd, 57))
    #expect((found.checksum, found.declaredLength, found.protocolName) == (.right, nil, .dns))
    #expect(bench.fates == [.datagram: 1])
    #expect(bench.oddities == [:])
    #expect((bench.decoder.counters.messages, bench.decoder.counters.messagesOverTCP) == (1, 0))
  }

  @Test(
    "the ports tell the protocol",
    arguments: [
      (40_000, 53, ProtocolName.dns), (53, 40_000, .dns), (53, 53, .dns), (53, 5353, .dns), (5353, 53, .dns),
      (5353, 5353, .mdns), (40_000, 5355, .llmnr), (137, 137, .nbns), (137, 40_000, .nbns),
    ] as [(UInt16, UInt16, ProtocolName)])
  func ports(source: UInt16, destination: UInt16, name: ProtocolName) {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.ipv6(PacketBuilder.udp(message, from: source, to: destination)))
    #expect(bench.messages.map(\.protocolName) == [name])
    #expect(bench.messages.map(\.ipID) == [nil])
  }

  @Test("other ports are counted, and DNS on them is found when they are named")
  func otherPorts() {
    let packet = PacketBuilder.ipv4(PacketBuilder.udp(message, to: 8053))
    var bench = DecoderBench(.rawIP)
    bench.feed(packet)
    #expect(bench.fates == [.otherPort: 1])
    var named = DecoderBench(.rawIP, ports: [5300, 8053])
    named.feed(packet)
    named.feed(PacketBuilder.ipv4(PacketBuilder.udp(message)))
    #expect(named.messages.map(\.flow.destinationPort) == [8053])
    #expect(named.fates == [.datagram: 1, .otherPort: 1])
  }

  @Test("a datagram that the snap length cut says how long it was")
  func snapped() {
    var bench = DecoderBench()
    let frame = PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp(message)))
    bench.feed(Array(frame.dropLast(5)), originalLength: frame.count)
    #expect(bench.messages.map(\.bytes) == [Array(message.dropLast(5))])
    #expect(bench.messages.map(\.declaredLength) == [message.count])
    #expect(bench.messages.map(\.checksum) == [.unknown])
    #expect(bench.oddities == [.cutMessage: 1])
  }

  @Test("a length past the end of the packet is an oddity, and the message is cut")
  func longLength() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(message, length: UInt16(message.count + 9))))
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.messages.map(\.declaredLength) == [message.count + 1])
    #expect(bench.oddities == [.longUDPLength: 1])
  }

  @Test("a length below 8 is counted, 8 is an empty datagram, and less than is there leaves the rest out")
  func shortLengths() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(message, length: 7)))
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(message, length: 8)))
    #expect(bench.fates == [.badUDPLength: 1, .emptyDatagram: 1])
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(message, length: 20)))
    #expect(bench.messages.map(\.bytes) == [Array(message.prefix(12))])
  }

  @Test("a length of 0 stands for the packet (RFC 2675 §4)")
  func zeroLength() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.ipv6(PacketBuilder.udp(message, length: 0)))
    #expect(bench.messages.map(\.bytes) == [message])
  }

  @Test("a packet that ends inside the UDP header is counted")
  func cutHeader() {
    var bench = DecoderBench(.rawIP)
    bench.feed(Array(PacketBuilder.ipv4(PacketBuilder.udp(message))[..<27]))
    #expect(bench.fates == [.cutTransportHeader: 1])
  }

  @Test("a checksum of 0 is none, and the sum of the pseudo-header alone is left to the network card")
  func checksums() {
    let pseudoHeader = Host.client.octets + Host.server.octets + [0, 17] + octets(UInt16(message.count + 8))
    let partial = PacketBuilder.onesComplementSum(pseudoHeader)
    var bench = DecoderBench(.rawIP)
    for checksum in [0, partial, partial ^ 1] {
      bench.feed(PacketBuilder.ipv4(datagram(checksum: checksum)))
    }
    #expect(bench.messages.map(\.checksum) == [.absent, .offloaded, .wrong])
  }

  @Test("messages of any length have a right checksum, and one changed bit makes it wrong")
  func checksumOfAnyLength() {
    var random = SeededRandom(seed: 768)
    for length in 1...200 {
      let data = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      var bench = DecoderBench(.rawIP)
      var packet =
        length % 2 == 0
        ? PacketBuilder.ipv4(PacketBuilder.udp(data)) : PacketBuilder.ipv6(PacketBuilder.udp(data))
      bench.feed(packet)
      packet[packet.count - 1 - Int.random(in: 0..<length, using: &random)] ^=
        1 << UInt8.random(in: 0...7, using: &random)
      bench.feed(packet)
      #expect(bench.messages.map(\.checksum) == [.right, .wrong], "length \(length)")
    }
  }
}
