import DNSWire

/// What one RRSIG does for an RRset in a zone at a moment.
enum SignatureCheck: Sendable {
  /// It validates the RRset with a key; the labels that were signed when the owner was expanded from a wildcard.
  case valid(KeyID, wildcardLabels: UInt8?)
  /// It does not.
  case invalid(SignatureFailure)
}

/// Why an RRSIG does not validate its RRset.
struct SignatureFailure: Sendable {
  /// The extended error for it.
  let code: ExtendedErrorCode
  /// In words.
  let reason: String
  /// Whether a work limit is all that speaks against it.
  var isLimit = false
  /// The time alone is at fault: with these, another time would have been fine.
  var isTimeOnly: Bool { code == .signatureExpired || code == .signatureNotYetValid }

  /// How near to success it came: of several failures the nearest tells most.
  var rank: Int {
    // What was not tried may have been the one that counts (RFC 4035 §5.3.1).
    switch code {
    case _ where isLimit: 0
    case .signatureExpired, .signatureNotYetValid: 1
    case .bogus: 2
    case .noZoneKeyBitSet: 3
    case .dnskeyMissing: 4
    case .signatureExpiredBeforeValid: 5
    default: 6
    }
  }
}

extension SignatureFailure {
  /// The failure of an RRSIG by its time.
  static func time(_ data: RRSIGData, _ timeliness: Timeliness, _ moment: Moment) -> SignatureFailure {
    let label = "RRSIG of \(data.signer) with key tag \(data.keyTag)"
    let expires = timeText(moment.absolute(data.expiration)),
      begins = timeText(moment.absolute(data.inception))
    return timeliness == .after
      ? SignatureFailure(
        code: .signatureExpired, reason: "\(label) expired at \(expires), before the time judged at")
      : SignatureFailure(
        code: .signatureNotYetValid, reason: "\(label) is valid from \(begins), after the time judged at")
  }
}

extension ChainWalker {
  /// What an RRSIG does for an RRset of a zone (RFC 4035 §5.3): cryptography, then its key, then the time.
  func check(_ id: SignatureID, over rrset: RRsetID, in zone: SecureZone, _ moment: inout Moment)
    -> SignatureCheck
  {
    guard let fixed = book.fixedFields(of: id) else {
      return .invalid(SignatureFailure(code: .bogus, reason: "an RRSIG that cannot be read"))
    }
    guard case .verified(let key) = book.result(rrset, id), zone.vouches(for: key) else {
      return .invalid(failure(id, over: rrset, in: zone, moment))
    }
    guard moment.compare(fixed) == .within else {
      return .invalid(failure(id, over: rrset, in: zone, moment))
    }
    // The first octet of the owner is only looked at where it matters: it lies far away.
    let owner = ownerID(of: rrset), surplus = names.labelCount(owner) - Int(fixed.labels)
    let isExpanded = surplus > 0 && (surplus > 1 || !names.isWildcard(owner))
    return .valid(key, wildcardLabels: isExpanded ? fixed.labels : nil)
  }

  /// Why an RRSIG does nothing for an RRset of a zone.
  private func failure(
    _ id: SignatureID, over rrset: RRsetID, in zone: SecureZone, _ moment: Moment
  ) -> SignatureFailure {
    guard let data = book.fields(of: id) else {
      return SignatureFailure(code: .bogus, reason: "an RRSIG that cannot be read")
    }
    let result = book.result(rrset, id)
    guard case .verified(let key) = result else { return failure(result, data, zone, moment) }
    guard zone.keys.contains(key) else { return unvouched(key, data, zone) }
    var own = moment
    return .time(data, own.compare(data), moment)
  }

  /// The failure of an RRSIG that was not verified, whatever the reason.
  private func failure(
    _ result: SignatureResult, _ data: RRSIGData, _ zone: SecureZone, _ moment: Moment
  ) -> SignatureFailure {
    let label = "RRSIG of \(data.signer) with key tag \(data.keyTag) and algorithm \(data.algorithm)"
    switch result {
    case .noKey, .keyNotSeen:
      let wanted = "tag \(data.keyTag) and algorithm \(data.algorithm)"
      return SignatureFailure(
        code: .dnskeyMissing,
        reason: "no DNSKEY of \(zone.name) has \(wanted); keys seen: \(keyTags(of: zone))")
    case .unsupportedAlgorithm:
      return SignatureFailure(
        code: .rrsigsMissing,
        reason: "the only RRSIG uses algorithm \(data.algorithm), which is not supported")
    case .malformed where Int32(bitPattern: data.expiration &- data.inception) < 0:
      return SignatureFailure(
        code: .signatureExpiredBeforeValid, reason: "\(label) expires before it becomes valid")
    case .malformed:
      return SignatureFailure(
        code: .bogus, reason: "\(label) does not fit the owner's labels or cannot be read")
    case .wrongSigner: return SignatureFailure(code: .bogus, reason: "\(label) cannot sign for this owner")
    case .skippedLimit: return skipped(label, data, moment)
    case .failed, .verified:
      return SignatureFailure(code: .bogus, reason: "\(label) does not verify over this RRset")
    }
  }

  /// The failure of an RRSIG that a work limit left untried; out of period it would not have been tried at all. Nobody
  /// vouches for its period: it narrows no moment, or whoever writes many could have everything judged anew each second.
  private func skipped(_ label: String, _ data: RRSIGData, _ moment: Moment) -> SignatureFailure {
    var own = moment
    let timeliness = own.compare(data)
    guard timeliness == .within else { return .time(data, timeliness, moment) }
    return SignatureFailure(
      code: .bogus,
      reason: "\(label) was not tried with every key: a work limit of one message was reached",
      isLimit: true)
  }

  /// The failure of an RRSIG by a key that the chain does not vouch for.
  private func unvouched(_ id: KeyID, _ data: RRSIGData, _ zone: SecureZone) -> SignatureFailure {
    let key = keys[id].data
    if !key.isZoneKey {
      return SignatureFailure(
        code: .noZoneKeyBitSet,
        reason: "DNSKEY \(data.keyTag) of \(zone.name) made the RRSIG and lacks the zone key bit")
    }
    let fault =
      key.isRevoked
      ? "is revoked"
      : key.protocolNumber != 3
        ? "has protocol \(key.protocolNumber)"
        : "is in no DNSKEY RRset that the chain vouches for at this time"
    return SignatureFailure(
      code: .dnskeyMissing, reason: "DNSKEY \(data.keyTag) of \(zone.name) made the RRSIG and \(fault)")
  }

  /// The key tags of a zone, for people.
  func keyTags(of zone: SecureZone) -> String {
    let tags = zone.keys.map { keys[$0].keyTag }.sorted()
    return tags.isEmpty ? "none" : tags.map { String($0) }.joined(separator: ", ")
  }

  /// Why no RRSIG of a zone validates an RRset; nil when one does.
  func fault(
    of rrset: RRsetID, _ signatures: SignatureIDs, in zone: SecureZone, _ moment: inout Moment
  ) -> SignatureFailure? {
    var best: SignatureFailure?
    for signature in signatures where book.isSigned(signature, by: zone.name) {
      let failure: SignatureFailure
      switch check(signature, over: rrset, in: zone, &moment) {
      case .valid(_, let labels):
        // Nobody delegates a name that does not exist: a wildcard's DS is none of the name's.
        if labels == nil || store.type(of: rrset) != .ds { return nil }
        failure = SignatureFailure(
          code: .bogus, reason: "the DS RRset of \(store.owner(of: rrset)) was made from a wildcard")
      case .invalid(let why): failure = why
      }
      if best.map({ failure.rank < $0.rank }) ?? true { best = failure }
    }
    return best
      ?? SignatureFailure(
        code: .rrsigsMissing,
        reason: "no RRSIG of \(zone.name) covers the \(typeText(rrset)) RRset of \(store.owner(of: rrset))")
  }

  /// The mnemonic of an RRset's type, for people.
  func typeText(_ rrset: RRsetID) -> String { store.type(of: rrset).mnemonic }
}
