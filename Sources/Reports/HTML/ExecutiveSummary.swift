import DNSSEC
import DNSWire
import Findings

/// A run in five plain lines: what, when, who, how sure, what next.
struct ExecutiveSummary {
  /// The lines.
  let lines: [Line]

  /// The summary of a run.
  init(_ contents: Contents) {
    let serious = contents.findings.kept.filter { $0.severity >= .medium }
    if let attacks = IncidentSummary(contents) {
      lines = ExecutiveSummary.lines(contents, attacks)
      return
    }
    lines = [
      Line("What", ExecutiveSummary.what(contents)), Line("When", ExecutiveSummary.when(contents)),
      Line("Who", ExecutiveSummary.who(contents, serious)),
      Line("How sure", ExecutiveSummary.howSure(contents, serious)),
      Line("What next", ExecutiveSummary.whatNext(contents, serious)),
    ]
  }

  /// The summary that leads with attacks.
  private static func lines(_ contents: Contents, _ attacks: IncidentSummary) -> [Line] {
    [
      Line("What", attacks.what), Line("When", "\(attacks.when) Capture: \(when(contents))"),
      Line("Who", attacks.who),
      Line("How sure", "\(attacks.howSure) \(limited(contents)) these conclusions."),
      Line("What next", attacks.whatNext),
    ]
  }

  /// The answers by word, and the finding that matters most.
  private static func what(_ contents: Contents) -> String {
    guard let summary = contents.summary, summary.responses > 0 else {
      return "There was no DNS response to judge."
    }
    let counts = SecurityStatus.allCases.reversed().map { ($0.word, summary.count(of: $0)) }
    let words = counts.filter { $0.1 > 0 }.map { "\(grouped($0.1)) \($0.0)" }.joined(separator: ", ")
    let verb = summary.responses == 1 ? "was" : "were"
    let sentence =
      "\(counted(summary.responses, "DNS response")) \(verb) judged: \(words.isEmpty ? "none" : words)."
    guard let first = contents.findings.kept.first, first.severity >= .medium else { return sentence }
    return "\(sentence) The most severe finding, \(first.id): \(first.summary)"
  }

  /// The time from the first packet to the last one, and where it comes from.
  private static func when(_ contents: Contents) -> String {
    let captures = contents.captures, packets = captures.reduce(0) { $0 &+ $1.packets }
    let source = "\(counted(packets, "packet")) in \(counted(captures.count, "capture"))"
    guard let first = captures.compactMap(\.firstTime).min(), let last = captures.compactMap(\.lastTime).max()
    else {
      return "\(source), without a time."
    }
    return "\(periodText(from: first, to: last)) (\(durationText(from: first, to: last))), \(source)."
  }

  /// Names and addresses that the findings of weight concern.
  private static func who(_ contents: Contents, _ serious: [Finding]) -> String {
    guard !serious.isEmpty else { return "No finding of medium severity or above concerns anybody." }
    let names = Set(serious.flatMap(\.names)).sorted().map(\.description)
    let servers = Set(serious.flatMap(\.servers)).sorted().map(\.description)
    let clients = Set(serious.flatMap(\.clients)).sorted().map(\.description)
    var parts = ["\(counted(names.count, "name")): \(someOf(names, limit: 5))"]
    if !servers.isEmpty { parts.append("answers from \(someOf(servers, limit: 5))") }
    if !clients.isEmpty { parts.append("sent to \(someOf(clients, limit: 5))") }
    return parts.joined(separator: "; ") + "."
  }

  /// The confidence of the findings of weight, and how much limits the conclusions.
  private static func howSure(_ contents: Contents, _ serious: [Finding]) -> String {
    let limited = limited(contents)
    guard !serious.isEmpty else { return "\(limited) these conclusions." }
    let parts = Confidence.allCases.reversed().compactMap { confidence -> String? in
      let number = serious.count(where: { $0.confidence == confidence })
      let text = confidence == .confirmed ? "confirmed" : "with \(confidence.word) confidence"
      return number > 0 ? "\(grouped(number)) \(text)" : nil
    }
    return
      "Findings of medium severity and above: \(parts.joined(separator: ", ")). \(limited) these conclusions."
  }

  /// How much limits the conclusions.
  private static func limited(_ contents: Contents) -> String {
    let limits = Limitations(contents, zones: 0, oddities: false).limits.count
    return limits == 0
      ? "Nothing particular limits"
      : "\(counted(limits, "point")) under Limits \(limits == 1 ? "qualifies" : "qualify")"
  }

  /// What a responder does with this page.
  private static func whatNext(_ contents: Contents, _ serious: [Finding]) -> String {
    var steps: [String] = []
    if !serious.isEmpty {
      let ids = someOf(serious.map(\.id), limit: 5)
      steps.append("Look at \(ids) first and weigh the honest explanations named there.")
    }
    if contents.zoneCounts[.indeterminate, default: 0] > 0 {
      steps.append("Capture the answers named under Limits: they would settle the indeterminate zones.")
    }
    steps.append(
      serious.isEmpty
        ? "Nothing here asks for action." : "Keep the capture unchanged with the hash under Custody.")
    return steps.joined(separator: " ")
  }
}
