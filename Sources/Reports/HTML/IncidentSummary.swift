import Bytes
import DNSWire
import Findings

/// What a run with incidents comes to, for people who know nothing of DNS: the same five lines as `ExecutiveSummary`.
struct IncidentSummary {
  /// The incidents that matter.
  private let incidents: [Incident]

  /// The summary of incidents of medium severity and above; nil without any.
  init?(_ contents: Contents) {
    incidents = contents.incidents.filter { $0.severity >= .medium }
    if incidents.isEmpty { return nil }
  }

  /// How many attacks, and the gravest in plain words.
  var what: String {
    guard let first = incidents.first else { return "" }
    let taken = incidents.count { $0.succeeded == true }
    let number =
      "\(counted(incidents.count, "attack")) on name resolution \(incidents.count == 1 ? "was" : "were") found"
    let success =
      taken == 0
      ? "; none of them is seen to have succeeded"
      : taken == incidents.count ? "" : "; \(grouped(taken)) succeeded"
    let texts = IncidentTexts(first, severalInputs: false)
    let about = first.name.map { ", about \($0)" } ?? first.zone.map { ", about names in \($0)" } ?? ""
    return "\(number)\(success). The gravest is \(first.id)\(about): \(first.kind.plain) (\(texts.outcome))."
  }

  /// When the attacks were, and until when their data may be in caches.
  var when: String {
    let first = incidents.map(\.firstTime).min(), last = incidents.map(\.lastTime).max()
    guard let first, let last else { return "" }
    let period = "Attacks: \(periodText(from: first, to: last))."
    guard let end = incidents.flatMap({ $0.victims.map(\.expires) }).max() else { return period }
    return "\(period) Forged data that were seen stay in caches until \(timeText(end)) at the latest."
  }

  /// Who was to be deceived, who got forged data, and who went where they lead.
  var who: String {
    let targets = Set(incidents.compactMap(\.resolver)).sorted().map(\.description)
    let victims = Set(incidents.flatMap { $0.victims.map(\.client) }).sorted().map(\.description)
    let visitors = Set(incidents.flatMap { $0.contacts.map(\.client) }).sorted().map(\.description)
    var parts: [String] = []
    if !targets.isEmpty { parts.append("Aimed at \(someOf(targets, limit: 5))") }
    parts.append(
      victims.isEmpty
        ? "no host is seen to have got forged data"
        : "\(counted(victims.count, "host")) got forged data: \(someOf(victims, limit: 5))")
    if !visitors.isEmpty { parts.append("then connected to a forged address: \(someOf(visitors, limit: 5))") }
    return parts.joined(separator: "; ") + "."
  }

  /// How sure, and on what kinds of evidence it rests.
  var howSure: String {
    let parts = Confidence.allCases.reversed().compactMap { confidence -> String? in
      let ids = incidents.filter { $0.confidence == confidence }.map(\.id)
      guard !ids.isEmpty else { return nil }
      return
        "\(someOf(ids, limit: 5)) \(confidence == .confirmed ? "confirmed by signatures" : "with \(confidence.word) confidence")"
    }
    return "\(capitalized(parts.joined(separator: "; ")))."
  }

  /// What a responder does first.
  var whatNext: String {
    var steps: [String] = []
    let deceived = incidents.filter { $0.succeeded == true }.compactMap(\.resolver)
    let resolvers = Set(deceived).sorted().map(\.description)
    if !resolvers.isEmpty {
      steps.append("Clear the caches of \(someOf(resolvers, limit: 5)) and of those behind them.")
    }
    let addresses = unique(
      incidents.flatMap(\.poisoned).filter { $0.type == .a || $0.type == .aaaa }.map(\.data))
    if !addresses.isEmpty {
      steps.append("Look for connections to \(someOf(addresses, limit: 5)) elsewhere, and block them.")
    }
    let ids = someOf(incidents.map(\.id), limit: 5)
    steps.append("Read \(ids) first and weigh the honest explanations named there.")
    steps.append("Keep the capture unchanged with the hash under Custody.")
    return steps.joined(separator: " ")
  }
}
