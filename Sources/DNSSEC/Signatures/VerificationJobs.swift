import Bytes
import Crypto
import DNSWire

/// RRSIGs that a pool verifies with keys, and what it says in the end.
final class VerificationJobs {
  /// One RRSIG over one RRset with one key.
  struct Job: Hashable, Sendable {
    /// The RRSIG and the RRset.
    let pair: SignaturePair
    /// Number of the key.
    let key: UInt32
  }

  private let pool: VerificationPool
  /// What need not be verified again; nil when each run stands for itself.
  private let recall: SignatureRecall?
  /// Number of jobs that the pool got.
  private var count = 0
  /// The numbers of jobs that were handed over early, to be found again.
  private var early = EarlyJobs()
  /// By key, the number that the pool knows it by plus one, or 0.
  private var groups: [Int] = []
  private var octets: [UInt8] = []

  /// None yet.
  /// - Parameter recall: what earlier runs found valid, of which the pool hears nothing.
  init(_ pool: VerificationPool, recall: SignatureRecall? = nil) { (self.pool, self.recall) = (pool, recall) }

  /// What is known of valid signatures now; nil when each run stands for itself.
  var memory: SignatureMemory? { recall?.memory }

  /// Number of jobs that were handed over early.
  var earlyCount: Int { early.count }

  /// The number of a job, which is handed over unless that was done early.
  func number(_ job: Job, _ key: PublicKey, _ fields: SignatureFields.Entry, _ store: RRsetStore) -> UInt32 {
    if early.count > 0, let number = early[job] { return number }
    return add(job, key, fields, store)
  }

  /// Hands a job over that may be asked for later.
  func addEarly(_ job: Job, _ key: PublicKey, _ fields: SignatureFields.Entry, _ store: RRsetStore) {
    if early[job] == nil { early.note(job, add(job, key, fields, store)) }
  }

  /// Hands a job over.
  private func add(_ job: Job, _ key: PublicKey, _ fields: SignatureFields.Entry, _ store: RRsetStore)
    -> UInt32
  {
    let index = Int(job.key)
    while groups.count <= index { groups.append(0) }
    if groups[index] == 0 { groups[index] = pool.register(key) + 1 }
    let rdata = store.signature(SignatureID(rawValue: job.pair.signature)), end = Int(fields.headerLength)
    octets.removeAll(keepingCapacity: true)
    SignedData.append(
      store.rrset(RRsetID(rawValue: job.pair.rrset)), signature: rdata, headerLength: end,
      labels: Int(fields.fixed.labels), to: &octets)
    let dataCount = octets.count
    octets.append(rdata.extracting(end...))
    if !(recall?.knows(octets, dataCount: dataCount, key, number: index) ?? false) {
      pool.add(octets, dataCount: dataCount, group: groups[index] - 1)
    }
    count += 1
    return UInt32(truncatingIfNeeded: count - 1)
  }

  /// Sees that no thread is without work while some jobs wait for others of their keys.
  func offer() { pool.offer() }

  /// Whether each job's RRSIG is valid, by number, when all are done; the next job is the first again.
  func finish() -> [Bool] {
    (count, early) = (0, EarlyJobs())
    let verdicts = pool.finish()
    return recall?.complete(verdicts) ?? verdicts
  }
}
