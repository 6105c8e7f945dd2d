/// What waits in a pool, by key, and what has come of the rest. It decides who does what next; nothing here verifies.
struct VerificationQueue: Sendable {
  /// What a worker is to do.
  enum Step: Sendable {
    /// To verify.
    case verify(VerificationTask)
    /// To make the table of a key.
    case makeTable(PublicKey, group: Int)
  }

  /// Bytes of all tables: some hundred keys that have signed hundreds of times each, which no capture so far had, in an
  /// eighth of the memory that an audit may take.
  static let maximumTableByteCount = 16 << 20
  /// The most pieces that a worker takes at once: as many signatures as one inversion serves.
  private static let maximumTaken = CurveBatch.capacity / SignaturePiece.maximumCount
  /// Lanes of keys whose verifications cost as much, twice as much and so on, and one in front for those that hesitate.
  private static let laneCount = 16

  private let method: VerificationMethod, workers: Int
  private var groups: [KeyGroup] = []
  /// The keys with full pieces, by lane.
  private var lanes = [[Int]](repeating: [], count: laneCount)
  /// The keys whose tables are being made.
  private var atWork: [Int] = []
  private var valid: [UInt64] = [], tableByteCount = 0
  /// Whether all signatures are there.
  private(set) var isLast = false
  /// Signatures that were added since the last results, and bytes of those that wait.
  private(set) var count = 0, heldByteCount = 0

  /// An empty queue for so many workers.
  init(workers: Int, method: VerificationMethod) { (self.workers, self.method) = (workers, method) }

  /// The number of a new key.
  mutating func register(_ key: PublicKey) -> Int {
    groups.append(KeyGroup(key, method))
    return groups.count - 1
  }

  /// Adds signed octets followed by their signature; returns whether that filled a piece.
  mutating func add(_ octets: Span<UInt8>, dataCount: Int, group: Int) -> Bool {
    let number = UInt32(truncatingIfNeeded: count)
    count += 1
    if count > valid.count * 64 { valid.append(0) }
    // A signature of another length than the key's signatures have is false, whatever it holds.
    guard octets.count - dataCount == groups[group].key.signatureByteCount else { return false }
    groups[group].open.append(octets, dataCount: dataCount, number: number)
    groups[group].seen += 1
    groups[group].waiting += 1
    heldByteCount += octets.count
    guard groups[group].open.isFull else { return false }
    close(group)
    return true
  }

  /// Hands over what is in pieces that are not full.
  /// - Parameter isLast: that no more signatures come before the results, so that no key hesitates any longer.
  mutating func closeAll(isLast: Bool) {
    self.isLast = isLast
    for group in groups.indices { close(group) }
  }

  /// Hands over what is in pieces that hold at least so many signatures.
  mutating func close(holding least: Int) {
    for group in groups.indices where groups[group].open.items.count >= least { close(group) }
  }

  /// Whether a worker would find something to verify.
  var hasWork: Bool { lanes.contains { !$0.isEmpty } }

  /// Notes which signatures of a task are valid.
  mutating func record(_ numbers: [UInt32]) {
    for number in numbers { valid[Int(number >> 6)] |= 1 << UInt64(number & 63) }
  }

  /// Takes the table of a key, or that there is none.
  mutating func publish(_ table: KeyTable?, group: Int) {
    atWork.removeAll { $0 == group }
    if table != nil { tableByteCount += KeyTable.byteCount }
    groups[group].preparation = table.map { .done($0) } ?? .refused
    enqueue(group)
  }

  /// What is next: the dearest keys first, so that no worker is left with a long piece of work when the others are done.
  mutating func next() -> Step? {
    for lane in stride(from: VerificationQueue.laneCount - 1, through: 0, by: -1) {
      while let group = lanes[lane].last {
        if let step = step(group, lane) { return step }
        lanes[lane].removeLast()
      }
    }
    // Better than to wait for a table is to do without it.
    for group in atWork where !groups[group].pieces.isEmpty {
      return .verify(take(group, formWithoutTable(of: group)))
    }
    return nil
  }

  /// Whether each signature added since the last results is valid, in the order in which they were added; all are done.
  mutating func takeResults() -> [Bool] {
    let results = (0..<count).map { valid[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }
    valid.removeAll(keepingCapacity: true)
    (count, isLast) = (0, false)
    return results
  }

  /// What is to be done for the last key of a lane; nil when that is nothing, or it has another lane by now.
  private mutating func step(_ group: Int, _ lane: Int) -> Step? {
    guard groups[group].lane == lane else { return nil }
    if !groups[group].pieces.isEmpty {
      guard groups[group].wantsTable(isLast: isLast) else { return .verify(take(group, form(of: group))) }
      if tableByteCount + (atWork.count + 1) * KeyTable.byteCount > VerificationQueue.maximumTableByteCount {
        groups[group].preparation = .refused
        return .verify(take(group, formWithoutTable(of: group)))
      }
      groups[group].preparation = .atWork
      atWork.append(group)
    }
    groups[group].lane = nil
    return groups[group].pieces.isEmpty ? nil : .makeTable(groups[group].key, group: group)
  }

  /// Takes pieces of a key: many while there are many, one at a time towards the end.
  private mutating func take(_ group: Int, _ form: VerificationTask.Form) -> VerificationTask {
    let share = workers == 1 ? groups[group].pieces.count : groups[group].pieces.count / (2 * workers)
    let count = max(1, min(share, VerificationQueue.maximumTaken))
    let task = VerificationTask(
      group: group, key: groups[group].key, form: form, pieces: groups[group].take(count))
    heldByteCount -= task.byteCount
    return task
  }

  /// How signatures of a key are verified now.
  private func form(of group: Int) -> VerificationTask.Form {
    if case .done(let table) = groups[group].preparation { return .table(table) }
    return formWithoutTable(of: group)
  }

  /// The same for a key that has none, or none yet.
  private func formWithoutTable(of group: Int) -> VerificationTask.Form {
    guard method == .fast else { return .plain }
    let scheme = groups[group].key.scheme, waiting = groups[group].waiting
    if scheme.family == .rsa { return waiting >= RSAPower.leastCount ? .power : .plain }
    return KeyPoint.helps(scheme) && waiting >= KeyPoint.leastCount ? .point : .plain
  }

  /// Ends the open piece of a key and sees that a worker finds it.
  private mutating func close(_ group: Int) {
    groups[group].close()
    enqueue(group)
  }

  /// Puts a key with full pieces into its lane. The cost of a verification tells which, in powers of two.
  private mutating func enqueue(_ group: Int) {
    if case .atWork = groups[group].preparation { return }
    guard !groups[group].pieces.isEmpty else { return }
    let cost = UInt(max(1, groups[group].key.cost)), power = UInt.bitWidth - 1 - cost.leadingZeroBitCount
    let lane = groups[group].hesitates && !isLast ? 0 : min(1 + power, VerificationQueue.laneCount - 1)
    guard groups[group].lane != lane else { return }
    lanes[lane].append(group)
    groups[group].lane = lane
  }
}
