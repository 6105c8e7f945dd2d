import TestSupport

/// Changes octets by chance, the same in every run.
struct Mutator {
  private var random: SeededRandom

  /// The mutations of a seed.
  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  /// Ethernet and IPv4 without options, and the UDP header behind them.
  private static let ethernet = 14, network = 34, message = 42

  /// Changes every packet of a capture: one to eight octets of the DNS message where it goes over UDP, with a checksum
  /// that fits so that it is not put aside as damaged, and of anything in other packets.
  mutating func mutatePackets(_ capture: inout ClassicPackets) {
    for index in capture.packets.indices {
      mutate(&capture.packets[index].bytes)
    }
  }

  /// Changes one octet of a thousand wherever they stand, file and packet headers among them.
  mutating func mutateFile(_ file: inout [UInt8]) {
    for _ in 0...file.count / 1000 { change(&file, at: Int.random(in: file.indices, using: &random)) }
  }

  /// Changes one packet.
  private mutating func mutate(_ packet: inout [UInt8]) {
    let isUDP = packet.count > Mutator.message && packet[12] == 8 && packet[14] == 0x45 && packet[23] == 17
    let start = isUDP ? Mutator.message : Mutator.ethernet
    guard packet.count > start else { return }
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      // Half of the changes go to header and first record, where counts, lengths and pointers are dense.
      let end = Bool.random(using: &random) ? packet.count : min(packet.count, start + 64)
      change(&packet, at: Int.random(in: start..<end, using: &random))
    }
    if isUDP { mend(&packet) }
  }

  /// Changes an octet to one that decoders trip over, or to any.
  private mutating func change(_ bytes: inout [UInt8], at offset: Int) {
    let sharp: [UInt8] = [0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff]
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes[offset] = sharp.randomElement(using: &random) ?? 0
    case 1: bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    default: bytes[offset] = UInt8.random(in: 0...255, using: &random)
    }
  }

  /// Writes the UDP checksum that fits (RFC 768).
  private func mend(_ packet: inout [UInt8]) {
    let length = Int(packet[Mutator.network + 4]) << 8 | Int(packet[Mutator.network + 5])
    guard length >= 8, Mutator.network + length <= packet.count else { return }
    packet.replaceSubrange(Mutator.network + 6..<Mutator.network + 8, with: [0, 0])
    let datagram = packet[Mutator.network..<Mutator.network + length]
    let sum = PacketBuilder.onesComplementSum(packet[26..<34] + [0, 17] + octets(UInt16(length)) + datagram)
    packet.replaceSubrange(
      Mutator.network + 6..<Mutator.network + 8, with: octets(sum == 0xffff ? 0xffff : ~sum))
  }
}
