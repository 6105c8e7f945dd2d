import DNSWire

/// Trust points over several runs: anchors are configured for each, and what was learned is kept between them.
extension TrustPoint {
  /// The trust points of anchors.
  /// - Parameter states: what earlier runs learned, of these and other zones.
  package static func points(of anchors: [TrustAnchor], continuing states: [TrustPoint] = []) -> [TrustPoint]
  {
    let byZone = Dictionary(grouping: anchors, by: \.zone)
    return byZone.keys.sorted().map { zone in
      let point = TrustPoint(zone: zone, anchors: byZone[zone] ?? [])
      return states.first { $0.zone == zone }.map { point.continuing($0) } ?? point
    }
  }

  /// The states to keep for a later run: those of these trust points, and earlier ones of zones that are not among them.
  package static func states(of points: [TrustPoint], before earlier: [TrustPoint]) -> [TrustPoint] {
    let followed = points.filter { $0.isFollowed && $0.lastSuccess != nil }
    let others = earlier.filter { state in !followed.contains { $0.zone == state.zone } }
    return (followed + others).sorted { $0.zone < $1.zone }
  }

  /// The zone of a state that shares no key with the anchors configured for it: it belongs to another root, or another
  /// zone of that name, and its keys must not be trusted beside these.
  package static func foreignZone(in states: [TrustPoint], to anchors: [TrustAnchor]) -> Name? {
    points(of: anchors).first { point in
      guard point.isFollowed, let state = states.first(where: { $0.zone == point.zone }) else { return false }
      return !state.keys.contains { stored in
        stored.key.map { key in point.keys.contains { $0.isAbout(key, of: point.zone) } } ?? false
      }
    }?.zone
  }

  /// The same as it stood when it was seen last: some periods had not begun then, and some were over.
  package var atLastSuccess: TrustPoint {
    guard let lastSuccess else { return self }
    var point = self
    for index in keys.indices { point.keys[index].settlePeriod(at: lastSuccess) }
    return point
  }

  /// The keys to report: each once, however many anchors name it.
  package var distinctKeys: [TrackedKey] {
    var distinct: [TrackedKey] = []
    for key in keys {
      let isKnown = distinct.contains { other in
        guard other.keyTag == key.keyTag, other.algorithm == key.algorithm else { return false }
        return other.key == nil || key.key == nil || other.key == key.key
      }
      if !isKnown { distinct.append(key) }
    }
    return distinct
  }

  /// The same trust point with what an earlier run knew of it. A configured key that was on trial is trusted now; one
  /// that is revoked stays so.
  private func continuing(_ state: TrustPoint) -> TrustPoint {
    guard isFollowed else { return self }
    var point = self
    point.lastSuccess = state.lastSuccess
    for stored in state.keys {
      guard let key = stored.key else { continue }
      let named = point.keys.indices.filter { point.keys[$0].isAbout(key, of: zone) }
      if named.isEmpty { point.keys.append(stored) }
      for index in named where point.keys[index].isFollowed { point.keys[index].adopt(stored) }
    }
    return point
  }
}

extension TrackedKey {
  /// Takes over what an earlier run knew of the key.
  fileprivate mutating func adopt(_ stored: TrackedKey) {
    (key, firstSeen, lastSeen, revokedAt) = (stored.key, stored.firstSeen, stored.lastSeen, stored.revokedAt)
    if stored.state != .addPend, stored.state != .start { (state, since) = (stored.state, stored.since) }
  }
}
