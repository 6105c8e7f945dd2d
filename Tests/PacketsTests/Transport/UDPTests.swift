import Bytes
import Packets
import TestSupport
import Testing

@Suite("UDP (RFC 768)")
struct UDPTests {
  /// 12 bytes that stand for a message.
  let message: [UInt8] = Array(1...12)

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
    #expect(found.frame == 1)
    #expect(found.frames == [])
    #expect(found.time == Timestamp(nanoseconds: bench.now))
    #expect(found.ipID == 0xabcd)
    #expect(found.ipTTL == 57)
    #expect(found.checksum == .right)
    #expect(found.declaredLength == nil)
    #expect(found.protocolName == .dns)
    #expect(bench.fates == [.datagram: 1])
    #expect(bench.oddities == [:])
  }

  @Test("a response comes from port 53 to any port")
  func response() {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv6(PacketBuilder.udp(message, from: 53, to: 5353))))
    #expect(bench.messages.map(\.protocolName) == [.dns])
    #expect(bench.messages.map(\.flow.source) == [Host.client6])
    #expect(bench.messages.map(\.ipID) == [nil])
  }
}
