import Crypto
import DNSWire

/// Verifies signatures while a capture is still being read, with the keys that were seen so far.
///
/// What comes of it is only used where the capture as a whole wants it, so that words and counts are those of a validator
/// that begins at the end. Work is bounded by the limits on each message, as it is there.
/// One thread at a time calls it: unchecked, because the compiler cannot see that it is handed from the one that reads to
/// the one that judges.
package final class EarlyVerification: @unchecked Sendable {
  private let limits: ValidationLimits
  /// What verifies, and the fields and the keys read so far.
  let jobs: VerificationJobs
  private(set) var fields = SignatureFields(), keys: KeyStore
  /// Answers looked at.
  private var taken = 0
  /// By signer, answers that wait for its first keys, or for others.
  private var waiting: [UInt32: [UInt32]] = [:], waitingCount = 0
  /// Answers that may wait; those beyond are verified in the end, on all cores.
  private static let maximumWaiting = 1 << 16

  /// Nothing verified yet.
  /// - Parameters:
  ///   - workers: threads that verify, the one that calls among them.
  ///   - memory: what earlier runs found valid.
  package init(
    limits: ValidationLimits, policy: ValidationPolicy, workers: Int, method: VerificationMethod = .fast,
    memory: SignatureMemory? = nil
  ) {
    self.limits = limits
    jobs = VerificationJobs(
      VerificationPool(workers: workers, method: method),
      recall: memory.map { SignatureRecall($0, method: method) })
    keys = KeyStore(policy: policy)
  }

  /// Gives what was read away: the keys, and the fields of RRSIGs, of which there are many. No answers come after this.
  func handOver() -> (fields: SignatureFields, keys: KeyStore) {
    defer { (fields, waiting) = (SignatureFields(), [:]) }
    return (fields, keys)
  }

  /// Takes the answers that have come since the last call. The store has only grown.
  package func take(_ answers: AnswerStore, store: RRsetStore) {
    defer { jobs.offer() }
    let before = keys.entries.count, first = taken
    taken = answers.count
    for index in first..<taken {
      keys.learn(answers.answer(AnswerID(rawValue: UInt32(truncatingIfNeeded: index))), limits, store)
    }
    var signers = SignerKeys(keys)
    for index in first..<taken {
      prepare(UInt32(truncatingIfNeeded: index), answers, store, &signers, mayWait: true)
    }
    let zones = Set(keys.entries[before...].map(\.owner))
    guard !zones.isEmpty, !waiting.isEmpty else { return }
    for signer in waiting.keys.sorted() where zones.contains(fields.signers[Int(signer)].name) {
      let released = waiting.removeValue(forKey: signer) ?? []
      waitingCount -= released.count
      for index in released { prepare(index, answers, store, &signers, mayWait: false) }
    }
  }

  /// Hands over the RRSIGs of an answer whose keys are there, within the limits of one message.
  private func prepare(
    _ index: UInt32, _ answers: AnswerStore, _ store: RRsetStore, _ signers: inout SignerKeys, mayWait: Bool
  ) {
    var budget = limits.verificationsPerMessage, isWaiting = !mayWait
    for rrset in answers.answer(AnswerID(rawValue: index)).rrsets where !rrset.signatures.isEmpty {
      for signature in rrset.signatures.prefix(limits.signaturesPerRRset) {
        let data = fields.read(signature, in: store)
        guard SignatureBook.fault(store.rrset(rrset.rrset), data, fields) == nil else { continue }
        let candidates = signers.number(data, fields)
        switch signers[candidates].verdict {
        case .keyNotSeen, .noKey:
          if !isWaiting { isWaiting = wait(index, for: data.signer) }
        case nil:
          let pair = SignaturePair(rrset: rrset.rrset.rawValue, signature: signature.rawValue)
          attempt(pair, data, signers[candidates].ids, store, &budget)
        default: break
        }
      }
    }
  }

  /// Hands over an RRSIG with the keys that it may mean.
  private func attempt(
    _ pair: SignaturePair, _ data: SignatureFields.Entry, _ ids: [KeyID], _ store: RRsetStore,
    _ budget: inout Int
  ) {
    for id in ids.prefix(min(limits.keysPerSignature, budget)) {
      guard let key = keys[id].publicKey else { continue }
      budget -= 1
      let job = VerificationJobs.Job(pair: pair, key: UInt32(truncatingIfNeeded: id.rawValue))
      jobs.addEarly(job, key, data, store)
    }
  }

  /// Has an answer wait for keys of a signer; true when it does, or cannot.
  private func wait(_ index: UInt32, for signer: UInt32) -> Bool {
    guard waitingCount < EarlyVerification.maximumWaiting else { return true }
    waiting[signer, default: []].append(index)
    waitingCount += 1
    return true
  }
}
