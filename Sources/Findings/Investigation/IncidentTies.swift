import Packets

/// Ties the findings of rules that look at single responses to the incidents whose forged or served packets they are
/// about, and gives bogus answers the severity that a rival or an incident proves (catalogue, D1 and D2).
struct IncidentTies {
  /// Incidents by their forged packets, and by all their packets.
  private var forged: [PacketID: Int] = [:], all: [PacketID: Int] = [:]
  private let isSure: [Bool]
  /// Rules that speak of answers as attackers make them.
  private static let rules: Set<Rule> = [.bogus, .stripped, .contradictsSecure, .adLies]
  /// Those whose findings are grave when the answers are forged.
  private static let graveRules: Set<Rule> = [.bogus, .stripped]

  /// Over the incidents of a run.
  init(_ incidents: [Incident]) {
    isSure = incidents.map { $0.confidence >= .high && $0.severity >= .high }
    for (index, incident) in incidents.enumerated() {
      for packet in incident.forged {
        forged[packet] = forged[packet] ?? index
        all[packet] = all[packet] ?? index
      }
      for packet in incident.served { all[packet] = all[packet] ?? index }
    }
  }

  /// The incidents that a finding belongs to, and the finding with the severity that it has beside them.
  func tied(_ finding: Finding) -> (finding: Finding, incidents: [Int]) {
    guard !all.isEmpty, IncidentTies.rules.contains(finding.rule) else { return (finding, []) }
    let packets = finding.frames.enumerated().map { place, frame in
      PacketID(frame, file: finding.files.isEmpty ? finding.file ?? 0 : finding.files[place])
    }
    var finding = finding
    let isForged = packets.contains { forged[$0].map { isSure[$0] } ?? false }
    if isForged, IncidentTies.graveRules.contains(finding.rule) {
      finding.severity = max(finding.severity, .high)
    }
    return (finding, Set(packets.compactMap { all[$0] }).sorted())
  }
}
