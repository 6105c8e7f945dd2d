import Bytes
import Findings

extension TextCanvas {
  /// The incidents, grave ones first, as many as the report has room for.
  mutating func writeIncidents(_ contents: Contents, limit: Int, detail: TextOptions.Detail) {
    guard !contents.incidents.isEmpty else { return }
    heading("Incidents", contents.incidentText)
    for incident in contents.incidents.prefix(limit) {
      write(IncidentTexts(incident, severalInputs: contents.captures.count > 1), detail: detail)
    }
    let rest = contents.incidents.count - min(limit, contents.incidents.count)
    if rest > 0 {
      let hint = detail == .everything ? "--format jsonl has all" : "-v shows more, --format jsonl has all"
      line(paint("  and \(grouped(rest)) more (\(hint))", .faint))
    }
  }

  /// One incident: its head, and below it who, what, why and what came of it.
  private mutating func write(_ texts: IncidentTexts, detail: TextOptions.Detail) {
    let incident = texts.incident, isFull = detail == .everything
    line(
      "  " + column(Printable(incident.id).description, 4, .bold) + " "
        + column(incident.severity.word, 8, incident.severity.style) + " "
        + paint(incident.kind.rawValue, .bold) + " (confidence \(incident.confidence.word))")
    paragraph("       ", Printable("\(texts.target): \(texts.outcome)"))
    line("       " + paint(texts.period, .faint))
    write("forged", texts.forged(isFull ? 32 : 6), incident.forgedData, senders: texts.senders)
    write("genuine", texts.genuine(isFull ? 32 : 6), incident.genuineData)
    write(reasons: texts.reasons(isFull ? .max : 1))
    for fact in texts.facts { write("", "\(fact.name): \(fact.value.text)") }
    write("poisoned", texts.poisoned(isFull ? 50 : 3))
    write("served in", [texts.served(isFull ? 32 : 6)])
    write("reached", texts.victims(isFull ? 100 : 4))
    write("contacts", texts.contacts(isFull ? 100 : 3))
    write("recovery", [texts.recovery ?? ""])
    write("findings", [someOf(incident.findings, limit: isFull ? .max : 12)])
  }

  /// The frames of one kind and what their answers say.
  private mutating func write(_ label: String, _ frames: String, _ data: [String], senders: String = "") {
    guard !frames.isEmpty else { return }
    let from = senders.isEmpty ? "" : ", in the name of \(senders)"
    write(label, frames + from + (data.isEmpty ? "" : ": " + someOf(data, limit: 2)))
  }

  /// The evidence by family.
  private mutating func write(reasons: [(family: EvidenceFamily, text: String)]) {
    for (index, reason) in reasons.enumerated() {
      write(index == 0 ? "because" : "", "\(reason.family.rawValue) \(reason.family.word): \(reason.text)")
    }
  }

  /// Lines under one label; empty ones are left out.
  private mutating func write(_ label: String, _ texts: [String]) {
    var label = label
    for text in texts where !text.isEmpty {
      write(label, text)
      label = ""
    }
  }

  /// A label and a paragraph beside it.
  private mutating func write(_ label: String, _ text: String) {
    paragraph("       " + paint(column(label, 10), .faint), firstWidth: 17, Printable(text))
  }

  /// A finding that belongs to an incident, in one line.
  mutating func writeBriefly(_ finding: Finding, of incident: String) {
    let text =
      "\(finding.rule.rawValue) (confidence \(finding.confidence.word)) in \(incident): \(framesText(of: finding, limit: 4))"
    let indent =
      "  " + column(Printable(finding.id).description, 4, .bold) + " "
      + column(finding.severity.word, 8, finding.severity.style) + " "
    paragraph(indent, firstWidth: 16, Printable(text))
  }
}
