import Bytes
import DNSWire

/// A small DNS: a signed root and the zones below it, each with a server of its own.
package final class ZoneTree {
  /// The zones; the root first.
  package private(set) var zones: [SignedZone]
  private let seed: UInt64, period: ValidityPeriod

  /// A DNS with nothing but a root.
  package init(root: SignedZone.Signing, _ period: ValidityPeriod, seed: UInt64) throws {
    (self.seed, self.period) = (seed, period)
    zones = [try SignedZone(.root, root, period, seed: seed)]
  }

  /// The root.
  package var root: SignedZone { zones[0] }

  /// Makes a zone and delegates to it.
  /// - Parameters:
  ///   - signing: nil for an unsigned zone.
  ///   - isSecure: whether the zone above gets a DS; without, a signed zone is an island.
  ///   - period: when its signatures hold; that of the tree where it is not given.
  @discardableResult
  package func add(
    _ apex: String, _ signing: SignedZone.Signing?, isSecure: Bool = true, period: ValidityPeriod? = nil
  ) throws -> SignedZone {
    let name = domainName(apex), above = zone(for: name, .ds)
    let zone = try SignedZone(name, signing, period ?? self.period, seed: seed &+ UInt64(zones.count) &* 7919)
    above.add(name, .ns, ZoneRData.name(zone.below("ns")))
    above.add(zone.below("ns"), .a, ZoneRData.a(53))
    if isSecure, let ds = zone.ds { above.add(name, .ds, ds) }
    zones.append(zone)
    return zone
  }

  /// The zone whose server answers a question with authority: the deepest at or above the name, above it for DS.
  package func zone(for name: Name, _ type: RecordType) -> SignedZone {
    zonesAbove(name).last { type != .ds || $0.apex != name || name.isRoot } ?? root
  }

  /// The zones at or above a name, the root first.
  package func zonesAbove(_ name: Name) -> [SignedZone] {
    zones.filter { name.isSubdomain(of: $0.apex) }.sorted { $0.apex.labelCount < $1.apex.labelCount }
  }

  /// Where the server of a zone listens: 198.51.100.0/24 (RFC 5737).
  package func address(of zone: SignedZone) -> IPAddress {
    let index = zones.firstIndex { $0 === zone } ?? 0
    return IPAddress(v4: 0xc633_6400 + UInt32(index) + 1)
  }

  /// A trust anchor for the root as a line of a zone file.
  package var anchorLine: String { ZoneTree.anchorLine(of: root) }

  /// The same for any zone.
  package static func anchorLine(of zone: SignedZone) -> String {
    guard let ds = zone.ds else { preconditionFailure("an unsigned zone has no anchor") }
    let digest = Hex.encode(ds[4...])
    return "\(zone.apex) IN DS \(UInt16(ds[0]) << 8 | UInt16(ds[1])) \(ds[2]) \(ds[3]) \(digest)\n"
  }
}
