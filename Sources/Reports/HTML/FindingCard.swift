import Bytes
import DNSWire
import Findings

/// One finding on the page.
struct FindingCard {
  /// Its name on the page, and in links to it.
  let id: Printable, anchor: Printable
  /// The incident that it belongs to.
  let hasOwner: Bool, owner: Printable, ownerAnchor: Printable
  /// How bad, how sure, and the rule.
  let severity: Printable, confidence: Printable, rule: Printable
  /// The sentence, the time and the frames.
  let said: Printable, period: Printable, frames: Printable
  /// Names, servers and clients, those that there are.
  let places: [Line]
  /// A display filter that shows the frames.
  let filter: Printable
  /// The facts of the rule.
  let hasFacts: Bool, facts: [Line]
  /// Honest explanations.
  let hasExplanations: Bool, explanations: [Printable]
  /// CVEs, RFCs and papers.
  let hasReferences: Bool, references: Printable

  /// The card of a finding, and of which incident it is.
  init(_ finding: Finding, incident: String?) {
    id = Printable(finding.id)
    anchor = Printable(anchorName("finding", finding.id))
    hasOwner = incident != nil
    (owner, ownerAnchor) = (Printable(incident ?? ""), Printable(anchorName("incident", incident ?? "")))
    severity = Printable(finding.severity.word)
    confidence = Printable(finding.confidence.word)
    rule = Printable(finding.rule.rawValue)
    said = Printable(finding.summary)
    period = Printable(periodText(from: finding.firstTime, to: finding.lastTime))
    frames = Printable(framesText(of: finding, limit: Page.listLimit))
    places = FindingCard.places(finding)
    filter = Printable(FindingCard.filter(finding))
    facts = finding.evidence.prefix(Page.listLimit).map { Line($0.name, $0.value.text) }
    hasFacts = !facts.isEmpty
    explanations = finding.benignExplanations.prefix(Page.listLimit).map { Printable($0) }
    hasExplanations = !explanations.isEmpty
    references = Printable(someOf(finding.references, limit: Page.listLimit))
    hasReferences = !finding.references.isEmpty
  }

  /// Names and addresses, each kind in a line.
  private static func places(_ finding: Finding) -> [Line] {
    let kinds = [
      ("Names", finding.names.map(\.description)), ("From", finding.servers.map(\.description)),
      ("To", finding.clients.map(\.description)),
    ]
    return kinds.filter { !$0.1.isEmpty }.map {
      Line($0.0, someOf($0.1, limit: Page.listLimit), isCode: true)
    }
  }

  /// `frame.number in {12, 14..19}`, as far as a filter can be read.
  private static func filter(_ finding: Finding) -> String {
    guard !finding.files.isEmpty else { return filter(finding.frames) }
    return Set(finding.files).sorted().map { file in
      "input \(file): " + filter(zip(finding.files, finding.frames).filter { $0.0 == file }.map(\.1))
    }.joined(separator: "; ")
  }

  /// The filter for frames of one input.
  private static func filter(_ frames: [Int]) -> String {
    let ranges = frameRanges(frames).prefix(Page.listLimit)
    let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)..\($0.upperBound)" }
    return "frame.number in {\(texts.joined(separator: ", "))}"
  }
}
