import Dispatch
import Synchronization

/// Verifies many signatures on several threads.
package enum BatchVerifier {
  /// Whether each signature of `jobs` is valid, in the order of the jobs, whatever the number of workers.
  ///
  /// Returns when all are done. Signatures of one key come together, dear ones first, so that no worker is left
  /// with a long piece of work when the others have finished.
  package static func verify(_ jobs: some SignatureJobs, workers: Int) -> [Bool] {
    let queue = JobQueue(order: order(of: jobs), workers: max(1, min(workers, jobs.count)))
    if queue.workers == 1 {
      work(on: jobs, from: queue)
    } else {
      DispatchQueue.concurrentPerform(iterations: queue.workers) { _ in work(on: jobs, from: queue) }
    }
    return queue.takeResults()
  }

  /// One worker: verifies pieces of the queue until it is empty.
  private static func work(on jobs: some SignatureJobs, from queue: JobQueue) {
    let verifier = SignatureVerifier()
    var scratch: [UInt8] = []
    var valid: [Int] = []
    while let piece = queue.next() {
      valid.removeAll(keepingCapacity: true)
      for index in queue.order[piece] {
        scratch.removeAll(keepingCapacity: true)
        let signature = jobs.build(at: index, into: &scratch)
        let isValid = verifier.verify(
          key: jobs.key(at: index), data: scratch.span.extracting(..<signature.lowerBound),
          signature: scratch.span.extracting(signature))
        if isValid { valid.append(index) }
      }
      queue.record(valid)
    }
  }

  /// The indices of the jobs: dearest keys first, the jobs of a key in their own order.
  ///
  /// A counting sort, since there may be millions of jobs and few keys.
  private static func order(of jobs: some SignatureJobs) -> [Int] {
    var groups: [KeyGroup] = []
    var groupOfKey: [ObjectIdentifier: Int] = [:]
    let groupOfJob = (0..<jobs.count).map { index in
      let key = jobs.key(at: index)
      let group = groupOfKey[ObjectIdentifier(key), default: groups.count]
      if group == groups.count {
        groupOfKey[ObjectIdentifier(key)] = group
        groups.append(KeyGroup(key: key))
      }
      groups[group].count += 1
      return group
    }
    var start = 0
    for group in groups.indices.sorted(by: { (-groups[$0].key.cost, $0) < (-groups[$1].key.cost, $1) }) {
      groups[group].next = start
      start += groups[group].count
    }
    var order = [Int](repeating: 0, count: jobs.count)
    for (job, group) in groupOfJob.enumerated() {
      order[groups[group].next] = job
      groups[group].next += 1
    }
    return order
  }
}

/// The jobs of one key while they are sorted.
private struct KeyGroup {
  /// The key, held so that its identity stays taken.
  let key: PublicKey
  /// How many jobs it has.
  var count = 0
  /// The place of its next job.
  var next = 0
}

/// What the workers share: the order of the jobs, how far it is given out, and the results.
private final class JobQueue: Sendable {
  /// The most jobs in a piece: one lock and one atomic operation a piece are then lost in the noise.
  private static let maximumPieceCount = 64

  /// Job indices in the order of their verification.
  let order: [Int]
  /// Number of workers.
  let workers: Int
  /// Place in `order` of the first job that no worker has taken.
  private let taken = Atomic(0)
  /// By job index.
  private let results: Mutex<[Bool]>

  /// A queue with nothing given out.
  init(order: [Int], workers: Int) {
    self.order = order
    self.workers = workers
    results = Mutex([Bool](repeating: false, count: order.count))
  }

  /// The next piece of `order`; pieces get smaller towards the end, so that the workers finish together.
  func next() -> Range<Int>? {
    while true {
      let start = taken.load(ordering: .relaxed)
      guard start < order.count else { return nil }
      let share = (order.count - start) / (workers * 4)
      let end = start + max(1, min(Self.maximumPieceCount, share))
      // Relaxed: `order` never changes, and the results have their lock.
      if taken.compareExchange(expected: start, desired: end, ordering: .relaxed).exchanged {
        return start..<min(end, order.count)
      }
    }
  }

  /// Notes which jobs of a piece have a valid signature.
  func record(_ valid: [Int]) {
    results.withLock { results in
      for index in valid { results[index] = true }
    }
  }

  /// The results, when every worker has ended.
  func takeResults() -> [Bool] {
    results.withLock { $0 }
  }
}
