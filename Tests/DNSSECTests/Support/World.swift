import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// A root, `test.` and zones below it, whose servers answer; times count from `now`, in the middle of the signatures.
final class World {
  /// The moment at which everything is in period: 2026-06-01T00:00:00Z.
  static let now: Int64 = 1_780_272_000
  /// Signatures hold for ten days around it.
  static let period = ValidityPeriod(UInt32(now - 864_000), UInt32(now + 864_000))

  /// The zones.
  let tree: ZoneTree
  /// `test.`, below the root.
  let test: SignedZone

  /// Zones of algorithm 13; `test.` proves absence as told.
  init(_ denial: DenialMethod = .nsec) throws {
    tree = try ZoneTree(root: .init(13), World.period, seed: 7)
    test = try tree.add("test.", .init(13, denial))
    test.add("www", .a, ZoneRData.a(1))
  }

  /// A line for the root's anchor.
  var anchor: String { tree.anchorLine }

  /// The number that stands for a zone's server.
  func server(_ zone: SignedZone) -> UInt32 {
    UInt32(tree.zones.firstIndex { $0 === zone } ?? 0) + 1
  }

  /// What a zone's server answers to a question.
  func ask(
    _ zone: SignedZone, _ name: String, _ type: RecordType, at time: Int64 = World.now,
    do dnssecOK: Bool = true
  )
    throws -> Judging.Shown
  {
    let answer = try zone.answer(domainName(name), type)
    return say(zone, name, type, answer, at: time, do: dnssecOK)
  }

  /// A response with other content, from a zone's server.
  func say(
    _ zone: SignedZone, _ name: String, _ type: RecordType, _ answer: ZoneAnswer, at time: Int64 = World.now,
    do dnssecOK: Bool = true
  ) -> Judging.Shown {
    let message = ZoneMessages.response(answer, domainName(name), type, id: 1, dnssecOK: dnssecOK)
    return Judging.Shown(bytes: message.bytes, time: time, server: server(zone), queryDO: dnssecOK)
  }

  /// Referrals and key sets from the root down to a zone.
  func chain(to zone: SignedZone, at time: Int64 = World.now) throws -> [Judging.Shown] {
    let zones = tree.zonesAbove(zone.apex)
    return try zones.flatMap { each -> [Judging.Shown] in
      let keys = try ask(each, each.apex.description, .dnskey, at: time)
      guard let above = each.apex.parent else { return [keys] }
      let parent = tree.zone(for: above, .ns)
      return [try ask(parent, each.apex.description, .ns, at: time), keys]
    }
  }

  /// Judges the chain to a zone and then these responses, by a policy.
  func judge(_ zone: SignedZone, policy: [String] = [], _ shown: Judging.Shown...) throws -> Judging {
    try Judging(
      try chain(to: zone) + shown, anchors: anchor, policy: try ValidationPolicy(words: policy))
  }

  /// The word on what a zone's server says, with the answer changed, behind the chain to the zone.
  func word(
    on name: String, _ type: RecordType, of zone: SignedZone? = nil, at time: Int64 = World.now,
    _ change: (inout ZoneAnswer) throws -> Void = { _ in }
  ) throws -> Verdict {
    let zone = zone ?? test
    let answer = try zone.answer(domainName(name), type).with(change)
    return try judge(zone, say(zone, name, type, answer, at: time)).last
  }

  /// An RRset that a zone signs, whatever it says; shown as another owner's where a test wants it.
  func signed(
    _ rrset: ZoneRRset, by zone: SignedZone? = nil, with key: ZoneKey? = nil, shownAs owner: String? = nil
  ) throws -> AnsweredRRset {
    let zone = zone ?? test, key = try #require(key ?? zone.keys.last)
    var shown = rrset
    shown.owner = owner.map(domainName) ?? rrset.owner
    return AnsweredRRset(rrset: shown, signatures: [try key.sign(rrset, signer: zone.apex, World.period)])
  }
}

extension Judging.Shown {
  /// The same with bits of the flags word set and cleared.
  func flags(set: UInt16 = 0, clear: UInt16 = 0) -> Judging.Shown {
    var changed = self
    let word = (UInt16(bytes[2]) << 8 | UInt16(bytes[3])) & ~clear | set
    changed.bytes[2] = UInt8(word >> 8)
    changed.bytes[3] = UInt8(word & 255)
    return changed
  }

  /// The same with fields changed.
  func with(_ change: (inout Judging.Shown) -> Void) -> Judging.Shown {
    var changed = self
    change(&changed)
    return changed
  }
}

extension ZoneAnswer {
  /// The same without any RRSIG, NSEC and NSEC3.
  var stripped: ZoneAnswer {
    var bare = self
    bare.answer = answer.map { AnsweredRRset(rrset: $0.rrset, signatures: []) }
    bare.authority = authority.filter { ![.nsec, .nsec3].contains($0.rrset.type) }
      .map { AnsweredRRset(rrset: $0.rrset, signatures: []) }
    return bare
  }

  /// The same with its parts changed.
  func with(_ change: (inout ZoneAnswer) throws -> Void) rethrows -> ZoneAnswer {
    var changed = self
    try change(&changed)
    return changed
  }
}
