import DNSWire

/// A4: an address or a name server that was forged for one name stands beside others.
enum PivotRule: AftermathRule {
  /// Names that are told.
  private static let told = 16

  static func charge(_ story: PoisonStory, _ outcome: AttackOutcome, _ investigation: Investigation)
    -> Charge?
  {
    guard let first = story.recurrences.first else { return nil }
    let caseFile = investigation.caseFile, store = caseFile.store.rrsets
    let rrsets = Set(story.recurrences.map(\.rrset)).sorted()
    let names = Set(rrsets.map { store.owner(of: $0) }).sorted()
    var charge = Charge(
      .pivot, .history, .follows, .medium, .medium,
      "forged data also stand beside \(counted(names.count, "name")) that this attack is not about: \(caseFile.texts(first.rrset, limit: 1).joined()) in frame \(caseFile.packet(first.record).number)"
    )
    charge.records = story.recurrences.map(\.record)
    charge.names = Array(names.prefix(FindingDraft.listLimit))
    charge.facts = [("records", .texts(rrsets.prefix(told).flatMap { caseFile.texts($0, limit: 2) }))]
    charge.benign = ["an address that many names share: a content network, a hosting company"]
    return charge
  }
}
