import Bytes
import Packets

/// A packet in the memory of its reader, where it stays until the reader is asked for the next one.
@safe struct StoredPacket {
  /// Number of the packet in its capture, from 1.
  var number: Int
  /// When it was captured.
  var time: Timestamp
  /// What its first bytes are.
  var linkType: LinkType
  /// Bytes that it had on the wire.
  var originalLength: Int
  /// The bytes captured.
  var bytes: UnsafeRawBufferPointer
}
