import DNSWire

/// Conflicts of shapes that honest servers were seen to produce (ICSI and UC Berkeley, in Hold-On 2012; CDNs since).
struct HonestShape {
  /// What explains the conflict without an attack.
  private(set) var explanations: [String] = []
  /// Whether hardly anything but contents speaks against it.
  private let isBare: Bool
  /// Points against a side that are no more than a passing trait: one weak departure, or one that a node of an anycast
  /// server has (`RaceJudge`).
  private static let slight = 40, slightBesideShape = 55
  /// Different answers to one query that loss and repetition explain: one for each of a few queries that were lost.
  private static let mostSides = 3

  /// Looks at a race.
  init(_ race: Race, _ investigation: Investigation) {
    let caseFile = investigation.caseFile
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
    let isShape = !explanations.isEmpty
    if let first = firsts.first, investigation.history.variety(of: first) > 1 {
      explanations.append("this server gives different data for that name at other times too")
    }
    if caseFile.quality.isLossy {
      explanations.append("the capture lost packets, maybe a second query")
    }
    let against =
      race.sides.map { side in
        side.reasons.reduce(0) { $0 + ($1.isOrder ? 0 : max(0, $1.points)) }
      }.max() ?? 0
    // So many different answers to one query no pool gives.
    isBare =
      race.sides.count <= HonestShape.mostSides
      && against < (isShape ? HonestShape.slightBesideShape : HonestShape.slight)
  }

  /// Whether it is likely an honest one.
  var isLikely: Bool { !explanations.isEmpty && isBare }

  /// The addresses in an answer.
  private static func addresses(_ caseFile: CaseFile, _ record: Int) -> [[UInt8]] {
    caseFile.data(record).filter { $0.type == .a || $0.type == .aaaa }
      .flatMap { caseFile.store.rrsets.records(of: $0.rrset) }
  }
}
