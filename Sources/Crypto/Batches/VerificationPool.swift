import Dispatch
import Synchronization

/// Verifies signatures of many keys on several threads, while others are still being added.
///
/// Signatures are gathered by key, dear keys are served first, and keys that sign much get tables. The results do not depend
/// on the number of threads or on time.
package final class VerificationPool: Sendable {
  /// Bytes of signatures that wait; beyond that who adds one has to verify some. This is room for some 10,000, among
  /// which the keys that sign much show.
  static let maximumHeldByteCount = 4 << 20

  /// Signatures of a key that a thread without work is given: what they share, 12 µs on P-256, is 2 for each.
  static let leastOffered = 6

  /// Threads beside the one that adds.
  private let helperLimit: Int
  private let state: Mutex<State>
  private let helpers = DispatchGroup()

  /// What the threads share.
  private struct State {
    var queue: VerificationQueue
    /// Threads at work beside the one that adds.
    var helping = 0
    /// Workers that no thread has.
    var idle: [PieceVerifier] = []
  }

  /// A pool for so many threads; one is always that which adds and finishes.
  package init(workers: Int, method: VerificationMethod = .fast) {
    let workers = max(1, workers)
    helperLimit = workers - 1
    state = Mutex(State(queue: VerificationQueue(workers: workers, method: method)))
  }

  /// The number by which signatures of a key are added.
  package func register(_ key: PublicKey) -> Int {
    state.withLock { $0.queue.register(key) }
  }

  /// Bytes of the signatures that wait.
  var heldByteCount: Int { state.withLock { $0.queue.heldByteCount } }

  /// Adds a signature of a key of that number: signed octets, of that length, and the signature behind them.
  package func add(_ octets: borrowing [UInt8], dataCount: Int, group: Int) {
    let (needsHelper, isCrowded) = state.withLock { state in
      let isFilled = state.queue.add(octets.span, dataCount: dataCount, group: group)
      return (
        isFilled && claimHelper(&state), state.queue.heldByteCount > VerificationPool.maximumHeldByteCount
      )
    }
    if needsHelper { startHelper() }
    if isCrowded { relieve() }
  }

  /// Hands over pieces that are not full, but of some use already, when all other threads have nothing to do.
  package func offer() {
    let needsHelper = state.withLock { state in
      guard state.helping == 0, helperLimit > 0, !state.queue.hasWork else { return false }
      state.queue.close(holding: VerificationPool.leastOffered)
      return claimHelper(&state)
    }
    if needsHelper { startHelper() }
  }

  /// Whether each signature added since the last call is valid, in the order in which they were added.
  package func finish() -> [Bool] {
    state.withLock { $0.queue.closeAll(isLast: true) }
    for _ in 0..<helperLimit where state.withLock({ claimHelper(&$0) }) { startHelper() }
    work(isHelper: false) { _ in false }
    helpers.wait()
    return state.withLock { $0.queue.takeResults() }
  }

  /// Verifies on the thread that adds until there is room again.
  private func relieve() {
    let hasRoom: (borrowing VerificationQueue) -> Bool = {
      $0.heldByteCount <= VerificationPool.maximumHeldByteCount / 4 * 3
    }
    work(isHelper: false, until: hasRoom)
    // Where there are many keys, all of it may be in pieces that are not full.
    let isOver = state.withLock { state in
      if hasRoom(state.queue) { return true }
      state.queue.closeAll(isLast: false)
      return false
    }
    if !isOver { work(isHelper: false, until: hasRoom) }
  }

  /// Whether another thread is to help; it is counted as one that does.
  private func claimHelper(_ state: inout State) -> Bool {
    guard state.helping < helperLimit, state.queue.hasWork else { return false }
    state.helping += 1
    return true
  }

  /// Has another thread help until nothing is left to do; nothing waits for work, so that nothing has to be ended.
  private func startHelper() {
    DispatchQueue.global().async(group: helpers) { self.work(isHelper: true) { _ in false } }
  }

  /// Does one step after another until nothing is left or it is enough.
  private func work(isHelper: Bool, until isEnough: (borrowing VerificationQueue) -> Bool) {
    let worker = state.withLock { $0.idle.popLast() } ?? PieceVerifier()
    var valid: [UInt32] = []
    while let step = state.withLock({ state in
      state.queue.record(valid)
      if !isEnough(state.queue), let step = state.queue.next() { return step as VerificationQueue.Step? }
      if isHelper { state.helping -= 1 }
      state.idle.append(worker)
      return nil
    }) {
      valid.removeAll(keepingCapacity: true)
      switch step {
      case .verify(let task): worker.verify(task, valid: &valid)
      case .makeTable(let key, let group): makeTable(key, group: group)
      }
    }
  }

  /// Makes the table of a key; the signatures that wait for it are then there for all.
  private func makeTable(_ key: PublicKey, group: Int) {
    let table = KeyTable(key)
    let needsHelper = state.withLock { state in
      state.queue.publish(table, group: group)
      return claimHelper(&state)
    }
    if needsHelper { startHelper() }
  }
}
