import Bytes
import Packets
import TestSupport
import Testing

@Suite("Fragments are kept as evidence when they come alone or contradict each other")
struct FragmentNotesTests {
  let message = queryMessage(0x2222, count: 100)
  /// The datagram of 108 bytes around it, and one whose second half was forged with the checksum kept right.
  var genuine: [UInt8] { PacketBuilder.datagram(message) }
  var forged: [UInt8] {
    var bytes = genuine
    (bytes[60], bytes[62]) = (bytes[60] &+ 1, bytes[62] &- 1)
    return bytes
  }

  @Test("a fragment that came before its beginning is noted, and by whom the beginning came")
  func joined() throws {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(forged, 56..<108, id: 0xabcd, ttl: 99))
    let time = bench.now
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56, id: 0xabcd, ttl: 60))
    let note = try #require(bench.decoder.witness.loneFragments.first)
    #expect(bench.decoder.witness.loneFragments.count == 1)
    #expect((note.packet, note.time) == (PacketID(1), Timestamp(nanoseconds: time)))
    #expect((note.source, note.destination, note.identification) == (Host.client, Host.server, 0xabcd))
    #expect((note.offset, note.length, note.network.ipTTL) == (56, 52, 99))
    #expect((note.count, note.beginning, note.outcome) == (1, PacketID(2), .joined))
    #expect(bench.decoder.witness.fragmentConflicts.isEmpty)
  }

  @Test("one whose beginning never came is noted when it is given up, at the end or after 30 seconds")
  func never() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(genuine, 56..<80))
    bench.feed(PacketBuilder.fragment4(genuine, 80..<108))
    bench.now += 30_000_000_000
    bench.feed(PacketBuilder.fragment4(genuine, 80..<108, id: 2))
    #expect(bench.decoder.witness.loneFragments.map(\.count) == [2])
    bench.finish()
    let notes = bench.decoder.witness.loneFragments
    #expect(notes.map(\.packet.number) == [1, 3])
    #expect(notes.map(\.outcome) == [.never, .never])
    #expect(notes.map(\.beginning) == [nil, nil])
  }

  @Test("fragments in order, datagrams on other ports and other transports are not noted")
  func others() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
    let other = PacketBuilder.filled(
      PacketBuilder.udp(message, from: 4_000, to: 4_500), Host.client, Host.server)
    bench.feed(PacketBuilder.fragment4(other, 56..<108, id: 2))
    bench.feed(PacketBuilder.fragment4(other, 0..<56, id: 2))
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108, id: 3, number: 6))
    bench.finish()
    #expect(bench.decoder.witness.loneFragments.isEmpty)
  }

  @Test("a conflict names the packet whose bytes came first, the other one, and the TTL of both")
  func conflict() throws {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56, ttl: 60))
    bench.feed(PacketBuilder.fragment4(forged, 56..<80, ttl: 99))
    bench.feed(PacketBuilder.fragment4(genuine, 56..<80, ttl: 60))
    let time = bench.now
    bench.feed(PacketBuilder.fragment4(genuine, 80..<108, ttl: 60))
    let conflict = try #require(bench.decoder.witness.fragmentConflicts.first)
    #expect(bench.decoder.witness.fragmentConflicts.count == 1)
    #expect(conflict.time == Timestamp(nanoseconds: time))
    #expect((conflict.first.packet, conflict.first.network.ipTTL) == (PacketID(2), 99))
    #expect((conflict.other.packet, conflict.other.network.ipTTL) == (PacketID(3), 60))
    #expect((conflict.offset, conflict.length) == (56, 24))
    #expect((conflict.source, conflict.destination) == (Host.client, Host.server))
    #expect(conflict.identification == 0x1111)
  }

  @Test("one that comes after the datagram was whole is noted as well, once")
  func lateConflict() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(forged, 56..<108))
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
    bench.finish()
    let conflicts = bench.decoder.witness.fragmentConflicts
    #expect(conflicts.map(\.first.packet.number) == [1])
    #expect(conflicts.map(\.other.packet.number) == [3])
    #expect(bench.decoder.witness.loneFragments.map(\.packet.number) == [1])
  }

  @Test("several planted for a datagram that never began are told from each other")
  func plantedForNothing() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
    bench.feed(PacketBuilder.fragment4(forged, 56..<108))
    bench.finish()
    #expect(bench.decoder.witness.loneFragments.map(\.outcome) == [.never])
    #expect(bench.decoder.witness.fragmentConflicts.map(\.other.packet.number) == [2])
  }

  @Test("over IPv6 the whole identification is kept")
  func overIPv6() {
    let datagram = PacketBuilder.datagram(message, isIPv6: true)
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment6(datagram, 64..<108))
    bench.finish()
    #expect(bench.decoder.witness.loneFragments.map(\.identification) == [0x1234_5678])
  }

  @Test("of a flood both ends are kept, whatever its length, and the rest is counted")
  func flood() {
    var limits = PacketLimits()
    (limits.datagrams, limits.fragmentNotes) = (16, 8)
    var bench = DecoderBench(.rawIP, limits: limits)
    for id in 0..<200 { bench.feed(PacketBuilder.fragment4(genuine, 56..<108, id: UInt16(id))) }
    let notes = bench.decoder.witness.loneFragments
    // Sixteen are still waiting.
    #expect(notes.map(\.identification) == [0, 1, 2, 3, 180, 181, 182, 183])
    #expect(notes.allSatisfy { $0.outcome == .givenUp })
    #expect(bench.oddities == [.datagramEvicted: 184, .fragmentNoteLeftOut: 176])
  }

  @Test("conflicts that a datagram has no room for are counted as left out")
  func manyConflicts() {
    var bench = DecoderBench(.rawIP)
    let count = PacketLimits.alternatives + 36
    for i in 0...count {
      var bytes = genuine
      bytes[70] = UInt8(i)
      bench.feed(PacketBuilder.fragment4(bytes, 56..<108))
    }
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    #expect(bench.decoder.witness.fragmentConflicts.count == PacketLimits.alternatives)
    #expect(bench.oddities[.fragmentNoteLeftOut] == 36)
  }

  @Test("a filter is asked about what is known of a lone fragment")
  func filtered() {
    for isTaken in [true, false] {
      var bench = DecoderBench(.rawIP, selector: ServerSelector(isTaken: isTaken))
      bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
      bench.finish()
      #expect(bench.decoder.witness.loneFragments.count == (isTaken ? 1 : 0))
    }
  }

  @Test("records are not larger than the limits' figures say")
  func sizes() {
    #expect(MemoryLayout<LoneFragment>.stride <= 120)
    #expect(MemoryLayout<FragmentConflict>.stride <= 120)
  }
}

/// A filter for packets to the server, or for none.
private final class ServerSelector: PacketSelector {
  private let isTaken: Bool
  var needsLinkLayer: Bool { false }

  /// Of what is said of packets to the server.
  init(isTaken: Bool) { self.isTaken = isTaken }

  func selects(_ frame: borrowing Frame) -> Bool { false }

  func selects(packet: Span<UInt8>) -> Bool {
    isTaken && packet.count >= 20 && (16..<20).allSatisfy { packet[$0] == Host.server.octets[$0 - 16] }
  }
}
