import Packets
import TestSupport
import Testing

@Suite("The catalogue of oddities")
struct OddityTests {
  @Test("every entry has a code and words of its own, and names where its rule stands")
  func entries() {
    let catalogue = Oddity.catalogue
    #expect(Set(catalogue.map(\.code)).count == catalogue.count)
    #expect(Set(catalogue.map(\.sentence)).count == catalogue.count)
    #expect(catalogue.allSatisfy { !$0.reference.isEmpty && !$0.code.contains("_") })
    #expect(Set(PacketFate.allCases.map(\.sentence)).count == PacketFate.allCases.count)
  }

  @Test("an oddity comes with its first packets and not with more than five")
  func examples() {
    var bench = DecoderBench(.rawIP)
    for _ in 0..<9 { bench.feed([0x45]) }
    let odd = bench.decoder.counters.odd
    #expect(odd.map(\.oddity) == [PacketFate.cutIPHeader.oddity])
    #expect(odd.map(\.count) == [9])
    #expect(odd.map { $0.examples.map(\.number) } == [[1, 2, 3, 4, 5]])
  }

  @Test("a packet is known by its capture and its number")
  func packetID() {
    let packet = PacketID(17, file: 3)
    #expect((packet.number, packet.file) == (17, 3))
    #expect(PacketID(rawValue: packet.rawValue) == packet)
    #expect(PacketID(9).rawValue == 9 && PacketID(9) < packet && packet < PacketID(18, file: 3))
  }

  @Test("what is odd in one capture is not counted for another")
  func captures() {
    var decoder = PacketDecoder()
    let sound = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    for (file, bytes) in [(0, sound), (2, [0x45]), (0, sound), (2, sound)] {
      decoder.decode(
        Frame(
          number: 1, file: file, time: .init(nanoseconds: 0), originalLength: bytes.count, linkType: .rawIP,
          bytes: bytes.span)
      ) { _ in }
    }
    #expect((0...2).map { decoder.counters(ofFile: $0).frames } == [2, 0, 2])
    #expect((0...2).map { decoder.counters(ofFile: $0)[fate: .cutIPHeader] } == [0, 0, 1])
  }
}
