import Bytes
import DNSWire
import Packets

/// Puts charges together to incidents, weighs them, follows what came of them, and makes findings of all charges.
struct IncidentBuilder {
  private let investigation: Investigation

  /// Charges of one host and zone belong together across pauses of up to so many nanoseconds: a resolver that is asked
  /// for the same name again asks upstream again after a minute or so.
  static let pause: Int64 = 60_000_000_000
  /// Incidents of a part of a run, each followed to its end; further charges are findings alone. A thousand decoys hid a
  /// won race when the bound was a thousand, and cost next to nothing to follow.
  static let limit = 16_384

  /// Charges that belong together.
  struct Cluster {
    var accusing: [Charge] = [], others: [Charge] = []
    var host: IPAddress?, zone: Name?
    var first: Timestamp, last: Timestamp
    var records: Set<Int> = []

    /// All of them.
    var charges: [Charge] { accusing + others }
  }

  /// A builder with the evidence of an investigation.
  init(_ investigation: Investigation) { self.investigation = investigation }

  /// The incidents with their findings, and the findings that belong to none.
  func build(_ charges: [Charge]) -> (
    incidents: [(incident: Incident, findings: [Finding])], findings: [Finding]
  ) {
    var board = ClusterBoard(investigation)
    var rest: [Charge] = []
    let accusing = charges.filter { $0.standing == .accuses }.map { ($0, board.span(of: $0)) }
    for (charge, span) in accusing.sorted(by: { $0.1.first < $1.1.first }) {
      if !board.add(charge, span) { rest.append(charge) }
    }
    // What is low by itself and has nothing beside it is no incident.
    rest += board.removeSlight()
    for charge in charges where charge.standing == .supports {
      if !board.support(charge) { rest.append(charge) }
    }
    rest += charges.filter { $0.standing == .stands }
    let aftermath = Aftermath(investigation, board.clusters)
    var incidents: [(incident: Incident, findings: [Finding])] = []
    for (cluster, outcome) in zip(board.clusters, aftermath.outcomes) {
      let verdict = IncidentVerdict(cluster, outcome, investigation)
      incidents.append((verdict.incident, verdict.findings))
    }
    return (incidents, rest.map { FindingMaker(investigation).finding($0, $0.severity, $0.confidence) })
  }
}

extension Timestamp {
  /// Nanoseconds from an earlier time to this one, negative when that is later; clamped.
  func distance(from earlier: Timestamp) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    guard overflow else { return difference }
    return nanoseconds < 0 ? .min : .max
  }
}
