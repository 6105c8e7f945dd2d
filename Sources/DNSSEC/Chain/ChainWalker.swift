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
  /// Numbered names with what is known of each, and the owner of each RRset.
  var names: MarkedNames, owners: OwnerNumbers
  /// The names of signs of zones, made once.
  var signNames: [NameID: Name] = [:]
  /// Walks to the names about which anything is known, by their numbers; then to those of which a hash tells, where
  /// places say.
  private var walks: [TimedResults<Walk>], hashedPlaces = NumberTable()
  /// Secure zones found so far; each has a number.
  var zoneCount: UInt32 = 0
  /// NSEC and NSEC3 RRsets as provers read them, where RRset and the RRSIG that validates it say.
  var readDenials: [DenialEvidence] = [], readPlaces = NumberTable()
  /// NSEC3 RRsets of delegations by zone and the name that they match.
  var hashedSets: [HashedName: HashedSets] = [:]
  /// What NSEC3 RRsets ask for.
  var hashingCosts: [RRsetID: HashingCost?] = [:]
  /// The keys of DNSKEY RRsets, and digests of keys by digest type: made once, however many sets an attacker adds.
  var keyLists: [RRsetID: [KeyID]] = [:], keyDigests: [KeyID: [UInt8: [UInt8]]] = [:]
  /// The names about which anything is known.
  let waypoints: Set<Name>
  /// How many names there are about which anything is known, with those above them: they were numbered first.
  let waypointCount: Int

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
    waypoints = evidence.cuts.signs.union(evidence.dsDenials.keys).union(evidence.cuts.delegationSets.keys)
      .union(evidence.unprovenDenials.keys).union(anchors.keys)
    owners = OwnerNumbers(count: store.rrsetCount)
    names = MarkedNames(waypoints: waypoints, signs: evidence.cuts.signs)
    waypointCount = names.count
    walks = Array(repeating: TimedResults(), count: waypointCount)
  }

  /// The way from the closest anchor at or above a name to that name.
  func walk(to name: Name, _ moment: inout Moment) -> Walk { walk(to: id(of: name), &moment) }

  /// The way to a name of a number: that to the nearest name at or above it about which anything is known.
  func walk(to id: NameID, _ moment: inout Moment) -> Walk {
    guard let waypoint = names.waypoint(of: id) else { return noAnchor }
    let known = knownWalk(to: waypoint, &moment)
    guard waypoint != id, case .secure(let zone) = known.state, !zone.hashings.isEmpty else { return known }
    return hashedWalk(to: id, &moment)
  }

  /// The way to a name about which nothing is known, in a zone of which the hash of a name may tell of a delegation.
  private func hashedWalk(to id: NameID, _ moment: inout Moment) -> Walk {
    guard let parent = names.parent(of: id) else { return noAnchor }
    let above = walk(to: parent, &moment)
    guard case .secure(let zone) = above.state else { return above }
    if names.isUndelegated(id, in: zone.number) { return above }
    guard let sets = hashedDelegations(at: id, in: zone) else {
      // Nobody has looked whether a zone begins here: for this message it may.
      moment.narrowToNow()
      let cut = OpenCut(name: name(id), zone: zone.name, failure: nil)
      return Walk(state: above.state, openCuts: above.openCuts + [cut])
    }
    guard sets.isEmpty else { return knownWalk(to: id, &moment) }
    names.noteUndelegated(id, in: zone.number)
    return above
  }

  /// The way to a name about which something is known, found once for each span of time.
  private func knownWalk(to id: NameID, _ moment: inout Moment) -> Walk {
    let place = Int(id.rawValue) < waypointCount ? Int(id.rawValue) : hashedPlace(of: id)
    if let known = walks[place].value(at: &moment) { return known }
    var own = Moment(moment.time)
    let result = step(to: name(id), &own)
    walks[place].keep(result, for: own)
    moment.narrow(to: own.span)
    return result
  }

  /// Where the walks to a name stand of which only a hash tells.
  private func hashedPlace(of id: NameID) -> Int {
    if let known = hashedPlaces.find(id.rawValue, 0) { return known }
    hashedPlaces.insert(id.rawValue, 0, walks.count)
    walks.append(TimedResults())
    return walks.count - 1
  }

  /// Lets go of the walks to names of which only a hash tells.
  func forgetHashedWalks() {
    walks.removeSubrange(waypointCount...)
    hashedPlaces = NumberTable()
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

  /// The walk where no anchor covers the name, made once.
  private lazy var noAnchor = makeNoAnchor()

  /// Makes the walk where no anchor covers the name.
  private func makeNoAnchor() -> Walk {
    let text =
      anchors[.root] == nil
      ? "no trust anchor covers the name" : "no trust anchor for . is in force at this time"
    return Walk(state: .ended(Verdict(.indeterminate, ede: .indeterminate, text), at: .root), openCuts: [])
  }
}
