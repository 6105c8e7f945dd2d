import DNSSEC

/// Runs every rule over the judged responses and numbers what they find.
package struct FindingCollector {
  private var rules: [any FindingRule] = [
    ConflictingAnswerRule(), BogusRule(), UnsignedRule(), AnchorTroubleRule(), WeakCryptoRule(),
  ]

  /// All rules, nothing found yet.
  package init() {}

  /// Takes the next response, in frame order.
  package mutating func receive(_ response: JudgedResponse) {
    for index in rules.indices { rules[index].receive(response) }
  }

  /// Takes a further packet of a kind that was received, outside of conflicts.
  package mutating func receiveAgain(_ packet: JudgedPacket) {
    for index in rules.indices { rules[index].receiveAgain(packet) }
  }

  /// Takes the chain of trust of a zone, after the last response.
  package mutating func receive(_ zone: ZoneReport) {
    for index in rules.indices { rules[index].receive(zone) }
  }

  /// Ends a part of the run: what follows has kinds of its own.
  package mutating func endPart() {
    for index in rules.indices { rules[index].endPart() }
  }

  /// The findings: worst first, then by first frame; ids follow that order.
  package func findings() -> [Finding] {
    var all = rules.flatMap { $0.findings() }
    all.sort { a, b in
      (b.severity.rawValue, a.firstFrame, a.rule.rawValue, a.summary) < (
        a.severity.rawValue, b.firstFrame, b.rule.rawValue, b.summary
      )
    }
    for index in all.indices { all[index].id = "F\(index + 1)" }
    return all
  }
}
