import DNSWire

/// Judges RRSIGs, each for itself: what people are told of each, while one that verifies is enough for the RRset.
struct SignatureJudge {
  let walker: ChainWalker

  /// The statuses of an RRset's RRSIGs, whoever signed.
  func statuses(of rrset: AnswerRRset, _ moment: inout Moment) -> [SignatureStatus] {
    rrset.signatures.map { status(of: $0, over: rrset.rrset, &moment) }
  }

  /// The statuses of the RRSIGs of an RRset with an owner, by who may sign for it.
  func statuses(of rrset: AnswerRRset, _ owner: NameID, _ moment: inout Moment) -> [SignatureStatus] {
    withoutForeignSigners(statuses(of: rrset, &moment), rrset, owner, &moment)
  }

  /// RRSIGs that a work limit left untried although they are in period: others are no tries of a validator.
  func skippedInPeriod(_ rrset: AnswerRRset, _ statuses: [SignatureStatus], _ moment: inout Moment)
    -> Int
  {
    guard statuses.contains(.skippedLimit) else { return 0 }
    var count = 0
    for (id, status) in zip(rrset.signatures, statuses) where status == .skippedLimit {
      if let data = walker.book.fields(of: id), moment.compare(data) == .within { count += 1 }
    }
    return count
  }

  /// Marks the RRSIGs of zones above a secure cut, which may not sign below it; the parent's NSEC at the cut is no
  /// such data (RFC 4035 §2.3).
  private func withoutForeignSigners(
    _ statuses: [SignatureStatus], _ rrset: AnswerRRset, _ owner: NameID, _ moment: inout Moment
  ) -> [SignatureStatus] {
    guard rrset.type != .nsec else { return statuses }
    let base = rrset.type == .ds ? walker.parentOrSelf(owner) : owner
    guard case .secure(let zone) = walker.walk(to: base, &moment).state else { return statuses }
    let isOwn = rrset.signatures.allSatisfy {
      walker.book.fields(of: $0).map { $0.signer == zone.name } ?? true
    }
    if isOwn { return statuses }
    return zip(rrset.signatures, statuses).map { id, status in
      guard let signer = walker.book.fields(of: id)?.signer, signer != zone.name else { return status }
      return zone.name.isSubdomain(of: signer) ? .wrongSigner : status
    }
  }

  /// The status of an RRSIG: cryptography first, then time.
  private func status(of id: SignatureID, over rrset: RRsetID, _ moment: inout Moment) -> SignatureStatus {
    switch walker.book.result(rrset, id) {
    case .verified:
      guard let data = walker.book.fields(of: id) else { return .malformed }
      switch moment.compare(data) {
      case .within: return .verified
      case .after: return .expired
      case .before: return .notYetValid
      }
    case .failed: return .failed
    case .noKey: return .noKey
    case .keyNotSeen: return .keyNotSeen
    case .unsupportedAlgorithm: return .unsupportedAlgorithm
    case .malformed: return .malformed
    case .wrongSigner: return .wrongSigner
    case .skippedLimit: return .skippedLimit
    }
  }
}
