import DNSWire

/// Shows a trust point the DNSKEY RRsets of its zone in the order of the times at which they were seen.
struct TrustPointFollower {
  /// The trust point as far as it was followed.
  private(set) var point: TrustPoint
  private let walker: ChainWalker, sets: [ChainEvidence.SignedSet]
  /// What is known of each set, by its index.
  private var standings: [Standing?]
  /// The anchors at the moment, by which sets are judged.
  private var anchors: [TrustAnchor]

  /// Whether a set is valid, for the span of time and the anchors that this was found with.
  private struct Standing {
    let span: ClosedRange<Int64>, failure: SignatureFailure?, hasVouchers: Bool
  }

  /// Before the first RRset.
  init(_ point: TrustPoint, _ walker: ChainWalker) {
    (self.point, self.walker) = (point, walker)
    sets = walker.evidence.dnskeySets[point.zone] ?? []
    standings = Array(repeating: nil, count: sets.count)
    anchors = point.anchors
  }

  /// Follows the trust point to the end of what was seen.
  mutating func follow() {
    var events: [(time: Int64, set: Int)] = []
    for (index, set) in sets.enumerated() { events += set.sightings.times.map { ($0, index) } }
    events.sort { ($0.time, $0.set) < ($1.time, $1.set) }
    let known = point.lastSuccess ?? .min
    for event in events where event.time > known { take(event.set, at: event.time) }
  }

  /// Takes one sight of a set. Revocation comes first, since it needs no other key than the one revoked.
  private mutating func take(_ index: Int, at time: Int64) {
    let set = sets[index], members = walker.keyIDs(of: set.rrset)
    var hasChanged = false
    for id in members where walker.keys[id].data.isRevoked && walker.isSelfSigned(set, by: id, at: time) {
      let frame = set.sightings.firstFrame
      hasChanged = point.revoke(walker.keys[id].data, at: time, frame: frame) || hasChanged
    }
    if hasChanged { renewAnchors() }
    let standing = standing(of: index, at: time)
    guard standing.hasVouchers else { return }
    if let failure = standing.failure {
      reject(set, failure, at: time)
    } else if point.see(
      members.map { walker.keys[$0].data }, at: time, originalTTL: walker.originalTTL(of: set),
      frame: set.sightings.firstFrame)
    {
      renewAnchors()
    }
  }

  /// Judges by other anchors from now on.
  private mutating func renewAnchors() {
    anchors = point.anchors
    standings = Array(repeating: nil, count: sets.count)
  }

  /// Whether a key that is trusted at a time validates a set.
  private mutating func standing(of index: Int, at time: Int64) -> Standing {
    if let known = standings[index], known.span.contains(time) { return known }
    var moment = Moment(time)
    let set = sets[index], vouchers = walker.vouchers(of: anchors, &moment).usable
    let hasVouchers = !vouchers.isEmpty
    var failure: SignatureFailure?
    if hasVouchers,
      case .invalid(let why) = walker.vouching(
        for: set.rrset, set.signatures, zone: point.zone, vouchers: vouchers, &moment)
    {
      failure = why
    }
    let standing = Standing(span: moment.span, failure: failure, hasVouchers: hasVouchers)
    standings[index] = standing
    return standing
  }

  /// Notes a set that is not signed by any anchor. One without RRSIGs, in part or out of period is another matter.
  private mutating func reject(_ set: ChainEvidence.SignedSet, _ failure: SignatureFailure, at time: Int64) {
    guard set.isWhole, !set.signatures.isEmpty, !failure.isTimeOnly else { return }
    var rejected =
      point.rejected ?? RejectedKeySets(reason: failure.reason, firstTime: time, lastTime: time)
    guard rejected.count == 0 || time >= rejected.lastTime else { return }
    rejected.count += 1
    rejected.lastTime = time
    if rejected.frames.last != set.sightings.firstFrame, rejected.frames.count < ChainEvidence.keySetsPerOwner
    {
      rejected.frames.append(set.sightings.firstFrame)
    }
    point.rejected = rejected
  }
}

extension ChainWalker {
  /// Follows trust points over everything that was seen, and judges by the anchors that come of it from now on.
  func followTrustPoints() {
    trustPoints = trustPoints.map { point in
      guard point.isFollowed else { return point }
      var follower = TrustPointFollower(point, self)
      follower.follow()
      return follower.point
    }
    for point in trustPoints { anchors[point.zone] = point.anchors }
  }

  /// Whether a key signed the DNSKEY RRset that it is in, with an RRSIG in period (RFC 5011 §2.1).
  func isSelfSigned(_ set: ChainEvidence.SignedSet, by key: KeyID, at time: Int64) -> Bool {
    set.signatures.contains { id in
      guard case .verified(key) = book.result(set.rrset, id), let data = book.fields(of: id) else {
        return false
      }
      var moment = Moment(time)
      return data.signer == keys[key].owner && moment.compare(data) == .within
    }
  }

  /// The original TTL of an RRset as its RRSIGs have it.
  func originalTTL(of set: ChainEvidence.SignedSet) -> UInt32 {
    set.signatures.lazy.compactMap { self.book.fields(of: $0)?.originalTTL }.max() ?? 0
  }
}
