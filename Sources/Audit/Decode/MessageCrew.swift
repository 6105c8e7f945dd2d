import Findings
import Packets
import Synchronization

/// Has work done on decoded messages: by whoever hands them over, or on further cores, a batch each, whose products are
/// delivered in the order of the batches. Whoever hands over waits for the oldest product when all cores have one to make.
struct MessageCrew<Work: DecodingWork, Failure: Error> {
  /// What takes the products.
  private let deliver: (Work.Product) throws(Failure) -> Void
  /// Cores to use, and whether messages have the index of their capture.
  private let workers: Int, isSeveral: Bool
  /// What is done here; messages for another core; what other cores make, the oldest first.
  private var work = Work(), copies = MessageCopies(), taken = 0
  private var underway: [Background<Work.Product>] = []
  private let spare = SpareWork<Work>()

  /// Nothing handed over yet.
  init(workers: Int, isSeveral: Bool, _ deliver: @escaping (Work.Product) throws(Failure) -> Void) {
    (self.workers, self.isSeveral, self.deliver) = (workers, isSeveral, deliver)
  }

  /// Takes the next message.
  @inline(__always)
  mutating func receive(_ message: borrowing MessageBytes) {
    guard workers < 2 else { return copies.append(message) }
    work.receive(message, file: isSeveral ? message.file : nil)
    taken &+= 1
  }

  /// Takes the next loss.
  mutating func receive(_ loss: LossNote) {
    guard workers < 2 else { return copies.append(loss) }
    work.receive(loss, file: isSeveral ? loss.packet.file : nil)
    taken &+= 1
  }

  /// Hands over what was taken, when that is a whole batch.
  @inline(__always)
  mutating func handOver() throws(Failure) {
    if workers < 2 ? taken >= Work.batchLength : copies.isFull(Work.batchLength) { try handOverAll() }
  }

  /// Hands over the rest, and delivers all products.
  mutating func finish() throws(Failure) {
    try handOverAll()
    while !underway.isEmpty { try deliverOldest() }
  }

  /// Hands over what was taken.
  private mutating func handOverAll() throws(Failure) {
    guard workers > 1 else {
      taken = 0
      return try deliver(work.take())
    }
    guard !copies.isEmpty else { return }
    if underway.count >= workers { try deliverOldest() }
    let batch = copies, isSeveral = isSeveral, spare = spare
    copies = spare.takeCopies()
    underway.append(Background(workers: workers) { spare.work(on: batch, isSeveral: isSeveral) })
  }

  /// Waits for the oldest product and delivers it.
  private mutating func deliverOldest() throws(Failure) {
    if let product = underway.removeFirst().take() { try deliver(product) }
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
