import Bytes
import DNSSEC
import DNSWire
import Findings

/// Trust anchors, and where the keys of their zones stand, for people and for programs.
package struct AnchorListing {
  private let anchors: [TrustAnchor], states: [TrustPoint]?

  /// Of anchors and, where they were asked for, states.
  package init(anchors: [TrustAnchor], states: [TrustPoint]?) {
    (self.anchors, self.states) = (anchors, states?.map(\.atLastSuccess))
  }

  /// Lines of JSON: an `anchor` each, then a `trust_point` each.
  package var lines: [UInt8] {
    var writer = JSONLineWriter()
    for anchor in anchors { writer.line { $0.write(anchor) } }
    for state in states ?? [] { writer.line { $0.write(state) } }
    return writer.bytes
  }

  /// Text for people.
  package var text: [UInt8] {
    var lines = ["Trust anchors"]
    for anchor in anchors {
      let period = periodText(anchor.validFrom, anchor.validUntil)
      lines.append(
        "  \(anchor.zone)  \(keyText(anchor.keyTag, anchor.algorithm))  \(period ?? "without a period")")
      lines.append("      \(identityText(anchor))")
      let rule = anchor.isFollowed ? "followed (RFC 5011)" : "static"
      lines.append("      \(Printable(anchor.source)), \(rule)")
    }
    if anchors.isEmpty { lines.append("  none: every key in the files given is revoked") }
    for state in states ?? [] { lines += stateLines(state) }
    if states?.isEmpty ?? false { lines += ["", "No state of their keys is known yet."] }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The state of one trust point.
  private func stateLines(_ state: TrustPoint) -> [String] {
    let seen = state.lastSuccess.map { ", last valid DNSKEY RRset at \(momentText($0))" } ?? ""
    return ["", "Keys of \(state.zone)\(seen)"]
      + state.distinctKeys.map { key in
        let period = periodText(key.validFrom, key.validUntil)
        return "  \(key.stateText)" + (period.map { ", in force \($0)" } ?? "")
      }
  }

  /// Tag and algorithm of a key.
  private func keyText(_ tag: UInt16, _ algorithm: UInt8) -> String {
    "\(tag) \(SecurityAlgorithm(rawValue: algorithm).mnemonic)"
  }

  /// When an anchor is in force; nil without a bound.
  private func periodText(_ start: Int64?, _ end: Int64?) -> String? {
    switch (start, end) {
    case (nil, nil): nil
    case (let from?, nil): "from \(momentText(from))"
    case (nil, let until?): "until \(momentText(until))"
    case (let from?, let until?): "\(momentText(from)) to \(momentText(until))"
    }
  }

  /// The digest, or that the whole key is given.
  private func identityText(_ anchor: TrustAnchor) -> String {
    switch anchor.key {
    case .digest(let ds):
      "DS \(DSDigestType(rawValue: ds.digestType).mnemonic) \(Hex.encode(ds.digest))"
    case .key(let key): "DNSKEY with flags \(key.flags)"
    }
  }
}

extension TrackedKey {
  /// Where the key stands, for people.
  var stateText: String {
    let since = since.map { " since \(momentText($0))" } ?? ""
    let until = holdDownUntil.map { ", in hold-down until \(momentText($0))" } ?? ""
    return "\(keyTag) \(SecurityAlgorithm(rawValue: algorithm).mnemonic) \(state.word)\(since)\(until)"
  }

  /// Whether it is worth a word about its zone: anything but an anchor that is as it was configured.
  private var isNews: Bool {
    switch state {
    case .start: false
    case .valid: anchor == nil
    case .missing: firstSeen != nil
    case .removed: lastSeen != nil
    case .addPend, .revoked: true
    }
  }

  /// What is new about the keys of a trust point, a sentence each.
  static func news(of keys: [TrackedKey]) -> [String] { keys.filter(\.isNews).map { "key \($0.stateText)" } }
}

extension JSONLineWriter {
  /// Writes the members of `anchor`.
  fileprivate mutating func write(_ anchor: TrustAnchor) {
    field("event", "anchor")
    field("zone", anchor.zone)
    key(tag: anchor.keyTag, algorithm: anchor.algorithm)
    switch anchor.key {
    case .digest(let ds):
      field("digest_type", DSDigestType(rawValue: ds.digestType).mnemonic)
      field("digest", Hex.encode(ds.digest))
    case .key:
      nullField("digest_type")
      nullField("digest")
    }
    field("valid_from", anchor.validFrom.map { Timestamp(seconds: $0) })
    field("valid_until", anchor.validUntil.map { Timestamp(seconds: $0) })
    field("followed", anchor.isFollowed)
    field("source", anchor.source)
  }

  /// Writes the members of `trust_point`.
  fileprivate mutating func write(_ state: TrustPoint) {
    field("event", "trust_point")
    field("zone", state.zone)
    field("last_success", state.lastSuccess.map { Timestamp(seconds: $0) })
    array("keys") { list in
      for key in state.distinctKeys { list.object { $0.write(key) } }
    }
  }
}

/// A moment for people, from seconds since 1970.
private func momentText(_ seconds: Int64) -> String { timeText(Timestamp(seconds: seconds)) }
