/// Numbers of RRSIGs: a part of a block of an `AnswerStore`, or a list of their own.
@usableFromInline
package struct SignatureIDs: RandomAccessCollection, Sendable {
  /// The words that hold them, where in these they begin, and how many they are.
  @usableFromInline let words: [UInt32], start: UInt32, size: UInt32

  /// A part of the words of a block.
  @inlinable @inline(__always)
  init(words: [UInt32], start: UInt32, size: UInt32) {
    (self.words, self.start, self.size) = (words, start, size)
  }

  /// None.
  @inlinable @inline(__always)
  package init() { self.init(words: [], start: 0, size: 0) }

  /// A list of its own.
  package init(_ ids: some Sequence<SignatureID>) {
    let words = ids.map(\.rawValue)
    self.init(words: words, start: 0, size: UInt32(words.count))
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { Int(size) }

  @inlinable package subscript(position: Int) -> SignatureID {
    @inline(__always) get {
      precondition(position >= 0 && position < Int(size))
      return SignatureID(rawValue: words[Int(start) &+ position])
    }
  }

  /// Adds one behind the others.
  package mutating func append(_ id: SignatureID) { self = SignatureIDs(Array(self) + [id]) }
}

extension SignatureIDs: Hashable {
  @inlinable package static func == (a: SignatureIDs, b: SignatureIDs) -> Bool {
    guard a.size == b.size else { return false }
    for position in a.indices where a[position] != b[position] { return false }
    return true
  }

  @inlinable package func hash(into hasher: inout Hasher) {
    for position in indices { hasher.combine(self[position].rawValue) }
  }
}
