import DNSSEC
import DNSWire

/// Runs every rule over the judged responses and numbers what they find.
package struct FindingCollector {
  private var rules: [any FindingRule] = [
    ConflictingAnswerRule(), BogusRule(), StrippedRule(), UnsignedRule(), FailedSignatureRule(),
    KeyTrapRule(), NSEC3WorkRule(), ADLiesRule(),
    ContradictsSecureRule(), AnchorTroubleRule(), WeakCryptoRule(),
  ]
  /// For every kind of response the rules that take further packets of it, a bit each.
  private var takers: [UInt32] = []

  /// All rules, nothing found yet.
  package init() {}

  /// Takes the next response, in frame order.
  package mutating func receive(_ response: JudgedResponse) {
    while takers.count <= response.kind { takers.append(0) }
    for index in rules.indices where rules[index].receive(response) {
      takers[response.kind] |= 1 << UInt32(index)
    }
  }

  /// Whether a kind of response can tell any rule anything: most are secure and claim no more, and cost nothing.
  /// - Parameter wantsAD: whether their queries asked a resolver for its word.
  package static func concerns(_ judgement: ResponseJudgement, _ flags: HeaderFlags, wantsAD: Bool) -> Bool {
    if judgement.verdict.security != .secure || judgement.work != nil { return true }
    if !judgement.weakLinks.isEmpty { return true }
    // With AD it shows that this resolver sets it; without, that it does not.
    return flags.ra && (flags.ad || wantsAD)
  }

  /// Whether any rule takes further packets of a kind.
  package func takesMore(of kind: Int) -> Bool { takers[kind] != 0 }

  /// Takes a further packet of a kind that was received, outside of conflicts.
  package mutating func receiveAgain(_ packet: JudgedPacket) {
    let takers = takers[packet.kind]
    for index in rules.indices where takers & 1 << UInt32(index) != 0 { rules[index].receiveAgain(packet) }
  }

  /// Takes the chain of trust of a zone, after the last response.
  package mutating func receive(_ zone: ZoneReport) {
    for index in rules.indices { rules[index].receive(zone) }
  }

  /// Ends a part of the run: what follows has kinds of its own.
  package mutating func endPart() {
    takers = []
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
