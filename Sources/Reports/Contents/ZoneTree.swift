import DNSSEC
import DNSWire
import Findings

/// Zones in the order of a tree from the root, as many as fit: bogus and indeterminate ones with what lies above
/// them, then the others, those nearest to the root first.
struct ZoneTree {
  /// A zone and how many of the zones shown lie above it.
  struct Row {
    let zone: ZoneEvent, depth: Int
  }
  /// The zones shown.
  let rows: [Row]
  /// How many zones of each word are not shown, the worst word first.
  let leftOut: [(security: SecurityStatus, count: Int)]

  /// The tree of a run.
  init(_ contents: Contents, limit: Int) {
    var chosen = ZoneTree.choose(from: contents, limit: limit)
    chosen.sort { $0.zone < $1.zone }
    var above: [Name] = [], rows: [Row] = []
    for zone in chosen {
      while let last = above.last, !zone.zone.isSubdomain(of: last) { above.removeLast() }
      rows.append(Row(zone: zone, depth: above.count))
      above.append(zone.zone)
    }
    self.rows = rows
    leftOut = SecurityStatus.allCases.reversed().compactMap { word in
      let shown = chosen.count(where: { $0.verdict.security == word })
      let rest = contents.zoneCounts[word, default: 0] - shown
      return rest > 0 ? (word, rest) : nil
    }
  }

  /// The zones to show; what lies above a troubled zone comes before the other calm ones.
  private static func choose(from contents: Contents, limit: Int) -> [ZoneEvent] {
    let calm = contents.calmZones.kept
    let calmByName = Dictionary(calm.map { ($0.zone, $0) }, uniquingKeysWith: { first, _ in first })
    var chosen: [ZoneEvent] = [], names: Set<Name> = []
    for zone in contents.troubledZones.kept where chosen.count < limit {
      guard names.insert(zone.zone).inserted else { continue }
      chosen.append(zone)
      for above in ancestors(of: zone.zone).compactMap({ calmByName[$0] }) where chosen.count < limit {
        if names.insert(above.zone).inserted { chosen.append(above) }
      }
    }
    for zone in calm where chosen.count < limit && names.insert(zone.zone).inserted { chosen.append(zone) }
    return chosen
  }

  /// The names above a name, the root last.
  private static func ancestors(of name: Name) -> [Name] {
    Array(sequence(first: name, next: \.parent).dropFirst())
  }
}
