import Bytes

/// A3: when a deceived host gave clean answers again, and whether it forgot the forged data before their time.
enum RecoveryRule: AftermathRule {
  /// Seconds by which a cache may let go of data early without having been told to: as much as a countdown may be off.
  private static let slack: Int64 = 2

  static func charge(_ story: PoisonStory, _ outcome: AttackOutcome, _ investigation: Investigation)
    -> Charge?
  {
    guard outcome.succeeded == true, !story.served.isEmpty, let cleared = story.cleared else { return nil }
    let caseFile = investigation.caseFile, time = caseFile.time(cleared)
    var charge = Charge(
      .recovery, .history, .follows, .info, .high,
      "\(caseFile.server(cleared)) gives clean data again in frame \(caseFile.packet(cleared).number)")
    charge.records = [cleared]
    if let expires = outcome.victims.map(\.expires).max() {
      let early = expires.distance(from: time) / 1_000_000_000
      charge.summary +=
        early > slack
        ? ", \(early) s before the forged data would have run out: its cache was cleared, or took other data"
        : ", after the forged data had run out"
      charge.facts = [("seconds_before_expiry", .number(Int(early)))]
    }
    charge.benign = ["another cache behind the same address answered"]
    return charge
  }
}
