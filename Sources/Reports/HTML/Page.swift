import DNSSEC
import Findings

/// What the templates show. Their variables are the names of these properties.
struct Page {
  /// The inputs in a few words, the tool with its version, and when the page was made.
  let subject: Printable, tool: Printable, generated: Printable
  /// Free fields about the case.
  let hasCase: Bool, caseFields: [Line]
  /// The summary in five lines.
  let summaryLines: [Line]
  /// The four words and how many answers have each.
  let hasAnswers: Bool, answers: [AnswerCount], answersText: Printable, traffic: Printable
  /// The incidents, and how many there are.
  let hasIncidents: Bool, incidentsText: Printable, incidents: [IncidentCard]
  /// What is said of incidents that are not on the page.
  let hasMoreIncidents: Bool, moreIncidents: Printable
  /// The findings, and how many there are.
  let findingsText: Printable, findings: [FindingCard]
  /// What is said of findings that are not on the page.
  let hasMoreFindings: Bool, moreFindings: Printable
  /// The zones, and how many there are.
  let zonesText: Printable, zones: [ZoneCard]
  /// What is said of zones that are not on the page.
  let hasMoreZones: Bool, moreZones: Printable
  /// What would break if validation were on.
  let hasBreakage: Bool, breakage: Printable, breakingNames: [BreakageLine]
  /// What limits the conclusions, and what could not be read or judged.
  let limits: [Printable], hasUnread: Bool, unread: [Printable]
  /// The inputs, the tool, its options and the anchors.
  let inputs: [InputCard], toolFacts: [Line], hasAnchors: Bool, anchors: [AnchorRow]
  /// What the words mean.
  let glossary = Line.glossary

  /// The page of a run.
  init(_ contents: Contents) {
    subject = Printable(someOf(contents.captures.map(\.path), limit: 3))
    tool = Printable(contents.run.map { "\($0.tool) \($0.version)" } ?? "dnsaudit")
    generated = Printable(contents.run.map { timeText($0.generated) } ?? "at an unknown time")
    caseFields = (contents.run?.caseFields ?? []).map { Line($0.name, $0.value) }
    hasCase = !caseFields.isEmpty
    summaryLines = ExecutiveSummary(contents).lines
    answers = SecurityStatus.allCases.map { AnswerCount($0, contents.summary) }
    hasAnswers = answers.contains { $0.isPresent }
    answersText = Printable(answers.map { "\($0.countText) \($0.word)" }.joined(separator: ", "))
    traffic = Page.traffic(contents)
    let kept = contents.findings.kept, byID = Dictionary(kept.map { ($0.id, $0) }) { first, _ in first }
    let shown = contents.incidents.prefix(HTMLReport.incidentLimit)
    incidents = shown.map { IncidentCard($0, severalInputs: contents.captures.count > 1, findings: byID) }
    hasIncidents = !incidents.isEmpty
    incidentsText = Printable(contents.incidentText)
    hasMoreIncidents = contents.incidents.count > shown.count
    moreIncidents = Page.more(
      contents.incidents.count - shown.count, "incident", limit: HTMLReport.incidentLimit)
    findingsText = Printable(contents.severityText)
    let owners = contents.incidentOfFinding
    findings = kept.map { FindingCard($0, incident: owners[$0.id]) }
    hasMoreFindings = contents.findings.leftOut > 0
    moreFindings = Page.more(contents.findings.leftOut, "finding", limit: HTMLReport.findingLimit)
    let tree = ZoneTree(contents, limit: HTMLReport.zoneLimit)
    zonesText = Printable(contents.zoneText)
    zones = tree.rows.map { ZoneCard($0) }
    hasMoreZones = !tree.leftOut.isEmpty
    moreZones = Page.more(tree.leftOut.reduce(0) { $0 + $1.count }, "zone", limit: HTMLReport.zoneLimit)
    let found = Breakage(contents.summary, limit: Page.listLimit)
    (hasBreakage, breakage) = (found.headline != nil, Printable(found.headline ?? ""))
    breakingNames = found.lines
    let limitations = Limitations(contents, zones: Page.gapLimit, oddities: true)
    limits = (Page.standingLimits + limitations.limits).map { Printable($0) }
    unread = limitations.unread.map { Printable($0) }
    hasUnread = !unread.isEmpty
    inputs = contents.captures.map { InputCard($0) }
    toolFacts = contents.run.map { Line.tool($0) } ?? []
    anchors = (contents.run?.anchors ?? []).prefix(Page.listLimit).map { AnchorRow($0) }
    hasAnchors = !anchors.isEmpty
  }

  /// The most entries of one list inside a card; longer ones are counted.
  static let listLimit = 50

  /// The most indeterminate zones named under Limits; all of them stand under Zones.
  static let gapLimit = 10

  /// What is true of every capture.
  private static let standingLimits = [
    "A capture shows one place on the network. What it does not show may still have happened.",
    "An insecure answer cannot be proven true; it can only be contradicted.",
  ]

  /// The messages behind the counts.
  private static func traffic(_ contents: Contents) -> Printable {
    guard let summary = contents.summary else { return Printable("") }
    return Printable(
      "\(counted(summary.messages, "DNS message")) in \(counted(summary.packets, "packet")): "
        + "\(counted(summary.queries, "query")), \(counted(summary.responses, "response")), "
        + "\(counted(summary.uniqueRRsets, "distinct RRset")), \(counted(summary.signaturesSeen, "signature")) seen, "
        + "\(grouped(summary.signaturesVerified)) verified.")
  }

  /// What is said of things that the page has no room for.
  private static func more(_ count: Int, _ noun: String, limit: Int) -> Printable {
    Printable(
      "\(counted(count, "further \(noun)")) not shown: this page stops at \(grouped(limit)). JSON lines have all."
    )
  }
}

/// A label and what belongs to it.
struct Line {
  /// The two.
  let label: Printable, value: Printable
  /// Whether the value is for machines too, and set like code.
  let isCode: Bool

  /// From the two.
  init(_ label: String, _ value: String, isCode: Bool = false) {
    (self.label, self.value, self.isCode) = (Printable(label), Printable(value), isCode)
  }
}

/// One of the four words and how many answers have it.
struct AnswerCount {
  /// The word and its meaning.
  let word: Printable, meaning: Printable
  /// The number, also with commas, and its share of all.
  let count: Int, countText: Printable, share: Printable
  /// Whether any answer has it.
  let isPresent: Bool
}

extension AnswerCount {
  /// The count of a word in a summary.
  init(_ security: SecurityStatus, _ summary: SummaryEvent?) {
    let counts = SecurityStatus.allCases.map { summary?.count(of: $0) ?? 0 }
    count = summary?.count(of: security) ?? 0
    isPresent = count > 0
    word = Printable(security.word)
    meaning = Printable(security.meaning)
    countText = Printable(grouped(count))
    share = Printable(percentText(count, of: counts.reduce(0, &+)))
  }
}
