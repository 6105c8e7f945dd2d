import Bytes

/// A captured packet; the view ends when the capture reads the next one.
package struct Frame: ~Escapable {
  /// Number of the packet in its capture, from 1.
  package let number: Int
  /// Index of its capture among those of the run, from 0.
  package let file: Int
  /// When it was captured.
  package let time: Timestamp
  /// Bytes that it had on the wire; more than are here when the snap length cut it.
  package let originalLength: Int
  /// What its first bytes are.
  package let linkType: LinkType
  /// The bytes captured.
  package let bytes: Span<UInt8>

  /// From the fields.
  @_lifetime(copy bytes)
  package init(
    number: Int, file: Int = 0, time: Timestamp, originalLength: Int, linkType: LinkType, bytes: Span<UInt8>
  ) {
    self.number = number
    self.file = file
    self.time = time
    self.originalLength = originalLength
    self.linkType = linkType
    self.bytes = bytes
  }
}
