import DNSSEC
import Dispatch
import Packets
import Synchronization

/// Hands batches from the reader to the ordered stage, which runs on another core when there may be two workers: the
/// reader fills one while the collector takes another, in the same order, so that the result does not depend on it.
final class BatchRelay: Sendable {
  private let collector: Mutex<MessageCollector>
  /// Batches to collect, in order, and batches to fill.
  private let full = Mutex<[MessageBatch]>([]), spare = Mutex<[MessageBatch]>([])
  /// Counts batches to collect, one more at the end, and room for further ones; tells the end of the collector.
  private let filled = DispatchSemaphore(value: 0), room = DispatchSemaphore(value: BatchRelay.depth)
  private let isDone = DispatchSemaphore(value: 0)
  private let keys: BatchKeys, isConcurrent: Bool, early: EarlyVerification?
  /// After so many batches the new answers are verified: some thousand signatures in a capture full of them, of which keys
  /// that sign much have some hundred each.
  private static let roundLength = 8

  /// Batches between the two: when one waits for a disk or another core the other goes on for some milliseconds. With
  /// 1,024 messages of 300 bytes each they take 2 MiB.
  private static let depth = 4

  /// Takes a collector over, and starts the second stage.
  /// - Parameters:
  ///   - early: what takes the answers as they come, to verify them on further cores.
  ///   - workers: cores to use.
  init(_ collector: consuming MessageCollector, _ early: EarlyVerification?, workers: Int) {
    (keys, self.early) = (collector.keys, early)
    isConcurrent = workers > 1
    self.collector = Mutex(collector)
    if isConcurrent { DispatchQueue.global().async { self.collectAll() } }
  }

  /// An empty batch.
  func makeBatch() -> MessageBatch { spare.withLock { $0.popLast() } ?? MessageBatch(keys) }

  /// Takes a batch and gives an empty one back for it.
  func collect(_ batch: inout MessageBatch) {
    guard isConcurrent else {
      collector.withLock { $0.receive(batch) }
      return batch.removeAll()
    }
    room.wait()
    var next = makeBatch()
    swap(&next, &batch)
    full.withLock { $0.append(next) }
    filled.signal()
  }

  /// The collector, when it has taken all batches.
  func finish() -> MessageCollector {
    if isConcurrent {
      filled.signal()
      isDone.wait()
    }
    return collector.withLock {
      // Left where it was it would be copied at its next change.
      var taken = MessageCollector()
      swap(&taken, &$0)
      return taken
    }
  }

  /// The second stage: collects batch after batch until there is a signal without one.
  private func collectAll() {
    collector.withLock { collector in
      var round = 0
      while true {
        filled.wait()
        guard var batch = full.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { break }
        collector.receive(batch)
        round += 1
        if round % BatchRelay.roundLength == 0 {
          early?.take(collector.store.answers, store: collector.store.rrsets)
        }
        batch.removeAll()
        spare.withLock { $0.append(batch) }
        room.signal()
      }
    }
    isDone.signal()
  }
}
