import Bytes
import Packets

/// What is known of a capture file, complete once it has been read to its end.
package struct CaptureMetadata: Sendable {
  /// The path as given; `-` is standard input.
  package let path: String
  /// The container.
  package let format: CaptureFormat
  /// How the file is compressed, from the outermost to the innermost; empty when it is not.
  package let compressions: [Compression]
  /// What the container says beside its packets.
  package internal(set) var facts = ContainerFacts()
  /// Bytes of the file as it is stored.
  package internal(set) var byteCount = 0
  /// Packets read.
  package internal(set) var packets = 0
  /// Packets that the snap length cut.
  package internal(set) var cutPackets = 0
  /// Packets with a time before that of the packet in front of them.
  package internal(set) var timeReversals = 0
  /// Time of the first packet.
  package internal(set) var firstTime: Timestamp?
  /// Time of the last packet.
  package internal(set) var lastTime: Timestamp?
  /// SHA-256 of all the bytes of the file; nil when not wanted, and until the end is reached.
  package internal(set) var sha256: [UInt8]?

  /// Before the first packet.
  init(path: String, format: CaptureFormat, compressions: [Compression]) {
    (self.path, self.format, self.compressions) = (path, format, compressions)
  }

  /// The container and what it is wrapped in, from the inside to the outside: `pcap`, `pcapng+zstd`.
  package var formatName: String {
    ([format.rawValue] + compressions.reversed().map(\.rawValue)).joined(separator: "+")
  }

  /// Whether something of the file could not be read.
  package var isTruncated: Bool { facts.damageCount > 0 }

  /// Why nothing of the packets can be read, when all are of link types that are not read, or would be if there were any.
  var undecoded: CaptureError? {
    let types = facts.linkTypes.filter { !$0.isDecoded }
    guard !types.isEmpty else { return nil }
    let isNone = packets == 0 ? types == facts.linkTypes : facts.undecodedPackets == packets
    return isNone ? .unknownLinkTypes(path: path, linkTypes: types) : nil
  }

  /// Counts the next packet.
  @inline(__always)
  mutating func count(_ packet: StoredPacket) {
    packets &+= 1
    if unsafe packet.bytes.count < packet.originalLength { cutPackets &+= 1 }
    if let lastTime, packet.time < lastTime { timeReversals &+= 1 }
    if firstTime == nil { firstTime = packet.time }
    lastTime = packet.time
  }
}
