import Bytes
import Packets
import TestSupport
import Testing

@Suite("ICMP errors about DNS are kept as evidence (RFC 792, RFC 4443)")
struct ICMPErrorTests {
  /// An ICMP packet around another one, with the last 4 bytes of its header.
  func icmp(
    _ type: UInt8, _ code: UInt8, _ detail: UInt32 = 0, quoting quoted: [UInt8], isIPv6: Bool = false
  ) -> [UInt8] {
    let bytes: [UInt8] = [type, code, 0, 0] + octets(detail) + quoted
    let transport = TransportBytes(number: isIPv6 ? 58 : 1, bytes: bytes)
    return isIPv6 ? PacketBuilder.ipv6(transport) : PacketBuilder.ipv4(transport, ttl: 99)
  }

  @Test("an error tells its packet, its two ends, the quoted flow and message, and its own TTL")
  func facts() throws {
    var bench = DecoderBench(.rawIP)
    bench.feed([0])
    let answer = PacketBuilder.ipv4(
      PacketBuilder.udp(queryMessage(0x4242), from: 53, to: 33_000), from: Host.server, to: Host.client)
    bench.feed(icmp(3, 3, quoting: answer))
    let error = try #require(bench.decoder.witness.icmpErrors.first)
    #expect(bench.decoder.witness.icmpErrors.count == 1)
    #expect((error.packet, error.time) == (PacketID(2), Timestamp(nanoseconds: bench.now)))
    #expect((error.quote.source, error.quote.destination) == (Host.client, Host.server))
    #expect((error.quote.type, error.quote.code) == (3, 3))
    #expect(
      error.quoted
        == Flow(
          source: Host.server, sourcePort: 53, destination: Host.client, destinationPort: 33_000,
          transport: .udp))
    #expect((error.quotedID, error.nextHopMTU, error.network.ipTTL) == (0x4242, nil, 99))
  }

  @Test("a quote too short for a message still tells its flow, over TCP as over UDP")
  func shortQuotes() {
    var bench = DecoderBench(.rawIP)
    let udp = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(0x4242)))
    bench.feed(icmp(3, 3, quoting: Array(udp.prefix(28))))
    bench.feed(icmp(3, 3, quoting: Array(udp.prefix(30))))
    let tcp = PacketBuilder.ipv4(PacketBuilder.tcp([], sequence: 7, flags: [.syn]))
    bench.feed(icmp(11, 0, quoting: Array(tcp.prefix(28))))
    bench.feed(icmp(3, 3, quoting: Array(udp.prefix(23))))
    let errors = bench.decoder.witness.icmpErrors
    #expect(errors.map(\.quotedID) == [nil, 0x4242, nil])
    #expect(errors.map(\.quoted.transport) == [.udp, .udp, .tcp])
    #expect(errors.allSatisfy { $0.quoted.sourcePort == 40_000 && $0.quoted.destinationPort == 53 })
  }

  @Test("the MTU of the next hop is read from the errors that have one")
  func nextHopMTU() {
    var bench = DecoderBench(.rawIP)
    let quoted = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    for (type, code, detail) in [(3, 4, 552), (3, 4, 0), (3, 3, 552), (11, 0, 552)]
      as [(UInt8, UInt8, UInt32)]
    {
      bench.feed(icmp(type, code, detail, quoting: quoted))
    }
    let quoted6 = PacketBuilder.ipv6(PacketBuilder.udp(queryMessage(1)))
    bench.feed(icmp(2, 0, 1_280, quoting: quoted6, isIPv6: true))
    bench.feed(icmp(1, 4, 1_280, quoting: quoted6, isIPv6: true))
    #expect(bench.decoder.witness.icmpErrors.map(\.nextHopMTU) == [552, nil, nil, nil, 1_280, nil])
  }

  @Test("a redirect names its gateway")
  func gateway() {
    var bench = DecoderBench(.rawIP)
    let quoted = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    bench.feed(icmp(5, 1, 0xc000_0209, quoting: quoted))
    bench.feed(icmp(3, 1, 0xc000_0209, quoting: quoted))
    #expect(bench.decoder.witness.icmpErrors.map(\.gateway) == [IPAddress(v4: 0xc000_0209), nil])
  }

  @Test("errors about other ports, and those about NetBIOS, are left alone")
  func otherPorts() {
    var bench = DecoderBench(.rawIP)
    bench.feed(icmp(3, 3, quoting: PacketBuilder.ipv4(PacketBuilder.udp([1], to: 4_500))))
    bench.feed(icmp(3, 3, quoting: PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1), to: 137))))
    bench.feed(icmp(8, 0, quoting: PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))))
    #expect(bench.decoder.witness.icmpErrors.isEmpty)
  }

  @Test("of a flood both ends are kept, the rest is counted, and a new list begins when they are taken")
  func flood() {
    var limits = PacketLimits()
    limits.icmpErrors = 8
    var bench = DecoderBench(.rawIP, limits: limits)
    let quoted = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    for _ in 0..<99 { bench.feed(icmp(3, 3, quoting: quoted)) }
    let taken = bench.decoder.takeWitness().icmpErrors
    #expect(taken.map(\.packet.number) == [1, 2, 3, 4, 96, 97, 98, 99])
    #expect(taken.leftOut == 91)
    #expect(bench.oddities == [.icmpLeftOut: 91])
    bench.feed(icmp(3, 3, quoting: quoted))
    #expect(bench.decoder.witness.icmpErrors.map(\.packet.number) == [100])
  }

  @Test("a record is not larger than the limit's figure says")
  func size() { #expect(MemoryLayout<ICMPError>.stride <= 144) }
}
