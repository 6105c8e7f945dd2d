import Findings
import Packets
import Synchronization

/// Has work done on decoded messages: by whoever hands them over, or on further cores, a batch each, whose products are
/// delivered in the order of the batches.
struct MessageCrew<Work: DecodingWork, Failure: Error> {
  /// What takes the products, and how that failed.
  private let receiver: (Work.Product) throws(Failure) -> Void
  private var failure: Failure?
  /// Cores to use, and whether messages have the index of their capture.
  private let workers: Int, isSeveral: Bool
  /// What is done here, and messages for another core.
  private var work = Work(), copies = MessageCopies()
  /// What other cores make, the oldest first, and bytes of the messages that it is made of.
  private var underway: [(product: Background<Work.Product>, byteCount: Int)] = []
  private(set) var bytesUnderway = 0
  private let spare = SpareWork<Work>()

  /// Bytes of messages on other cores at most, or one batch: of text it may be 65 times as much, where names are
  /// compressed, and 32 cores have enough to do with usual batches of 13,000.
  static var byteLimit: Int { 1 << 19 }

  /// Nothing handed over yet.
  init(workers: Int, isSeveral: Bool, _ deliver: @escaping (Work.Product) throws(Failure) -> Void) {
    (self.workers, self.isSeveral, receiver) = (workers, isSeveral, deliver)
  }

  /// Takes the next message.
  @inline(__always)
  mutating func receive(_ message: borrowing MessageBytes) {
    guard failure == nil else { return }
    if workers < 2 {
      work.receive(message, file: isSeveral ? message.file : nil)
    } else {
      copies.append(message)
    }
    handOverIfFull()
  }

  /// Takes the next loss.
  mutating func receive(_ loss: LossNote) {
    guard failure == nil else { return }
    if workers < 2 {
      work.receive(loss, file: isSeveral ? loss.packet.file : nil)
    } else {
      copies.append(loss)
    }
    handOverIfFull()
  }

  /// Throws what went wrong in delivering, after which nothing more is taken.
  @inline(__always)
  func check() throws(Failure) { if let failure { throw failure } }

  /// Hands over the rest, and delivers all products.
  mutating func finish() throws(Failure) {
    handOver()
    while !underway.isEmpty { deliverOldest() }
    try check()
  }

  /// Hands over what was taken, when it is enough.
  @inline(__always)
  private mutating func handOverIfFull() {
    if workers < 2 ? work.isFull : copies.isFull(Work.batchLength) { handOver() }
  }

  /// Hands over what was taken. Products that are ready do not wait for others; this waits for the oldest one when all
  /// cores have one to make.
  private mutating func handOver() {
    guard workers > 1 else { return deliver(work.take()) }
    guard !copies.isEmpty else { return }
    while let first = underway.first,
      first.product.isMade || underway.count >= workers
        || bytesUnderway + copies.byteCount > MessageCrew.byteLimit
    { deliverOldest() }
    let batch = copies, isSeveral = isSeveral, spare = spare
    copies = spare.takeCopies()
    bytesUnderway += batch.byteCount
    underway.append(
      (Background(workers: workers) { spare.work(on: batch, isSeveral: isSeveral) }, batch.byteCount))
  }

  /// Waits for the oldest product and delivers it.
  private mutating func deliverOldest() {
    let (product, size) = underway.removeFirst()
    bytesUnderway -= size
    if let product = product.take() { deliver(product) }
  }

  /// Delivers a product, unless that failed before.
  private mutating func deliver(_ product: Work.Product) {
    guard failure == nil else { return }
    do throws(Failure) { try receiver(product) } catch { failure = error }
  }
}

/// Batches and works whose memory is used again.
private final class SpareWork<Work: DecodingWork>: Sendable {
  private let copies = Mutex<[MessageCopies]>([]), works = Mutex<[Work]>([])

  /// An empty batch.
  func takeCopies() -> MessageCopies { copies.withLock { $0.popLast() } ?? MessageCopies() }

  /// Works on a batch.
  func work(on batch: consuming MessageCopies, isSeveral: Bool) -> Work.Product {
    var work = works.withLock { $0.popLast() } ?? Work()
    batch.forEach {
      work.receive($0, file: isSeveral ? $0.file : nil)
    } loss: {
      work.receive($0, file: isSeveral ? $0.packet.file : nil)
    }
    batch.removeAll()
    copies.withLock { [batch] in $0.append(batch) }
    defer { works.withLock { [work] in $0.append(work) } }
    return work.take()
  }
}
