import Bytes
import Crypto
import DNSWire

/// Follows chains of trust from the anchors down to any name, over verified evidence, at any time.
///
/// One link a function: an anchor (`Anchors.swift`), a delegation (`Delegation.swift`), a key set (`KeySets.swift`).
final class ChainWalker {
  let store: FrozenRRsets, book: SignatureBook, keys: KeyStore, evidence: ChainEvidence
  let anchors: [Name: [TrustAnchor]], limits: ValidationLimits
  var prover = DenialProver()
  private var walks: [Name: TimedResults<Walk>] = [:]
  /// NSEC and NSEC3 RRsets as provers read them, by RRset and the RRSIG that validates it.
  var readDenials: [SignaturePair: DenialEvidence] = [:]
  /// NSEC3 RRsets of delegations by zone and the name that they match.
  private var hashedSets: [Name: [Name: [ChainEvidence.DenialSet]]] = [:]
  /// The keys of DNSKEY RRsets, and digests of keys by digest type: made once, however many sets an attacker adds.
  var keyLists: [RRsetID: [KeyID]] = [:], keyDigests: [KeyID: [UInt8: [UInt8]]] = [:]
  /// The names about which anything is known.
  private let waypoints: Set<Name>

  /// A walker over everything that was seen, with RRSIGs already verified.
  init(
    store: RRsetStore, book: SignatureBook, keys: KeyStore, evidence: ChainEvidence, anchors: [TrustAnchor],
    limits: ValidationLimits
  ) {
    (self.store, self.book, self.keys) = (FrozenRRsets(store), book, keys)
    (self.evidence, self.limits) = (evidence, limits)
    self.anchors = Dictionary(grouping: anchors, by: \.zone)
    waypoints = evidence.cutSigns.union(evidence.dsDenials.keys).union(evidence.delegationSets.keys)
      .union(evidence.unprovenDenials.keys).union(self.anchors.keys)
  }

  /// The way from the closest anchor at or above a name (canonical) to that name.
  func walk(to name: Name, _ moment: inout Moment) -> Walk {
    if !waypoints.contains(name) {
      guard let parent = name.parent else { return noAnchor }
      let above = walk(to: parent, &moment)
      guard case .secure(let zone) = above.state, !hashedDelegations(at: name, in: zone.name).isEmpty else {
        return above
      }
    }
    if let known = walks[name]?.value(at: &moment) { return known }
    var own = Moment(moment.time)
    let result = step(to: name, &own)
    walks[name, default: TimedResults()].keep(result, for: own)
    moment.narrow(to: own.span)
    return result
  }

  /// The NSEC and NSEC3 RRsets of a zone that match a name, wherever they were seen, and show a delegation there.
  func delegationSets(at name: Name, in zone: Name) -> [ChainEvidence.DenialSet] {
    (evidence.delegationSets[name] ?? []).filter { $0.type == .nsec } + hashedDelegations(at: name, in: zone)
  }

  /// The NSEC3 RRsets among them: their owner is the name's hash with the zone's parameters (RFC 5155 §5).
  private func hashedDelegations(at name: Name, in zone: Name) -> [ChainEvidence.DenialSet] {
    guard let hashings = evidence.hashings[zone], name != zone else { return [] }
    if let known = hashedSets[zone]?[name] { return known }
    var found: [ChainEvidence.DenialSet] = []
    for parameters in hashings where parameters.iterations <= prover.limits.maximumIterations {
      let hash = IteratedHash.sha1(
        name: name.wire.span, salt: parameters.salt.span, iterations: Int(parameters.iterations))
      guard let owner = zone.child(Array(Base32Hex.encode(hash).utf8)) else { continue }
      found += (evidence.delegationSets[owner] ?? []).filter { $0.type == .nsec3 }
    }
    hashedSets[zone, default: [:]][name] = found
    return found
  }

  /// The walk to a name from the walk to its parent, or from an anchor there (the closest one wins, RFC 4035 §5).
  private func step(to name: Name, _ moment: inout Moment) -> Walk {
    if let anchored = anchoredZone(name, &moment) { return Walk(state: anchored, openCuts: []) }
    guard let parent = name.parent else { return noAnchor }
    let above = walk(to: parent, &moment)
    guard case .secure(let zone) = above.state else { return above }
    switch delegation(of: name, from: zone, &moment) {
    case .zone(let state): return Walk(state: state, openCuts: [])
    case .none: return above
    case .open(let failure):
      return Walk(state: above.state, openCuts: above.openCuts + [OpenCut(name: name, failure: failure)])
    }
  }

  /// The walk where no anchor covers the name.
  private var noAnchor: Walk {
    let text =
      anchors[.root] == nil
      ? "no trust anchor covers the name" : "no trust anchor for . is in force at this time"
    return Walk(state: .ended(Verdict(.indeterminate, ede: .indeterminate, text), at: .root), openCuts: [])
  }

  /// What an RRSIG does for an RRset of a zone (RFC 4035 §5.3).
  func check(_ id: SignatureID, over rrset: RRsetID, in zone: SecureZone, _ moment: inout Moment)
    -> SignatureCheck
  {
    guard let data = book.fields(of: id) else {
      return .invalid(SignatureFailure(code: .bogus, reason: "an RRSIG that cannot be read"))
    }
    let label = "RRSIG of \(data.signer) with key tag \(data.keyTag) and algorithm \(data.algorithm)"
    switch book.result(rrset, id) {
    case .verified(let key):
      guard zone.keys.contains(key) else { return .invalid(unvouched(key, data, zone)) }
      let timeliness = moment.compare(data)
      guard timeliness == .within else { return .invalid(.time(data, timeliness, moment)) }
      let expanded = Int(data.labels) < SignedData.labelCount(store.owner(of: rrset))
      return .valid(key, wildcardLabels: expanded ? data.labels : nil)
    case .failed:
      return .invalid(SignatureFailure(code: .bogus, reason: "\(label) does not verify over this RRset"))
    case .noKey, .keyNotSeen:
      return .invalid(
        SignatureFailure(
          code: .dnskeyMissing,
          reason:
            "no DNSKEY of \(zone.name) has tag \(data.keyTag) and algorithm \(data.algorithm); keys seen: \(keyTags(of: zone))"
        ))
    case .unsupportedAlgorithm:
      return .invalid(
        SignatureFailure(
          code: .rrsigsMissing,
          reason: "the only RRSIG uses algorithm \(data.algorithm), which is not supported"))
    case .malformed:
      let reversed = Int32(bitPattern: data.expiration &- data.inception) < 0
      return .invalid(
        reversed
          ? SignatureFailure(
            code: .signatureExpiredBeforeValid, reason: "\(label) expires before it becomes valid")
          : SignatureFailure(
            code: .bogus, reason: "\(label) does not fit the owner's labels or cannot be read"))
    case .wrongSigner:
      return .invalid(SignatureFailure(code: .bogus, reason: "\(label) cannot sign for this owner"))
    case .skippedLimit:
      return .invalid(
        SignatureFailure(
          code: .bogus, reason: "\(label) was not tried: the work limit of one message was reached"))
    }
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
}

/// A moment for people: RFC 3339 to the second.
func timeText(_ seconds: Int64) -> String {
  String(decoding: Timestamp(seconds: seconds).rfc3339.utf8.prefix(19), as: UTF8.self) + "Z"
}
