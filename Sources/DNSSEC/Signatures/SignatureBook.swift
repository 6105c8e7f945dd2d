import Crypto
import DNSWire

/// Every distinct RRSIG over every distinct RRset, verified once however many packets repeat it.
struct SignatureBook: Sendable {
  private var results: [SignaturePair: SignatureResult] = [:]
  private var fields: [RRSIGData?] = []
  /// With how many keys RRSIGs were tried, and how many there were, for those that verify with none of them.
  private var tries: [SignaturePair: Tries] = [:]
  /// The first keys that an RRSIG may mean, which were tried on it, and how many it may mean.
  private struct Tries: Sendable {
    let tried: Int, candidates: Int
  }

  /// Answers, and keys, that there were when RRSIGs were verified last.
  private var preparedAnswers = 0, preparedKeys = 0
  /// Cryptographic operations done.
  private(set) var verificationCount = 0
  /// RRSIGs that a work limit left untried.
  var skippedCount: Int { results.values.count { $0 == .skippedLimit } }

  /// The fields of an RRSIG; nil when its RDATA is not sound.
  mutating func fields(of id: SignatureID, in store: RRsetStore) -> RRSIGData? {
    while fields.count <= Int(id.rawValue) {
      fields.append(try? RRSIGData(store.signature(SignatureID(rawValue: UInt32(fields.count)))))
    }
    return fields[Int(id.rawValue)]
  }

  /// The fields of an RRSIG that was prepared before.
  func fields(of id: SignatureID) -> RRSIGData? { fields[Int(id.rawValue)] }

  /// The truth about a pair; what was never prepared was left out by a limit.
  func result(_ rrset: RRsetID, _ signature: SignatureID) -> SignatureResult {
    results[SignaturePair(rrset: rrset.rawValue, signature: signature.rawValue)] ?? .skippedLimit
  }

  /// Verifies all RRSIGs of the answers that were not verified before, on all cores. `answers` begins with those of the
  /// call before: of these only RRSIGs are tried again that lacked a key then, and only when keys have come.
  /// - Parameter crowded: when the answers were seen that have more RRSIGs than are tried.
  mutating func verify(
    _ answers: [Answer], crowded: CrowdedAnswers, store: RRsetStore, keys: KeyStore, limits: ValidationLimits,
    workers: Int, method: VerificationMethod
  ) {
    let jobs = VerificationJobs(store: store, pool: VerificationPool(workers: workers, method: method))
    let known = preparedAnswers, hasNewKeys = preparedAnswers > 0 && keys.entries.count > preparedKeys
    if hasNewKeys { reopen(keys) }
    for (index, answer) in answers.enumerated() where hasNewKeys || index >= known {
      let times = crowded.times(of: answer)
      if times.isEmpty { prepare(answer, isNew: index >= known, nil, store, keys, limits, jobs) }
      for time in times { prepare(answer, isNew: index >= known, time, store, keys, limits, jobs) }
    }
    (preparedAnswers, preparedKeys) = (answers.count, keys.entries.count)
    verificationCount += jobs.jobs.count
    for (job, success) in zip(jobs.jobs, jobs.pool.finish()) where success {
      if case .verified = results[job.pair] { continue }
      results[job.pair] = .verified(job.id)
    }
  }

  /// Forgets what was said of RRSIGs for want of a key that has come since.
  private mutating func reopen(_ keys: KeyStore) {
    let open = results.filter { pair, result in
      switch result {
      case .keyNotSeen: fields[Int(pair.signature)].map { keys.hasKeys(of: $0.signer) } ?? false
      case .noKey, .failed: candidates(pair, keys) > tries[pair]?.candidates ?? 0
      case .skippedLimit: tries[pair].map { candidates(pair, keys) > $0.candidates } ?? false
      default: false
      }
    }
    for pair in open.keys { (results[pair], tries[pair]) = (nil, nil) }
  }

  /// How many keys an RRSIG may mean.
  private func candidates(_ pair: SignaturePair, _ keys: KeyStore) -> Int {
    fields[Int(pair.signature)].map {
      keys.keys(of: $0.signer, keyTag: $0.keyTag, algorithm: $0.algorithm).count
    } ?? 0
  }

  /// Settles what needs no cryptography, and lists the rest, within the limits of one message.
  /// - Parameter time: when the message was seen, for one that has more RRSIGs than are tried.
  private mutating func prepare(
    _ answer: Answer, isNew: Bool, _ time: Int64?, _ store: RRsetStore, _ keys: KeyStore,
    _ limits: ValidationLimits,
    _ jobs: VerificationJobs
  ) {
    var budget = limits.verificationsPerMessage
    for rrset in answer.rrsets {
      // Which signer is the right one only a chain tells, and that comes later: each has the tries of an RRset.
      var tried: [Name: Int] = [:]
      let isCrowded = rrset.signatures.count > limits.signaturesPerRRset
      let order = isCrowded ? inPeriodFirst(rrset.signatures, at: time, store) : rrset.signatures
      for signature in order {
        let pair = SignaturePair(rrset: rrset.rrset.rawValue, signature: signature.rawValue)
        if let known = results[pair], known != .skippedLimit || !isNew { continue }
        let data = fields(of: signature, in: store)
        if let settled = SignatureBook.settle(store.rrset(rrset.rrset), data, keys) {
          results[pair] = settled
          continue
        }
        guard let data, tries[pair]?.tried ?? 0 < limits.keysPerSignature else { continue }
        if isCrowded {
          tried[data.signer, default: 0] += 1
          if tried[data.signer, default: 0] > limits.signaturesPerRRset {
            results[pair] = .skippedLimit
            continue
          }
        }
        attempt(pair, data, keys, limits, &budget, jobs)
      }
    }
  }

  /// Lists an RRSIG with the keys that it may mean, as far as the limits go: those that an earlier message tried on it
  /// cost nothing. Where some are left out the RRSIG counts as untried, unless one of the others made it.
  private mutating func attempt(
    _ pair: SignaturePair, _ data: RRSIGData, _ keys: KeyStore, _ limits: ValidationLimits,
    _ budget: inout Int,
    _ jobs: VerificationJobs
  ) {
    let candidates = keys.keys(of: data.signer, keyTag: data.keyTag, algorithm: data.algorithm)
    let before = tries[pair]?.tried ?? 0,
      end = min(candidates.count, limits.keysPerSignature, before + budget)
    budget -= end - before
    for id in candidates[before..<end] {
      if let key = keys[id].publicKey { jobs.add(pair, id, key, data) }
    }
    results[pair] = end < candidates.count ? .skippedLimit : .failed
    tries[pair] = Tries(tried: end, candidates: candidates.count)
  }

  /// RRSIGs in period at a time before the others, which are no tries of a validator at that time.
  private mutating func inPeriodFirst(_ ids: [SignatureID], at time: Int64?, _ store: RRsetStore)
    -> [SignatureID]
  {
    guard let time else { return ids }
    var timely: [SignatureID] = [], others: [SignatureID] = []
    for id in ids {
      var moment = Moment(time)
      let isTimely = fields(of: id, in: store).map { moment.compare($0) == .within } ?? false
      if isTimely { timely.append(id) } else { others.append(id) }
    }
    return timely + others
  }

  /// The result that fields and keys alone give (RFC 4035 §5.3.1); nil when a key has to be tried.
  private static func settle(_ rrset: RRsetView, _ data: RRSIGData?, _ keys: KeyStore) -> SignatureResult? {
    guard let data, data.signatureLength > 0 else { return .malformed }
    let owner = rrset.owner
    guard Int(data.labels) <= SignedData.labelCount(owner) else { return .malformed }
    // A wildcard that it was made from would lie above the signer's zone.
    guard Int(data.labels) >= SignedData.labelCount(data.signer) || !owner.isSubdomain(of: data.signer) else {
      return .malformed
    }
    guard Int32(bitPattern: data.expiration &- data.inception) >= 0 else { return .malformed }
    guard owner.isSubdomain(of: data.signer), data.typeCovered == rrset.type else { return .wrongSigner }
    // A DS belongs to the zone above its owner (RFC 4035 §2.4).
    if rrset.type == .ds, data.signer == owner, !owner.isRoot { return .wrongSigner }
    guard keys.policy.scheme(of: data.algorithm) != nil else { return .unsupportedAlgorithm }
    guard keys.hasKeys(of: data.signer) else { return .keyNotSeen }
    guard !keys.keys(of: data.signer, keyTag: data.keyTag, algorithm: data.algorithm).isEmpty else {
      return .noKey
    }
    return nil
  }
}

/// The verifications to do.
private final class VerificationJobs {
  /// One RRSIG with one key.
  struct Job {
    let pair: SignaturePair, id: KeyID
  }

  let store: RRsetStore, pool: VerificationPool
  private(set) var jobs: [Job] = []
  private var groups: [KeyID: Int] = [:], octets: [UInt8] = []

  init(store: RRsetStore, pool: VerificationPool) { (self.store, self.pool) = (store, pool) }

  /// Hands an RRSIG over with one key.
  func add(_ pair: SignaturePair, _ id: KeyID, _ key: PublicKey, _ fields: RRSIGData) {
    let group = groups[id] ?? pool.register(key)
    groups[id] = group
    jobs.append(Job(pair: pair, id: id))
    let store = store, rdata = store.signature(SignatureID(rawValue: pair.signature))
    octets.removeAll(keepingCapacity: true)
    SignedData.append(store.rrset(RRsetID(rawValue: pair.rrset)), signature: rdata, fields, to: &octets)
    let start = octets.count
    for i in fields.headerLength..<rdata.count { octets.append(rdata[i]) }
    pool.add(octets, dataCount: start, group: group)
  }
}
