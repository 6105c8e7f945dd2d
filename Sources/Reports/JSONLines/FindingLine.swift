import DNSWire
import Findings

extension JSONLineWriter {
  /// Writes the members of `finding`.
  mutating func write(_ finding: Finding) {
    field("event", "finding")
    field("id", finding.id)
    field("rule", finding.rule.rawValue)
    field("severity", finding.severity.word)
    field("confidence", finding.confidence.word)
    field("summary", finding.summary)
    if let file = finding.file { field("file", file) }
    field("first_frame", finding.firstFrame)
    field("last_frame", finding.lastFrame)
    field("first_time", finding.firstTime)
    field("last_time", finding.lastTime)
    field("frames", Array(finding.frames.prefix(Finding.frameLimit)))
    if !finding.files.isEmpty { field("files", Array(finding.files.prefix(Finding.frameLimit))) }
    field("count", finding.count)
    array("names") { list in
      for name in finding.names { list.element(ascii: name.appendPresentation) }
    }
    array("servers") { list in
      for server in finding.servers { list.element(ascii: server.appendText) }
    }
    array("clients") { list in
      for client in finding.clients { list.element(ascii: client.appendText) }
    }
    object("evidence") { object in
      for fact in finding.evidence { object.field(fact.name, fact.value) }
    }
    field("benign_explanations", finding.benignExplanations)
    field("references", finding.references)
  }

  /// Writes a fact in JSON's own kind.
  mutating func field(_ key: String, _ value: EvidenceValue) {
    switch value {
    case .text(let text): field(key, text)
    case .number(let number): field(key, number)
    case .flag(let flag): field(key, flag)
    case .texts(let texts): field(key, texts)
    case .numbers(let numbers): field(key, numbers)
    }
  }
}
