import DNSWire

/// What one message cost, and which limits it met. A reference, because most messages have none.
package final class MessageWork: Sendable {
  /// Keys of a zone that share a tag, more of them than are tried.
  package struct CrowdedTag: Hashable, Sendable {
    /// The zone, and what an RRSIG says of its key.
    package let zone: Name, keyTag: UInt16, algorithm: UInt8
    /// How many keys were seen that it fits.
    package let keys: Int
  }

  /// RRSIGs in the message; and those in period that a limit left untried, with some keys or all.
  package let signatures: Int, skippedSignatures: Int
  /// The tags that made the work of these, the first few.
  package let crowdedTags: [CrowdedTag]
  /// DNSKEY and DS records beyond those of a set that are looked at.
  package let leftOutRecords: Int
  /// Names hashed for its denials and its zones, and the blocks of SHA-1 that they took.
  package let hashes: Int, blocks: Int
  /// Whether a limit on hashes stopped a denial.
  package let isHashLimitReached: Bool
  /// The most iterations, and the longest salt in octets, among its NSEC3 records; nil without any.
  package let iterations: UInt16?, saltLength: Int?

  /// Crowded tags that are named: one message's story is told by a few.
  private static let tagLimit = 8

  /// The work of a message that is judged.
  init(_ answer: Answer, _ judgements: [RRsetJudgement], _ walker: ChainWalker) {
    signatures = answer.rrsets.indices.reduce(0) { $0 + answer.rrsets.signatureCount($1) }
    skippedSignatures = judgements.reduce(0) { $0 + $1.skippedInPeriod }
    crowdedTags = skippedSignatures == 0 ? [] : MessageWork.crowdedTags(answer, judgements, walker)
    leftOutRecords = MessageWork.leftOutRecords(answer, walker.limits)
    (hashes, blocks) = walker.prover.messageCost
    isHashLimitReached = walker.prover.limitsReached > 0
    var most: HashingCost?
    for position in answer.rrsets.indices where answer.rrsets.type(position) == .nsec3 {
      guard let cost = walker.hashingCost(of: answer.rrsets.id(position)) else { continue }
      most = most.map { $0.most(with: cost) } ?? cost
    }
    (iterations, saltLength) = (most?.iterations, most?.saltLength)
  }

  /// Whether a limit was met on the way to a signature.
  package var isKeyLimitReached: Bool { skippedSignatures > 0 || leftOutRecords > 0 }

  /// Records of DNSKEY and DS RRsets beyond the limit of one.
  static func leftOutRecords(_ answer: Answer, _ limits: ValidationLimits) -> Int {
    var sum = 0
    for position in answer.rrsets.indices {
      let type = answer.rrsets.type(position)
      guard type == .dnskey || type == .ds else { continue }
      sum += max(0, Int(answer.rrsets[position].recordCount) - limits.recordsPerKeySet)
    }
    return sum
  }

  /// The tags of skipped RRSIGs that more keys have than are tried.
  private static func crowdedTags(_ answer: Answer, _ judgements: [RRsetJudgement], _ walker: ChainWalker)
    -> [CrowdedTag]
  {
    var found: [CrowdedTag] = []
    for (rrset, judgement) in zip(answer.rrsets, judgements) where judgement.skippedInPeriod > 0 {
      for (id, status) in zip(rrset.signatures, judgement.signatures) where status == .skippedLimit {
        guard found.count < tagLimit, let data = walker.book.fields(of: id) else { continue }
        let keys = walker.keys.keys(of: data.signer, keyTag: data.keyTag, algorithm: data.algorithm).count
        let tag = CrowdedTag(zone: data.signer, keyTag: data.keyTag, algorithm: data.algorithm, keys: keys)
        if keys > walker.limits.keysPerSignature, !found.contains(tag) { found.append(tag) }
      }
    }
    return found
  }
}

extension MessageWork: Equatable {
  /// Whether two messages cost the same.
  package static func == (a: MessageWork, b: MessageWork) -> Bool {
    a === b
      || a.signatures == b.signatures && a.skippedSignatures == b.skippedSignatures
        && a.crowdedTags == b.crowdedTags && a.leftOutRecords == b.leftOutRecords && a.hashes == b.hashes
        && a.blocks == b.blocks && a.isHashLimitReached == b.isHashLimitReached
        && a.iterations == b.iterations && a.saltLength == b.saltLength
  }
}

/// What the NSEC3 records of an RRset ask for.
struct HashingCost: Sendable {
  /// The most iterations, and the longest salt in octets.
  let iterations: UInt16, saltLength: Int

  /// The most of two.
  func most(with other: HashingCost) -> HashingCost {
    HashingCost(
      iterations: max(iterations, other.iterations), saltLength: max(saltLength, other.saltLength))
  }
}

extension ChainWalker {
  /// What the NSEC3 records of an RRset ask for, read once; nil where none can be read.
  fileprivate func hashingCost(of rrset: RRsetID) -> HashingCost? {
    if let known = hashingCosts[rrset] { return known }
    var most: HashingCost?
    store.forEachRData(of: rrset) { rdata in
      guard let data = try? NSEC3Data(rdata) else { return }
      let cost = HashingCost(iterations: data.iterations, saltLength: data.salt.count)
      most = most.map { $0.most(with: cost) } ?? cost
    }
    hashingCosts[rrset] = .some(most)
    return most
  }
}
