/// The signatures of one key that wait for a worker.
struct KeyGroup: Sendable {
  /// How far the key is prepared for many signatures.
  enum Preparation: Sendable {
    /// It has too few.
    case none
    /// A worker makes its table.
    case atWork
    /// It has its table.
    case done(KeyTable)
    /// Nothing was to be gained, or there was no room.
    case refused
  }

  /// The key.
  let key: PublicKey
  /// Signatures from which on a table is made; nil for a key that none is made for.
  let leastCount: Int?
  /// The piece that is being filled.
  var open = SignaturePiece()
  /// Full pieces.
  var pieces: [SignaturePiece] = []
  /// Signatures added so far, and how many of them wait.
  var seen = 0, waiting = 0
  /// How far it is.
  var preparation = Preparation.none
  /// The lane in which a worker finds it; nil when there is nothing to find.
  var lane: Int?

  /// A key without signatures.
  init(_ key: PublicKey, _ method: VerificationMethod) {
    self.key = key
    leastCount = method == .fast ? KeyTable.leastCount(key.scheme) : nil
  }

  /// Whether a table is to be made now. While signatures still come the key is expected to go on as it began, so that all
  /// in all at most twice the work of the better choice is done; in the end it is known how many are left.
  func wantsTable(isLast: Bool) -> Bool {
    guard case .none = preparation, let leastCount else { return false }
    return (isLast ? waiting : seen) >= leastCount
  }

  /// Whether it may yet get a table, so that its signatures had better wait.
  var hesitates: Bool {
    guard case .none = preparation, let leastCount else { return false }
    return seen < leastCount
  }

  /// Ends the piece that is being filled.
  mutating func close() {
    guard !open.items.isEmpty else { return }
    pieces.append(open)
    open = SignaturePiece()
  }

  /// The last pieces, as many as that, or fewer.
  mutating func take(_ count: Int) -> ArraySlice<SignaturePiece> {
    let taken = pieces.suffix(count)
    pieces.removeLast(taken.count)
    waiting -= taken.reduce(0) { $0 + $1.items.count }
    return taken
  }
}
