import Packets

/// What is made of decoded messages, on whatever core: text, lines, counts. Each batch of messages is given to a value of its
/// own, or to one that has given away what it made before; the products come in the order of the messages.
package protocol DecodingWork: Sendable {
  /// What comes of a batch.
  associatedtype Product: Sendable

  /// Messages of a batch for another core at most: few, since somebody may wait for each.
  static var batchLength: Int { get }
  /// Whether it takes longer than to copy the messages for another core, some 100 ns each.
  static var isHeavy: Bool { get }
  /// Whether it is told of losses.
  static var wantsLosses: Bool { get }

  /// Nothing made yet.
  init()
  /// Whether what was made is so much that it had better be taken.
  var isFull: Bool { get }
  /// Takes the next message; `file` is the index of its capture when there are several.
  mutating func receive(_ message: borrowing MessageBytes, file: Int?)
  /// Takes a packet for which some of a message, or all of one, may be missing; it stands behind the messages before it.
  mutating func receive(_ loss: LossNote, file: Int?)
  /// What was made since the last time.
  mutating func take() -> Product
}
