import Bytes
import Packets

/// What is known of a capture file, complete once it has been read to its end.
package struct CaptureMetadata: Sendable {
  /// The path as given; `-` is standard input.
  package let path: String
  /// The container.
  package let format: CaptureFormat
  /// What the packets start with.
  package let linkType: LinkType
  /// The snap length that the file names, in bytes; 0 when it names none.
  package let snapLength: Int
  /// Bytes read.
  package internal(set) var byteCount = 0
  /// Packets read, with those that the filter passed over.
  package internal(set) var packets = 0
  /// Packets that the filter passed over.
  package internal(set) var filteredOut = 0
  /// Packets that the snap length cut.
  package internal(set) var cutPackets = 0
  /// Packets with a time before that of the packet in front of them.
  package internal(set) var timeReversals = 0
  /// Time of the first packet.
  package internal(set) var firstTime: Timestamp?
  /// Time of the last packet.
  package internal(set) var lastTime: Timestamp?
  /// What ended the reading before the end of the file; nil when nothing did.
  package internal(set) var damage: CaptureError?
  /// SHA-256 of all the bytes of the file; nil when not wanted, and until the end is reached.
  package internal(set) var sha256: [UInt8]?

  /// Before the first packet.
  init(path: String, format: CaptureFormat, linkType: LinkType, snapLength: Int) {
    (self.path, self.format, self.linkType, self.snapLength) = (path, format, linkType, snapLength)
  }

  /// Whether the file is cut short or damaged.
  package var isTruncated: Bool { damage != nil }

  /// Counts the next packet.
  @inline(__always)
  mutating func count(time: Timestamp, isCut: Bool) {
    packets &+= 1
    if isCut { cutPackets &+= 1 }
    if let lastTime, time < lastTime { timeReversals &+= 1 }
    if firstTime == nil { firstTime = time }
    lastTime = time
  }
}
