import DNSWire

/// What servers show of themselves in authoritative answers: which zones they serve, and whether they sign.
struct ServerEvidence {
  /// The zones that a server showed to serve, by its number.
  private(set) var zones: [UInt32: Set<Name>] = [:]
  /// The servers that gave an authoritative answer without RRSIGs in its answer section to a question with DO.
  private(set) var unsigned = UnsignedSources()
  /// Servers and RRsets whose owners are among the zones that they serve.
  private var served = NumberTable()

  /// Takes an authoritative answer.
  mutating func note(
    _ facts: ResponseFacts, _ question: CanonicalQuestion, _ answer: Answer, _ store: RRsetStore
  ) {
    if facts.dnssecOK == true, facts.hasEDNS, facts.isComplete,
      answer.rrsets.indices.allSatisfy({
        answer.rrsets.section($0) != .answer || answer.rrsets.signatureCount($0) == 0
      })
    {
      unsigned.note(facts.server, question)
    }
    // By position: taking each RRset out of the list costs more than the look at its type.
    for position in answer.rrsets.indices where ServerEvidence.showsServedZone(answer.rrsets, position) {
      let rrset = answer.rrsets.id(position)
      guard served.find(facts.server, rrset.rawValue) == nil else { continue }
      served.insert(facts.server, rrset.rawValue, 0)
      zones[facts.server, default: []].insert(store.owner(of: rrset))
    }
  }

  /// Whether the owner of an RRset in an authoritative answer is a zone that the server serves; only the zone itself has
  /// its NS RRset signed (RFC 4035 §2.2).
  @inline(__always)
  private static func showsServedZone(_ rrsets: AnswerRRsets, _ position: Int) -> Bool {
    let section = rrsets.section(position)
    return switch rrsets.type(position) {
    case .soa: section != .additional
    case .ns: section == .answer || section == .authority && rrsets.signatureCount(position) > 0
    case .dnskey: section == .answer
    default: false
    }
  }
}
