import Bytes
import DNSWire

/// Writes the states of trust points as `AutotrustFile` reads them, and Unbound too where there is one. A key after its
/// configured period is `removed` for Unbound, which passes over the period itself.
package enum AutotrustText {
  /// The text of a file.
  package static func text(_ states: [TrustPoint]) -> String {
    var lines = [
      "; where the keys of trust points stand (RFC 5011), as Unbound's auto-trust-anchor-file has it"
    ]
    for state in states {
      lines.append(";;id: \(state.zone) 1")
      if let time = state.lastSuccess {
        lines.append(";;last_queried: \(time) ;;\(timeText(time))")
        lines.append(";;last_success: \(time) ;;\(timeText(time))")
      }
      lines += state.withEachKeyOnce.atLastSuccess.keys.compactMap { line($0, of: state.zone) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The line of a key; nil for one of which nothing but a configured digest is known.
  private static func line(_ tracked: TrackedKey, of zone: Name) -> String? {
    guard let key = tracked.key, tracked.isFollowed, let since = tracked.since ?? tracked.firstSeen else {
      return nil
    }
    let shown = key.with(revoked: tracked.revokedAt != nil)
    let fields = "\(shown.flags) \(shown.protocolNumber) \(shown.algorithm) \(Base64.encode(shown.publicKey))"
    let times: [(String, Int64?)] = [
      ("lastchange", since), ("holddown", tracked.holdDownUntil), ("firstseen", tracked.firstSeen),
      ("lastseen", tracked.lastSeen),
      ("trusted", tracked.trustedFrom ?? (tracked.anchor == nil ? nil : tracked.firstSeen)),
      ("revoked", tracked.revokedAt), ("validfrom", tracked.validFrom.map { max(0, $0) }),
      ("validuntil", tracked.validUntil.map { max(0, $0) }),
    ]
    let written = times.compactMap { name, time in time.map { ";;\(name)=\($0)" } }.joined(separator: " ")
    let state = ";;state=\(tracked.state.rawValue) [ \(tracked.state.word) ] ;;count=0"
    return "\(zone) IN DNSKEY \(fields) ;{id = \(shown.keyTag)} \(state) \(written) ;;\(timeText(since))"
  }
}

extension TrustPoint {
  /// The same with one entry for each key that was seen, where several digests may name one. Any of them is enough to
  /// trust it, so that their periods count together.
  fileprivate var withEachKeyOnce: TrustPoint {
    var point = self
    point.keys = []
    for tracked in keys where tracked.isFollowed {
      guard let key = tracked.key else { continue }
      guard let known = point.keys.firstIndex(where: { $0.isAbout(key, of: zone) }) else {
        point.keys.append(tracked)
        continue
      }
      let other = point.keys[known]
      point.keys[known].validFrom = other.validFrom.flatMap { a in tracked.validFrom.map { min(a, $0) } }
      point.keys[known].validUntil = other.validUntil.flatMap { a in tracked.validUntil.map { max(a, $0) } }
    }
    return point
  }
}
