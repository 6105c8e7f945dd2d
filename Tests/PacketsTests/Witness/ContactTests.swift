import Bytes
import Packets
import TestSupport
import Testing

@Suite("Contacts: who turned to which address on other ports than those of DNS")
struct ContactTests {
  /// A UDP datagram between the two hosts, the other way round for an answer.
  func udp(from source: UInt16, to destination: UInt16, isAnswer: Bool = false) -> [UInt8] {
    let (from, to) = isAnswer ? (Host.server, Host.client) : (Host.client, Host.server)
    return PacketBuilder.ipv4(
      PacketBuilder.udp([0, 1], from: source, to: destination), from: from, to: to)
  }

  /// A TCP segment from the client.
  func tcp(_ flags: TCPFlags, from source: UInt16 = 40_000, to destination: UInt16) -> [UInt8] {
    PacketBuilder.ipv4(
      PacketBuilder.tcp([], sequence: 1, flags: flags, from: source, to: destination))
  }

  @Test("a SYN is a contact; an answer to one, data and a reset are none")
  func tcp() {
    var bench = DecoderBench(.rawIP)
    bench.feed(tcp([.syn], to: 443))
    bench.feed(tcp([.syn, .ack], to: 80))
    bench.feed(tcp([.ack], to: 80))
    bench.feed(tcp([.rst], to: 80))
    bench.feed(tcp([.syn], from: 40_001, to: 8_080))
    bench.feed(tcp([.syn], from: 40_002, to: 443))
    let contacts = bench.decoder.witness.contacts
    #expect(contacts.map(\.port) == [443, 8_080])
    #expect(contacts.map(\.count) == [2, 1])
    #expect(contacts.allSatisfy { $0.transport == .tcp })
    #expect(contacts.allSatisfy { ($0.source, $0.destination) == (Host.client, Host.server) })
    #expect((contacts[0].firstPacket, contacts[0].lastPacket) == (PacketID(1), PacketID(6)))
    #expect(contacts[0].lastTime.nanoseconds - contacts[0].firstTime.nanoseconds == 5_000_000)
  }

  @Test("a UDP datagram is a contact, and what comes back for it is none")
  func datagrams() {
    var bench = DecoderBench(.rawIP)
    bench.feed(udp(from: 50_000, to: 443))
    bench.feed(udp(from: 443, to: 50_000, isAnswer: true))
    bench.feed(udp(from: 50_000, to: 443))
    bench.feed(udp(from: 123, to: 123))
    bench.feed(udp(from: 123, to: 123, isAnswer: true))
    let contacts = bench.decoder.witness.contacts
    #expect(contacts.map(\.port) == [443, 123])
    #expect(contacts.map(\.count) == [2, 1])
    #expect(contacts.allSatisfy { ($0.transport, $0.source) == (.udp, Host.client) })
  }

  @Test("packets of DNS, of a tunnel, and those that a filter passes over are none")
  func others() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1))))
    bench.feed(tcp([.syn], to: 53))
    let inner = PacketBuilder.ethernet(udp(from: 50_000, to: 443))
    let vxlan: [UInt8] = [8, 0, 0, 0, 0, 0, 42, 0]
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(vxlan + inner, to: 4_789)))
    #expect(bench.decoder.witness.contacts.map(\.port) == [443])
    var filtered = DecoderBench(.rawIP, selector: NothingSelector())
    filtered.feed(udp(from: 50_000, to: 443))
    filtered.feed(tcp([.syn], to: 443))
    #expect(filtered.decoder.witness.contacts.isEmpty)
  }

  @Test("a full table keeps what it has true and counts what it has no room for")
  func bound() {
    var limits = PacketLimits()
    limits.contacts = 3
    var bench = DecoderBench(.rawIP, limits: limits)
    for port in 1_000..<1_010 { bench.feed(tcp([.syn], to: UInt16(port))) }
    bench.feed(tcp([.syn], to: 1_002))
    #expect(bench.decoder.witness.contacts.map(\.port) == [1_000, 1_001, 1_002])
    #expect(bench.decoder.witness.contacts.map(\.count) == [1, 1, 2])
    #expect(bench.oddities == [.contactLeftOut: 7])
  }

  @Test("nothing is kept when nobody wants it")
  func unwanted() {
    var decoder = PacketDecoder(keepsWitness: false)
    let packet = udp(from: 50_000, to: 443)
    decoder.decode(
      Frame(
        number: 1, time: Timestamp(seconds: 1), originalLength: packet.count, linkType: .rawIP,
        bytes: packet.span)
    ) { _ in }
    #expect(decoder.counters[fate: .otherPort] == 1 || decoder.counters[fate: .opaque] == 1)
    #expect(decoder.witness.contacts.isEmpty)
  }

  @Test("a record is not larger than the limit's figure says")
  func size() { #expect(MemoryLayout<Contact>.stride <= 96) }
}

/// A filter that takes nothing.
private final class NothingSelector: PacketSelector {
  var needsLinkLayer: Bool { false }
  func selects(_ frame: borrowing Frame) -> Bool { false }
  func selects(packet: Span<UInt8>) -> Bool { false }
}
