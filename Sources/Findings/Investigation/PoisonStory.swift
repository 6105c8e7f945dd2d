import Bytes
import DNSWire

/// Where the forged data of one attack stand, for the rules that tell what came of it.
struct PoisonStory {
  /// Forged responses, and those in which honest hosts pass forged data on; both in frame order.
  var forged: [Int] = [], served: [Int] = []
  /// RRsets that are forged, and questions whose denial is.
  var rrsets: Set<RRsetID> = [], denials: Set<UInt32> = []
  /// The first clean answer after the last one that passes forged data on.
  var cleared: Int?
  /// Where forged addresses and name servers stand beside other names.
  var recurrences: [Recurrence] = []

  /// Forged data beside a name that the attack is not about.
  struct Recurrence {
    /// The response, and the RRset in it.
    let record: Int, rrset: RRsetID
  }
}

/// A rule of the catalogue that tells what came of an attack.
protocol AftermathRule {
  /// What it charges, if there is anything to tell.
  static func charge(_ story: PoisonStory, _ outcome: AttackOutcome, _ investigation: Investigation)
    -> Charge?
}

extension PoisonStory {
  /// The rules, in the order of the catalogue.
  private static var rules: [any AftermathRule.Type] {
    [PoisonServedRule.self, ExposureRule.self, RecoveryRule.self, PivotRule.self]
  }

  /// What all rules charge.
  func charges(_ outcome: AttackOutcome, _ investigation: Investigation) -> [Charge] {
    PoisonStory.rules.compactMap { $0.charge(self, outcome, investigation) }
  }
}
