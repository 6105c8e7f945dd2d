import DNSWire

/// Conflicts of shapes that honest servers were seen to produce (ICSI and UC Berkeley, in Hold-On 2012; CDNs since).
struct HonestShape {
  /// What explains the conflict without an attack.
  private(set) var explanations: [String] = []
  /// Whether nothing but contents speaks against it.
  private let isBare: Bool

  /// Looks at a race.
  init(_ race: Race, _ investigation: Investigation) {
    let caseFile = investigation.caseFile
    isBare = !race.sides.contains { side in side.reasons.contains { !$0.isOrder && $0.points > 0 } }
    let firsts = race.sides.compactMap(\.records.first)
    let failures = firsts.filter { [.servFail, .refused].contains(caseFile.body($0).rcode) }
    if !failures.isEmpty, firsts.count - failures.count <= 1 {
      explanations.append("an overloaded or failing server answered with an error beside the answer")
    }
    let addresses = firsts.map { HonestShape.addresses(caseFile, $0) }
    if addresses.allSatisfy({ !$0.isEmpty }) {
      let networks = Set(addresses.joined().map { $0.prefix($0.count == 4 ? 3 : 6) })
      if networks.count == 1 { explanations.append("a pool of addresses in one network answers in turn") }
    }
    if let first = firsts.first, investigation.history.variety(of: first) > 1 {
      explanations.append("this server gives different data for that name at other times too")
    }
    if caseFile.quality.isLossy {
      explanations.append("the capture lost packets, maybe a second query")
    }
  }

  /// Whether it is likely an honest one.
  var isLikely: Bool { !explanations.isEmpty && isBare }

  /// The addresses in an answer.
  private static func addresses(_ caseFile: CaseFile, _ record: Int) -> [[UInt8]] {
    caseFile.data(record).filter { $0.type == .a || $0.type == .aaaa }
      .flatMap { caseFile.store.rrsets.records(of: $0.rrset) }
  }
}
