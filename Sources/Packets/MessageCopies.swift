import Bytes

/// Messages with all that is known of them, and the losses between them, copied out of their packets in order, so that
/// another core may read them.
package struct MessageCopies: Sendable {
  /// A message without its bytes.
  private struct Head {
    let start: Int, count: Int
    let flow: Flow, origin: MessageOrigin, protocolName: ProtocolName, checksum: ChecksumState
    let declaredLength: Int?, quote: ICMPQuote?, isUnfinished: Bool, isRecovered: Bool
  }

  private var heads: [Head] = [], bytes: [UInt8] = []
  /// Losses, each with the number of messages in front of it.
  private var losses: [(place: Int, note: LossNote)] = []

  /// Bytes from which on it is full, whatever the number of messages: one of the largest.
  private static let byteLimit = 1 << 16

  /// None.
  package init() {}

  /// How many messages there are, and bytes of all of them.
  package var count: Int { heads.count }
  package var byteCount: Int { bytes.count }
  /// Whether there is nothing.
  package var isEmpty: Bool { heads.isEmpty && losses.isEmpty }

  /// Whether so many things are there, or as many as there is room for.
  @inline(__always)
  package func isFull(_ limit: Int) -> Bool {
    heads.count &+ losses.count >= limit || bytes.count >= MessageCopies.byteLimit
  }

  /// Adds a message.
  package mutating func append(_ message: borrowing MessageBytes) {
    heads.append(
      Head(
        start: bytes.count, count: message.bytes.count, flow: message.flow, origin: message.origin,
        protocolName: message.protocolName, checksum: message.checksum,
        declaredLength: message.declaredLength, quote: message.quote, isUnfinished: message.isUnfinished,
        isRecovered: message.isRecovered))
    unsafe message.bytes.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds a loss.
  package mutating func append(_ loss: LossNote) { losses.append((heads.count, loss)) }

  /// Empties it and keeps its memory.
  package mutating func removeAll() {
    heads.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    losses.removeAll(keepingCapacity: true)
  }

  /// Hands on messages and losses in their order.
  package func forEach(_ message: (borrowing MessageBytes) -> Void, loss: (LossNote) -> Void) {
    var next = 0
    for index in heads.indices {
      while next < losses.count, losses[next].place <= index {
        loss(losses[next].note)
        next += 1
      }
      let head = heads[index]
      message(
        MessageBytes(
          bytes: bytes.span.extracting(head.start..<head.start + head.count), flow: head.flow,
          origin: head.origin, protocolName: head.protocolName, checksum: head.checksum,
          declaredLength: head.declaredLength, quote: head.quote, isUnfinished: head.isUnfinished,
          isRecovered: head.isRecovered))
    }
    for (_, note) in losses[next...] { loss(note) }
  }
}
