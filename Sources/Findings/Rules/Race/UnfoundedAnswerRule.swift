import DNSWire

/// R10, told by what a resolver can know: a box that answers a client in a resolver's name with the resolver's own network
/// marks answers what the resolver was never told, and what it then asks for itself while that answer should have lasted.
enum UnfoundedAnswerRule: CaseRule {
  /// Answers with a known origin that others got: a habit, as for `ServerHabits.least`. One in so many may have none: a
  /// resolver that knew much before the capture began, or has nodes with caches of their own, has more.
  private static let least = 5, rare = 10
  /// Data that a resolver keeps beyond their time it gives for 30 s (RFC 8767 §4), and asks for them at once.
  private static let staleSeconds: UInt32 = 30
  /// Lines of arithmetic for each family.
  private static let lineLimit = 8

  static func charges(_ investigation: Investigation) -> [Charge] {
    let early = EarlyResolutions(investigation)
    guard !early.hosts.isEmpty else { return [] }
    let members = early.members(investigation)
    return early.hosts.sorted().flatMap { host -> [Charge] in
      let memory = ResolverMemory(members[host] ?? [], of: host, early.questions, investigation)
      // Whoever forgets what it was told asks again early for honest reasons: a flush, caches for each client subnet.
      guard memory.forgotten == 0 else { return [] }
      let byClient = Dictionary(grouping: memory.belied) {
        investigation.caseFile.records[$0.answer].destination
      }
      return byClient.keys.sorted().compactMap { client in
        isSoundToOthers(than: client, memory)
          ? charge(client, byClient[client] ?? [], memory, investigation) : nil
      }
    }
  }

  /// Whether what other clients got came from upstream, nearly all of it.
  private static func isSoundToOthers(than client: UInt32, _ memory: ResolverMemory) -> Bool {
    let (founded, unfounded) = others(than: client, memory)
    return founded >= least && unfounded * rare <= founded + unfounded
  }

  /// Answers to other clients, with a known origin and without.
  private static func others(than client: UInt32, _ memory: ResolverMemory) -> (founded: Int, unfounded: Int)
  {
    let own = memory.grounds[client] ?? ResolverMemory.Grounds()
    return (memory.total.founded - own.founded, memory.total.unfounded - own.unfounded)
  }

  /// The charge of the answers to one client.
  private static func charge(
    _ client: UInt32, _ belied: [ResolverMemory.Belied], _ memory: ResolverMemory,
    _ investigation: Investigation
  ) -> Charge? {
    let caseFile = investigation.caseFile, own = belied.filter { caseFile.responses.contains($0.answer) }
    let truths = own.filter { caseFile.body($0.answer).content == caseFile.body($0.resolved).content }
    let lies = own.filter { isLie($0, memory, investigation) }
    guard let lie = lies.first else { return nil }
    // A resolver may have other data for some of its clients. What it gives to all it need not ask for again: that it
    // asks tells that somebody else spoke. To a client whose answers never come from upstream another node may speak.
    let isSure = !truths.isEmpty && (memory.grounds[client]?.founded ?? 0) > 0
    let accused = (isSure ? truths + lies : lies).sorted { $0.answer < $1.answer }
    let server = caseFile.server(lie.answer)
    var charge = Charge(
      .interception, .content, isSure ? .accuses : .stands, isSure ? .medium : .low, isSure ? .medium : .low,
      "\(counted(accused.count, "answer")) in the name of \(server) to \(caseFile.addresses[client]): \(server) was not told the data, and asked for them itself afterwards"
    )
    (charge.records, charge.genuine) = (accused.map(\.answer), lies.flatMap { [$0.upstream, $0.resolved] })
    (charge.kind, charge.host, charge.zone) = (
      .interception, caseFile.addresses[client], investigation.zone(of: lie.answer)
    )
    charge.lies = lies.reduce(into: []) { $0.formUnion(memory.novel($1.answer, caseFile)) }
    charge.arithmetic = arithmetic(client, lies, accused, memory, caseFile)
    charge.benign = [
      "the owner of the resolver has other data for this client",
      "the resolver forgot single names, and their data changed",
    ]
    charge.references = ["Liu et al., USENIX Security 2018"]
    return charge
  }

  /// Whether an answer that was belied has other data than the resolver found, and data that change by place, load or
  /// time do not explain it.
  private static func isLie(
    _ belied: ResolverMemory.Belied, _ memory: ResolverMemory, _ investigation: Investigation
  ) -> Bool {
    let caseFile = investigation.caseFile, body = caseFile.body(belied.answer)
    guard body.content != caseFile.body(belied.resolved).content,
      let question = body.foldedQuestion, !memory.varied.contains(question),
      caseFile.lifetime(belied.answer) > staleSeconds
    else { return false }
    let novel = memory.novel(belied.answer, caseFile)
    return !novel.isEmpty && !isGivenElsewhere(novel, than: memory.host, investigation)
  }

  /// Whether another host gives any of these RRsets.
  private static func isGivenElsewhere(
    _ rrsets: Set<RRsetID>, than host: UInt32, _ investigation: Investigation
  )
    -> Bool
  {
    let caseFile = investigation.caseFile
    var isChecked = Array(repeating: false, count: caseFile.store.bodies.count)
    return caseFile.records.pass().contains { index in
      let record = caseFile.records[index]
      guard !isChecked[Int(record.body)], investigation.resolutions.root(record.source) != host else {
        return false
      }
      isChecked[Int(record.body)] = true
      return caseFile.answer(index).rrsets.contains { rrsets.contains($0.rrset) }
    }
  }

  /// What speaks against the answers, with the frames.
  private static func arithmetic(
    _ client: UInt32, _ lies: [ResolverMemory.Belied], _ accused: [ResolverMemory.Belied],
    _ memory: ResolverMemory, _ caseFile: CaseFile
  ) -> [(family: EvidenceFamily, text: String)] {
    let frame = { (record: Int) in caseFile.packet(record).number }
    let others = others(than: client, memory)
    return lies.prefix(lineLimit).map { lie in
      (
        .content,
        "frame \(frame(lie.answer)) has other data than the resolver found and gave in frame \(frame(lie.resolved))"
      )
    }
      + accused.prefix(lineLimit).map { answer in
        (
          .history,
          "the data of frame \(frame(answer.answer)) should have lasted \(caseFile.lifetime(answer.answer)) s; no answer before brought them to the resolver, and while they lasted it got its own in frame \(frame(answer.upstream))"
        )
      } + [
        (
          .history,
          "of its answers to others \(others.founded) have data that it was told before, and \(others.unfounded) have not"
        )
      ]
  }
}
