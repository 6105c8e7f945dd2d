/// The packets of a classic pcap file in the byte order of this machine, which is that of the project's captures.
package struct ClassicPackets: Sendable {
  /// What was no such file.
  package struct Malformed: Error {}

  /// The file header of 24 octets.
  package let header: [UInt8]
  /// The record headers of 16 octets with their packets.
  package var packets: [(header: [UInt8], bytes: [UInt8])] = []

  /// Reads a whole file.
  package init(_ file: [UInt8]) throws(Malformed) {
    guard file.count >= 24 else { throw Malformed() }
    header = Array(file[..<24])
    var offset = 24
    while offset < file.count {
      guard offset + 16 <= file.count else { throw Malformed() }
      let length = (0..<4).reduce(0) { $0 | Int(file[offset + 8 + $1]) << (8 * $1) }
      guard offset + 16 + length <= file.count else { throw Malformed() }
      packets.append(
        (Array(file[offset..<offset + 16]), Array(file[(offset + 16)..<(offset + 16 + length)])))
      offset += 16 + length
    }
  }

  /// The whole file.
  package var file: [UInt8] { header + packets.flatMap { $0.header + $0.bytes } }
}
