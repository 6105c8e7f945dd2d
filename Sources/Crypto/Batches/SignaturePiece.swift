/// Some signatures of one key with the octets that they are over, in one buffer: what a worker takes at a time.
struct SignaturePiece: Sendable {
  /// Signatures in a full piece: a lock for each piece, some 0.1 µs, is lost among their verifications, and what is left
  /// over at the end for one worker takes no more than 10 ms even on P-384.
  static let maximumCount = 16
  /// Bytes from which on a piece is full.
  static let maximumByteCount = 32 << 10

  /// A signature in the buffer, which stands behind what it is over.
  struct Item: Sendable {
    /// Its number among all that were added.
    let number: UInt32
    /// Bytes in front of the signature.
    let dataCount: UInt32
  }

  /// Signed octets and signature, one after the other.
  private(set) var octets: [UInt8] = []
  /// The signatures.
  private(set) var items: [Item] = []

  /// Whether it is to be handed over.
  var isFull: Bool {
    items.count >= SignaturePiece.maximumCount || octets.count >= SignaturePiece.maximumByteCount
  }

  /// Adds signed octets followed by their signature.
  mutating func append(_ bytes: Span<UInt8>, dataCount: Int, number: UInt32) {
    if octets.isEmpty { octets.reserveCapacity(bytes.count * SignaturePiece.maximumCount / 2) }
    unsafe bytes.withUnsafeBufferPointer { unsafe octets.append(contentsOf: $0) }
    items.append(Item(number: number, dataCount: UInt32(truncatingIfNeeded: dataCount)))
  }
}
