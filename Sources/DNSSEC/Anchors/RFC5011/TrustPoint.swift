import DNSWire

/// The keys of a trust point (RFC 5011 §1.2) and the rules by which they come and go. What is shown to it has been
/// verified; it knows no messages and no clock.
package struct TrustPoint: Sendable {
  /// The zone, canonical.
  package let zone: Name
  /// Configured keys first, then the learned ones in order of arrival.
  package internal(set) var keys: [TrackedKey]
  /// The last second in which a DNSKEY RRset was seen that is valid or revokes a key; nothing of that time or before it is taken again.
  package internal(set) var lastSuccess: Int64?
  /// DNSKEY RRsets that no anchor in force vouches for.
  package internal(set) var rejected: RejectedKeySets?

  /// Seconds for which a new key is on trial at least (RFC 5011 §2.4.1), and after which a revoked one may be forgotten
  /// (§2.4.2): 30 days both.
  package static let addHoldDown: Int64 = 30 * 86_400, removeHoldDown: Int64 = 30 * 86_400
  /// The most learned keys of one trust point. RFC 5011 §2.4.3 asks for five at least; only the holder of a trusted key
  /// can add any.
  static let learnedLimit = 64

  /// The trust point of configured anchors.
  init(zone: Name, anchors: [TrustAnchor]) {
    self.zone = zone.canonical
    keys = anchors.map { TrackedKey($0) }
  }

  /// Whether RFC 5011 is followed here at all: a trust point of static anchors stays what it is.
  package var isFollowed: Bool { keys.contains(where: \.isFollowed) }

  /// The trust anchors, each with the period that it was in force.
  var anchors: [TrustAnchor] { keys.compactMap { $0.trustAnchor(of: zone) } }

  /// A key has REVOKE set and signed the DNSKEY RRset that says so (RFC 5011 §2.1): it is no trust anchor from now on.
  /// - Returns: whether that is new.
  mutating func revoke(_ key: DNSKEYData, at time: Int64, frame: Int) -> Bool {
    var isNew = false
    for index in keys.indices where keys[index].isFollowed && keys[index].isAbout(key, of: zone) {
      keys[index].key = key.withoutRevocation
      keys[index].lastSeen = time
      guard keys[index].revokedAt == nil else { continue }
      keys[index].move(to: .revoked, at: time, frame: frame)
      (keys[index].revokedAt, isNew, lastSuccess) = (time, true, time)
    }
    return isNew
  }

  /// A valid DNSKEY RRset was seen: keys in it that are new, due or back, and known ones that it lacks (§4.1).
  /// - Parameter originalTTL: of the RRset, in seconds.
  /// - Returns: whether a key became a trust anchor.
  mutating func see(_ members: [DNSKEYData], at time: Int64, originalTTL: UInt32, frame: Int) -> Bool {
    let present = members.filter { !$0.isRevoked }
    var hasNew = false
    for index in keys.indices where keys[index].isFollowed && keys[index].revokedAt == nil {
      guard keys[index].isInForce(at: time) else { continue }
      if let key = present.first(where: { keys[index].isAbout($0, of: zone) }) {
        hasNew = keys[index].appear(key, at: time, frame: frame) || hasNew
      } else {
        keys[index].vanish(at: time)
      }
    }
    keys.removeAll { $0.anchor == nil && $0.state == .start }
    for key in present where key.mayBecomeAnchor && !keys.contains(where: { $0.isAbout(key, of: zone) }) {
      guard keys.count(where: { $0.anchor == nil }) < TrustPoint.learnedLimit else { break }
      keys.append(TrackedKey(key, at: time, originalTTL: originalTTL, frame: frame))
    }
    lastSuccess = time
    return hasNew
  }

  /// What time alone has changed up to a second: revoked keys are removed (§2.4.2), and configured periods begin and end.
  func settled(at time: Int64) -> TrustPoint {
    var settled = self
    for index in keys.indices { settled.keys[index].settle(at: time) }
    return settled
  }
}

/// DNSKEY RRsets with RRSIGs that no trust anchor in force vouches for.
package struct RejectedKeySets: Sendable {
  /// Packets that showed one; the frames of the first sights of each RRset, and why the first is rejected.
  package var count = 0, frames: [Int] = [], reason: String
  /// First and last second.
  package var firstTime: Int64, lastTime: Int64
}

extension DNSKEYData {
  /// Whether a trust point may take the key on: a secure entry point for DNSSEC of an algorithm that is verified here
  /// (RFC 5011 §2, §3).
  fileprivate var mayBecomeAnchor: Bool {
    isSecureEntryPoint && isZoneKey && !isRevoked && protocolNumber == 3
      && ValidationPolicy().scheme(of: algorithm) != nil
  }
}

extension TrackedKey {
  /// A key that a valid DNSKEY RRset shows for the first time (§2.4.1): on trial for 30 days or the RRset's original TTL,
  /// whichever is longer.
  fileprivate init(_ key: DNSKEYData, at time: Int64, originalTTL: UInt32, frame: Int) {
    self.init(key, .addPend, since: time)
    holdDownUntil = time &+ max(TrustPoint.addHoldDown, Int64(originalTTL))
    (firstSeen, lastSeen, self.frame) = (time, time, frame)
  }

  /// Goes over to a state.
  fileprivate mutating func move(to state: AnchorKeyState, at time: Int64, frame: Int? = nil) {
    (self.state, since, holdDownUntil) = (state, time, nil)
    if let frame { self.frame = frame }
  }

  /// Is in a valid DNSKEY RRset (events KeyPres and AddTime of §4.1).
  /// - Returns: whether it became a trust anchor.
  fileprivate mutating func appear(_ key: DNSKEYData, at time: Int64, frame: Int) -> Bool {
    self.key = key
    if firstSeen == nil { (firstSeen, self.frame) = (time, self.frame ?? frame) }
    lastSeen = time
    switch state {
    case .missing: move(to: .valid, at: time)
    case .addPend where holdDownUntil.map { time >= $0 } ?? false:
      move(to: .valid, at: time, frame: frame)
      trustedFrom = time
      return true
    default: break
    }
    return false
  }

  /// Is not in a valid DNSKEY RRset (event KeyRem of §4.1): a trial ends without result, an anchor stays one.
  fileprivate mutating func vanish(at time: Int64) {
    switch state {
    case .valid: move(to: .missing, at: time)
    case .addPend: move(to: .start, at: time)
    default: break
    }
  }

  /// What time alone does (event RemTime of §4.1, and configured periods).
  fileprivate mutating func settle(at time: Int64) {
    if state == .revoked, let since, time &- since >= TrustPoint.removeHoldDown {
      (state, self.since) = (.removed, since &+ TrustPoint.removeHoldDown)
    }
    settlePeriod(at: time)
  }

  /// Where its configured period alone puts it.
  mutating func settlePeriod(at time: Int64) {
    guard revokedAt == nil else { return }
    if let start = validFrom, time < start { (state, since) = (.start, nil) }
    if let end = validUntil, time > end { (state, since) = (.removed, end &+ 1) }
  }
}
