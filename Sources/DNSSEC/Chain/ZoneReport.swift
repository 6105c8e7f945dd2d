import Crypto
import DNSWire

/// The chain of trust of one zone, as it was seen.
package struct ZoneReport: Sendable {
  /// The zone, and the secure zone above it that the chain passes through.
  package let zone: Name, parent: Name?
  /// The word at the last second.
  package let verdict: Verdict
  /// The word at the first second, and whenever it became another one after that.
  package let changes: [(time: Int64, verdict: Verdict)]
  /// The DS records seen for it or configured, whether a key matches, and where they were seen first.
  package let ds: [(ds: DSData, matches: Bool, frame: Int?)]
  /// The keys seen, and where first; the size in bits is 0 for keys that cannot be read.
  package let keys: [(key: DNSKEYData, bits: Int, weak: WeakClasses, frame: Int)]
  /// Whether a trust anchor names it.
  package let isAnchored: Bool
  /// The trust point at it as it stands at the last second; nil where no anchor is configured.
  package let trustPoint: TrustPoint?
}

extension ChainWalker {
  /// The most zones reported, and the most changes of one: beyond it nobody reads on, and the responses tell each.
  private static let zoneLimit = 50_000, changeLimit = 64

  /// The chain of every zone that shows keys or DS, that an anchor names, or that a denial of DS makes insecure.
  func zoneReports(from first: Int64, to last: Int64) -> [ZoneReport] {
    var names = Set(evidence.dnskeySets.keys).union(evidence.dsSets.keys).union(anchors.keys)
    for name in evidence.dsDenials.keys where evidence.cuts.signs.contains(name) { names.insert(name) }
    return names.sorted().prefix(ChainWalker.zoneLimit).compactMap { report(on: $0, from: first, to: last) }
  }

  /// The chain of one zone; nil for a name that is proven to be no zone.
  private func report(on name: Name, from first: Int64, to last: Int64) -> ZoneReport? {
    var moment = Moment(last)
    prover.beginMessage()
    let walk = walk(to: name, &moment)
    guard let verdict = word(on: name, walk) else { return nil }
    return ZoneReport(
      zone: name, parent: parent(of: name, last), verdict: verdict,
      changes: changes(of: name, from: first, to: last),
      ds: digests(of: name), keys: keyList(of: name), isAnchored: anchors[name] != nil,
      trustPoint: trustPoints.first { $0.zone == name }?.settled(at: last))
  }

  /// The word on a zone; nil when the name is no zone of its own.
  private func word(on name: Name, _ walk: Walk) -> Verdict? {
    switch walk.state {
    case .ended(let verdict, _): return verdict
    case .secure(let zone):
      if zone.name == name {
        let word = Verdict(.secure, "\(zone.vouchers.text) vouches for its keys \(keyTags(of: zone))")
        return zone.vouchers.contradiction.map { word.adding("; \($0)") } ?? word
      }
      return walk.openCuts.last.flatMap { $0.name == name ? $0.verdict : nil }
    }
  }

  /// The secure zone above a name.
  private func parent(of name: Name, _ time: Int64) -> Name? {
    guard let above = name.parent else { return nil }
    var moment = Moment(time)
    if case .secure(let zone) = walk(to: above, &moment).state { return zone.name }
    return nil
  }

  /// The words on a zone over time: each span in which nothing changes is asked about once.
  private func changes(of name: Name, from first: Int64, to last: Int64) -> [(time: Int64, verdict: Verdict)]
  {
    var changes: [(time: Int64, verdict: Verdict)] = [], time = first, steps = 0
    while time <= last, steps < ChainWalker.changeLimit {
      var moment = Moment(time)
      if let word = word(on: name, walk(to: name, &moment)), changes.last?.verdict.security != word.security {
        changes.append((time, word))
      }
      guard moment.until < last else { break }
      time = moment.until + 1
      steps += 1
    }
    return changes
  }

  /// The DS records of a zone: configured ones first, then as seen.
  private func digests(of name: Name) -> [(ds: DSData, matches: Bool, frame: Int?)] {
    let known = (evidence.dnskeySets[name] ?? []).flatMap { keyIDs(of: $0.rrset) }
    let matchesAny = { (ds: DSData) in known.contains { self.matches(ds, $0) } }
    var found: [(ds: DSData, matches: Bool, frame: Int?)] = []
    for anchor in anchors[name] ?? [] {
      if case .digest(let ds) = anchor.key { found.append((ds, matchesAny(ds), nil)) }
    }
    var seen = Set(found.map(\.ds))
    for set in evidence.dsSets[name] ?? [] {
      for ds in digestRecords(of: set.rrset) where seen.insert(ds).inserted {
        found.append((ds, matchesAny(ds), set.sightings.firstFrame))
      }
    }
    return found
  }

  /// The keys of a zone as seen, each once.
  private func keyList(of name: Name) -> [(key: DNSKEYData, bits: Int, weak: WeakClasses, frame: Int)] {
    var found: [(key: DNSKEYData, bits: Int, weak: WeakClasses, frame: Int)] = [], seen = Set<KeyID>()
    for set in evidence.dnskeySets[name] ?? [] {
      for id in keyIDs(of: set.rrset) where seen.insert(id).inserted {
        let entry = keys[id]
        found.append((entry.data, entry.publicKey?.bits ?? 0, entry.classes, set.sightings.firstFrame))
      }
    }
    return found
  }
}
