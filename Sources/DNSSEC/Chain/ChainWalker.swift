import DNSWire

/// Follows chains of trust from the anchors down to any name, over verified evidence, at any time.
///
/// One link a function: an anchor (`Anchors.swift`), a delegation (`Delegation.swift`), a key set (`KeySets.swift`).
final class ChainWalker {
  let store: FrozenRRsets, book: SignatureBook, keys: KeyStore, evidence: ChainEvidence
  let limits: ValidationLimits
  /// The trust anchors by zone, and the trust points that they belong to, as far as these were followed.
  var anchors: [Name: [TrustAnchor]], trustPoints: [TrustPoint]
  /// What proves the denials of messages, within the limits of each; and denials of DS, which hold for all messages.
  var prover: DenialProver, chainProver: DenialProver
  private var walks: [Name: TimedResults<Walk>] = [:]
  /// NSEC and NSEC3 RRsets as provers read them, by RRset and the RRSIG that validates it.
  var readDenials: [SignaturePair: DenialEvidence] = [:]
  /// NSEC3 RRsets of delegations by zone and the name that they match.
  var hashedSets: [Name: [Name: HashedSets]] = [:]
  /// The keys of DNSKEY RRsets, and digests of keys by digest type: made once, however many sets an attacker adds.
  var keyLists: [RRsetID: [KeyID]] = [:], keyDigests: [KeyID: [UInt8: [UInt8]]] = [:]
  /// The names about which anything is known.
  private let waypoints: Set<Name>

  /// Names hashed for NSEC3.
  var hashCount: Int { prover.hashesDone + chainProver.hashesDone }

  /// A walker over everything that was seen, with RRSIGs already verified.
  init(
    store: RRsetStore, book: SignatureBook, keys: KeyStore, evidence: ChainEvidence,
    trustPoints: [TrustPoint], limits: ValidationLimits
  ) {
    (self.store, self.book, self.keys) = (FrozenRRsets(store), book, keys)
    (self.evidence, self.limits) = (evidence, limits)
    (prover, chainProver) = (DenialProver(limits: limits.denial), DenialProver(limits: limits.denial))
    (anchors, self.trustPoints) = ([:], trustPoints)
    for point in trustPoints { anchors[point.zone] = point.anchors }
    waypoints = evidence.cutSigns.union(evidence.dsDenials.keys).union(evidence.delegationSets.keys)
      .union(evidence.unprovenDenials.keys).union(self.anchors.keys)
  }

  /// The way from the closest anchor at or above a name (canonical) to that name.
  func walk(to name: Name, _ moment: inout Moment) -> Walk {
    if !waypoints.contains(name) {
      guard let parent = name.parent else { return noAnchor }
      let above = walk(to: parent, &moment)
      guard case .secure(let zone) = above.state else { return above }
      guard let sets = hashedDelegations(at: name, in: zone) else {
        // Nobody has looked whether a zone begins here: for this message it may.
        moment.narrowToNow()
        return Walk(
          state: above.state, openCuts: above.openCuts + [OpenCut(name: name, zone: zone.name, failure: nil)])
      }
      if sets.isEmpty { return above }
    }
    if let known = walks[name]?.value(at: &moment) { return known }
    var own = Moment(moment.time)
    let result = step(to: name, &own)
    walks[name, default: TimedResults()].keep(result, for: own)
    moment.narrow(to: own.span)
    return result
  }

  /// The walk to a name from the walk to its parent, or from an anchor there (the closest one wins, RFC 4035 §5).
  private func step(to name: Name, _ moment: inout Moment) -> Walk {
    if let anchored = anchoredZone(name, &moment) { return Walk(state: anchored, openCuts: []) }
    guard let parent = name.parent else { return noAnchor }
    let above = walk(to: parent, &moment)
    guard case .secure(let zone) = above.state else { return above }
    switch delegation(of: name, from: zone, isWithin: above.openCuts.isEmpty, &moment) {
    case .zone(let state): return Walk(state: state, openCuts: [])
    case .none: return above
    case .open(let failure):
      return Walk(
        state: above.state,
        openCuts: above.openCuts + [OpenCut(name: name, zone: zone.name, failure: failure)])
    }
  }

  /// The walk where no anchor covers the name.
  private var noAnchor: Walk {
    let text =
      anchors[.root] == nil
      ? "no trust anchor covers the name" : "no trust anchor for . is in force at this time"
    return Walk(state: .ended(Verdict(.indeterminate, ede: .indeterminate, text), at: .root), openCuts: [])
  }
}
