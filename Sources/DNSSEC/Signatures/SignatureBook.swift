import Crypto
import DNSWire

/// Every distinct RRSIG over every distinct RRset, verified once however many packets repeat it.
struct SignatureBook: Sendable {
  private var fields: SignatureFields
  private var table = SignatureResults()
  /// Answers, and keys, that there were when RRSIGs were verified last.
  private var preparedAnswers = 0, preparedKeys = 0
  /// Cryptographic operations done.
  private(set) var verificationCount = 0
  /// RRSIGs that a work limit left untried.
  var skippedCount: Int { table.count { $0 == .skippedLimit } }

  /// Answers after which the memory of what was read for them is given back: the next ones read what stands elsewhere.
  private static let letGoInterval = 1 << 14

  /// A book without results.
  init(fields: SignatureFields = SignatureFields()) { self.fields = fields }

  /// The fields of an RRSIG; nil when its RDATA is not sound.
  mutating func fields(of id: SignatureID, in store: RRsetStore) -> RRSIGData? {
    let entry = fields.read(id, in: store)
    return fields.data(entry)
  }

  /// The number of an RRSIG's signer; nil when its RDATA is not sound.
  mutating func signer(of id: SignatureID, in store: RRsetStore) -> Int? {
    let signer = fields.read(id, in: store).signer
    return signer == SignatureFields.malformed ? nil : Int(signer)
  }

  /// The name of a signer of a number.
  func signerName(_ number: Int) -> Name { fields.signers[number].name }

  /// The fields of an RRSIG that was prepared before.
  func fields(of id: SignatureID) -> RRSIGData? { fields.data(fields[id]) }

  /// The fields in front of the signer's name of an RRSIG that was prepared before, which count no reference; nil when its
  /// RDATA is not sound.
  func fixedFields(of id: SignatureID) -> RRSIGFixedFields? {
    let entry = fields[id]
    return entry.signer == SignatureFields.malformed ? nil : entry.fixed
  }

  /// Whether a zone is the signer of an RRSIG that was prepared before.
  func isSigned(_ id: SignatureID, by zone: Name) -> Bool {
    let signer = fields[id].signer
    return signer != SignatureFields.malformed && fields.signers[Int(signer)].name == zone
  }

  /// The truth about a pair; what was never prepared was left out by a limit.
  func result(_ rrset: RRsetID, _ signature: SignatureID) -> SignatureResult {
    table[SignaturePair(rrset: rrset.rawValue, signature: signature.rawValue)].result ?? .skippedLimit
  }

  /// Verifies all RRSIGs of the answers that were not verified before. `answers` begins with those of the call before: of
  /// these only RRSIGs are tried again that lacked a key then, and only when keys have come.
  /// - Parameters:
  ///   - crowded: when the answers were seen that have more RRSIGs than are tried.
  ///   - jobs: what verifies, perhaps with some done early.
  mutating func verify(
    _ answers: [Answer], crowded: CrowdedAnswers, store: RRsetStore, keys: KeyStore, limits: ValidationLimits,
    jobs: VerificationJobs
  ) {
    var round = Round(keys: keys, signers: SignerKeys(keys), limits: limits, jobs: jobs)
    table.reserve(store.signatureCount)
    let known = preparedAnswers, hasNewKeys = preparedAnswers > 0 && keys.entries.count > preparedKeys
    if hasNewKeys { reopen(keys) }
    for (index, answer) in answers.enumerated() where hasNewKeys || index >= known {
      if index % SignatureBook.letGoInterval == 0 { store.letGo() }
      let times = crowded.times(of: answer)
      if times.isEmpty { prepare(answer, isNew: index >= known, nil, store, &round) }
      for time in times { prepare(answer, isNew: index >= known, time, store, &round) }
    }
    (preparedAnswers, preparedKeys) = (answers.count, keys.entries.count)
    verificationCount += round.attempts.count
    let verdicts = jobs.finish()
    for attempt in round.attempts where verdicts[Int(attempt.number)] {
      if case .verified = table[attempt.job.pair].result { continue }
      table[attempt.job.pair].result = .verified(KeyID(rawValue: Int(attempt.job.key)))
    }
  }

  /// What a call of `verify` works with.
  private struct Round {
    let keys: KeyStore
    var signers: SignerKeys
    let limits: ValidationLimits, jobs: VerificationJobs
    /// The RRSIGs that are tried with keys, in the order in which the first success counts.
    var attempts: [(job: VerificationJobs.Job, number: UInt32)] = []
  }

  /// Forgets what was said of RRSIGs for want of a key that has come since.
  private mutating func reopen(_ keys: KeyStore) {
    let fields = fields
    table.forget { pair, entry in
      guard let data = fields.data(fields[SignatureID(rawValue: pair.signature)]) else { return false }
      let count = keys.keys(of: data.signer, keyTag: data.keyTag, algorithm: data.algorithm).count
      return switch entry.result {
      case .keyNotSeen: keys.hasKeys(of: data.signer)
      case .noKey, .failed: count > entry.tries?.candidates ?? 0
      case .skippedLimit: entry.tries.map { count > $0.candidates } ?? false
      default: false
      }
    }
  }

  /// Settles what needs no cryptography, and lists the rest, within the limits of one message.
  /// - Parameter time: when the message was seen, for one that has more RRSIGs than are tried.
  private mutating func prepare(
    _ answer: Answer, isNew: Bool, _ time: Int64?, _ store: RRsetStore, _ round: inout Round
  ) {
    var budget = round.limits.verificationsPerMessage
    for rrset in answer.rrsets where !rrset.signatures.isEmpty {
      // Which signer is the right one only a chain tells, and that comes later: each has the tries of an RRset.
      var tried: [UInt32: Int] = [:]
      let limit = round.limits.signaturesPerRRset, isCrowded = rrset.signatures.count > limit
      let order = isCrowded ? inPeriodFirst(rrset.signatures, at: time, store) : rrset.signatures
      for signature in order {
        let pair = SignaturePair(rrset: rrset.rrset.rawValue, signature: signature.rawValue)
        let known = table[pair]
        if let result = known.result, result != .skippedLimit || !isNew { continue }
        let data = fields.read(signature, in: store)
        if let malformed = SignatureBook.fault(store.rrset(rrset.rrset), data, fields) {
          table[pair].result = malformed
          continue
        }
        let candidates = round.signers.number(data, fields)
        if let settled = round.signers[candidates].verdict {
          table[pair].result = settled
          continue
        }
        guard known.tries?.tried ?? 0 < round.limits.keysPerSignature else { continue }
        if isCrowded {
          tried[data.signer, default: 0] += 1
          if tried[data.signer, default: 0] > limit {
            table[pair].result = .skippedLimit
            continue
          }
        }
        attempt(pair, data, candidates, store, &budget, &round)
      }
    }
  }

  /// Lists an RRSIG with the keys that it may mean, as far as the limits go: those that an earlier message tried on it
  /// cost nothing. Where some are left out the RRSIG counts as untried, unless one of the others made it.
  private mutating func attempt(
    _ pair: SignaturePair, _ data: SignatureFields.Entry, _ candidates: Int, _ store: RRsetStore,
    _ budget: inout Int, _ round: inout Round
  ) {
    let ids = round.signers[candidates].ids, before = table[pair].tries?.tried ?? 0
    let end = min(ids.count, round.limits.keysPerSignature, before + budget)
    budget -= end - before
    for id in ids[before..<end] {
      guard let key = round.keys[id].publicKey else { continue }
      let job = VerificationJobs.Job(pair: pair, key: UInt32(truncatingIfNeeded: id.rawValue))
      round.attempts.append((job, round.jobs.number(job, key, data, store)))
    }
    table[pair].result = end < ids.count ? .skippedLimit : .failed
    table[pair].tries = (end, ids.count)
  }

  /// RRSIGs in period at a time before the others, which are no tries of a validator at that time.
  private mutating func inPeriodFirst(_ ids: SignatureIDs, at time: Int64?, _ store: RRsetStore)
    -> SignatureIDs
  {
    guard let time else { return ids }
    var timely: [SignatureID] = [], others: [SignatureID] = []
    for id in ids {
      var moment = Moment(time)
      let isTimely = fields(of: id, in: store).map { moment.compare($0) == .within } ?? false
      if isTimely { timely.append(id) } else { others.append(id) }
    }
    return SignatureIDs(timely + others)
  }

  /// The result that the fields alone give (RFC 4035 §5.3.1); nil when a key has to be tried.
  static func fault(
    _ rrset: RRsetView, _ data: SignatureFields.Entry, _ fields: SignatureFields
  ) -> SignatureResult? {
    guard data.signer != SignatureFields.malformed, data.signatureLength > 0 else { return .malformed }
    let owner = rrset.ownerWire, labels = WireName.labelCount(owner)
    let signer = fields.signers[Int(data.signer)], surplus = labels - signer.labelCount
    let isBelow =
      surplus >= 0
      && equalBytes(owner.extracting(WireName.offset(behind: surplus, owner)...), signer.name.wire.span)
    guard Int(data.fixed.labels) <= (WireName.isWildcard(owner) ? labels - 1 : labels) else {
      return .malformed
    }
    // A wildcard that it was made from would lie above the signer's zone.
    guard Int(data.fixed.labels) >= signer.signedLabelCount || !isBelow else { return .malformed }
    guard Int32(bitPattern: data.fixed.expiration &- data.fixed.inception) >= 0 else { return .malformed }
    guard isBelow, data.fixed.typeCovered == rrset.type else { return .wrongSigner }
    // A DS belongs to the zone above its owner (RFC 4035 §2.4).
    if rrset.type == .ds, surplus == 0, labels > 0 { return .wrongSigner }
    return nil
  }
}
