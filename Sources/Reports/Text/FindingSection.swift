import Bytes
import DNSWire
import Findings

extension TextCanvas {
  /// The findings, severe ones first, as many as the report has room for; those of incidents in a line each.
  /// - Parameter told: whether each one has been told when it was found.
  mutating func writeFindings(
    _ contents: Contents, limits: TextOptions.Limits, detail: TextOptions.Detail, told: Bool
  ) {
    heading("Findings", contents.severityText)
    if told { return }
    let incidents = contents.incidentOfFinding
    var brief = 0, full = 0
    for finding in contents.findings.kept {
      if let incident = incidents[finding.id], detail != .everything {
        if brief < limits.briefFindings { writeBriefly(finding, of: incident) }
        brief += 1
      } else {
        if full < limits.findings { write(finding, detail: detail) }
        full += 1
      }
    }
    let rest = contents.findings.total - min(brief, limits.briefFindings) - min(full, limits.findings)
    if rest > 0 {
      let hint = detail == .everything ? "--format jsonl has all" : "-v shows them, --format jsonl has all"
      line(paint("  and \(grouped(rest)) more (\(hint))", .faint))
    }
  }

  /// One finding: its head, the sentence, and where it is seen; the less severe ones in fewer words.
  mutating func write(_ finding: Finding, detail: TextOptions.Detail) {
    let id = Printable(finding.id), severity = finding.severity.word, rule = Printable(finding.rule.rawValue)
    line(
      "  " + column(id.description, 4, .bold) + " " + column(severity, 8, finding.severity.style) + " "
        + paint(rule.description, .bold) + " (confidence \(finding.confidence.word))")
    paragraph("       ", Printable(finding.summary))
    let brief = detail != .everything && finding.severity < .medium
    let place = brief ? framesText(of: finding) : place(of: finding, clients: detail == .everything)
    paragraph("       ", Printable(place), style: .faint)
    if detail == .everything { writeDetails(of: finding) }
  }

  /// Frames, names and addresses in one sentence; the clients' for those who want everything.
  private func place(of finding: Finding, clients: Bool) -> String {
    var parts = [framesText(of: finding)]
    parts.append(someOf(finding.names.map(\.description), limit: 3))
    if !finding.servers.isEmpty {
      parts.append("from " + someOf(finding.servers.map(\.description), limit: 3))
    }
    if clients, !finding.clients.isEmpty {
      parts.append("to " + someOf(finding.clients.map(\.description), limit: 3))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// Time, facts, honest explanations and references, for those who want everything.
  private mutating func writeDetails(of finding: Finding) {
    line("       \(periodText(from: finding.firstTime, to: finding.lastTime))")
    for fact in finding.evidence { paragraph("       - ", Printable("\(fact.name): \(fact.value.text)")) }
    for explanation in finding.benignExplanations { paragraph("       or: ", Printable(explanation)) }
    if !finding.references.isEmpty {
      paragraph("       see ", Printable(finding.references.joined(separator: ", ")))
    }
  }

  /// A section of sentences, left out when there are none.
  mutating func writeList(_ title: String, _ sentences: [String]) {
    if sentences.isEmpty { return }
    heading(title)
    for sentence in sentences { paragraph("  - ", Printable(sentence)) }
  }
}

extension EvidenceValue {
  /// The value in words.
  var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let flag): flag ? "yes" : "no"
    case .texts(let texts): texts.joined(separator: ", ")
    case .numbers(let numbers): numbers.map { String($0) }.joined(separator: ", ")
    }
  }
}
