import Bytes
import DNSWire
import Packets

/// F2: later fragments of UDP datagrams that came before any beginning, or without one: planted to be put together with
/// the beginning of an answer that is yet to come.
///
/// Honest look-alikes: packets that change places on the way by up to a millisecond, hosts that always send the last
/// fragment first, captures that lost beginnings.
enum PlantedFragmentRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let waiting = WaitingFragments(investigation)
    return waiting.bursts.compactMap { charge($0, waiting, investigation) }
  }

  /// The charge of a burst; nil when it is what loss looks like.
  private static func charge(
    _ burst: WaitingFragments.Burst, _ waiting: WaitingFragments, _ investigation: Investigation
  ) -> Charge? {
    let odd = burst.fragments.filter { waiting.oddity(of: $0) != nil }
    let hits = burst.fragments.filter { $0.outcome == .joined }
    let isGuess = waiting.areGuesses(burst), hasOddHit = hits.contains(where: waiting.isPlanted)
    guard isGuess || !odd.isEmpty || !hits.isEmpty, let first = burst.fragments.first else { return nil }
    let accuses = isGuess || hasOddHit
    let severity: Severity = isGuess ? .high : hasOddHit ? .medium : .low
    var charge = Charge(
      .plantedFragment, isGuess ? .volume : .timing, accuses ? .accuses : .supports, severity,
      isGuess && !odd.isEmpty || hasOddHit ? .high : accuses ? .medium : .low,
      "\(counted(burst.fragments.count, "later fragment")) with \(counted(burst.identifications.count, "IP ID")) in the name of \(first.source) came to \(first.destination) before any beginning"
    )
    charge.packets = (accuses && !isGuess ? odd : burst.fragments).map(\.packet).sorted()
    charge.records = Set(hits.flatMap(waiting.records)).sorted()
    (charge.host, charge.servers) = (first.destination, [first.source])
    (charge.firstTime, charge.lastTime) = (first.time, burst.fragments.last?.time)
    charge.zone = charge.records.first.flatMap(investigation.zone)
    (charge.kind, charge.hasHit) = (.fragmentInjection, isGuess && !hits.isEmpty)
    charge.arithmetic = odd.prefix(16).compactMap(waiting.oddity)
    charge.facts = [("identifications", .numbers(burst.identifications.sorted().prefix(64).map { Int($0) }))]
    charge.benign = [
      "packets that changed places on the way", "a host that sends the last fragment first", "lost packets",
    ]
    charge.references = ["Fragmentation Considered Poisonous (Herzberg and Shulman 2013)", "RFC 9715"]
    return charge
  }
}
