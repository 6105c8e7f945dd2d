import DNSWire

/// What a response says, decided before any proof is tried.
enum ResponseKind: Sendable {
  /// RRsets of the answer section, and perhaps a denial at the end of the CNAME chain.
  case positive(closing: Denied?)
  /// No such name, or no such type.
  case negative(Denied)
  /// Another zone is to be asked.
  case referral(cut: Name)
  /// A referral to a place that is no nearer: the server is lame.
  case lame
  /// The server failed or refused: it says nothing about data.
  case failure(ResponseCode)
  /// Nothing that DNSSEC speaks of; the sentence says why.
  case unjudged(String)

  /// Whether it says anything about data.
  var isAnswer: Bool {
    switch self {
    case .positive, .negative, .referral: true
    case .lame, .failure, .unjudged: false
    }
  }
}

/// What a response denies.
struct Denied: Sendable {
  let name: Name, type: RecordType
  /// NXDOMAIN; otherwise NODATA.
  let isNameError: Bool
}

extension ResponseKind {
  /// Classifies a response with the aliases of its answer section (RFC 2308 §2, RFC 4035 §5.4).
  /// - Parameter asked: the number of the question's name.
  static func of(
    _ facts: ResponseFacts, _ asked: NameID?, _ answer: Answer, _ chain: AliasChain?, walker: ChainWalker
  ) -> ResponseKind {
    guard facts.rcode == .noError || facts.rcode == .nxDomain || facts.rcode == .yxDomain else {
      return .failure(facts.rcode)
    }
    guard let question = facts.question else { return .unjudged("the response has no question") }
    guard question.recordClass == .in else { return .unjudged("DNSSEC is judged for class IN alone") }
    if facts.isTransfer { return .unjudged("a zone transfer is not judged") }
    if question.type == .rrsig { return .unjudged("RRSIGs are not signed themselves") }
    if let chain {
      return .positive(closing: closing(facts, asked, answer, question, chain, walker))
    }
    // Without the DNAME that it speaks of, YXDOMAIN is an error code like any other (RFC 6672 §2.2).
    if facts.rcode == .yxDomain { return .failure(facts.rcode) }
    let hasSOA = answer.rrsets.first(.soa, in: .authority) != nil
    if !hasSOA, let cut = cut(facts, answer, walker) {
      return isNearer(cut, facts, answer, walker) ? .referral(cut: cut) : .lame
    }
    return .negative(Denied(name: question.name, type: question.type, isNameError: facts.rcode == .nxDomain))
  }

  /// The owner of the authority NS RRset, unless the zone of that name itself says with it that there is no data.
  private static func cut(_ facts: ResponseFacts, _ answer: Answer, _ walker: ChainWalker) -> Name? {
    guard facts.rcode == .noError else { return nil }
    guard let position = answer.rrsets.first(.ns, in: .authority) else { return nil }
    let rrset = answer.rrsets[position]
    let owner = walker.name(walker.ownerID(of: rrset.rrset))
    // The NS RRset at a cut is not signed (RFC 4035 §2.2): a zone that signed its own did not refer to itself.
    if rrset.signatures.contains(where: { walker.book.isSigned($0, by: owner) }) { return nil }
    if facts.flags.aa, walker.evidence.servers.zones[facts.server]?.contains(owner) ?? false { return nil }
    return owner
  }

  /// Whether a cut is at or above the question and below what the server serves.
  private static func isNearer(_ cut: Name, _ facts: ResponseFacts, _ answer: Answer, _ walker: ChainWalker)
    -> Bool
  {
    guard let question = facts.question, question.name.isSubdomain(of: cut), !cut.isRoot else { return false }
    // A DS question is for the zone above, whatever the server knows of the zone itself (RFC 4035 §3.1.4.1).
    let asked = question.type == .ds ? question.name.parent ?? question.name : question.name
    if answer.rrsets.first(.ds, in: .authority) != nil { return true }
    guard let served = walker.evidence.servers.zones[facts.server] else { return true }
    // From the name up to the cut, however many zones the server has.
    var candidate: Name? = asked
    while let name = candidate, name.isSubdomain(of: cut) {
      if served.contains(name) { return false }
      candidate = name.parent
    }
    return true
  }

  /// The denial that closes a chain of CNAMEs and DNAMEs, when one is due.
  private static func closing(
    _ facts: ResponseFacts, _ asked: NameID?, _ answer: Answer, _ question: CanonicalQuestion,
    _ chain: AliasChain, _ walker: ChainWalker
  ) -> Denied? {
    // YXDOMAIN says nothing where a DNAME does not make the name too long: it is no better than NXDOMAIN.
    let isNameError = facts.rcode != .noError
    if chain.isOverLimit || facts.rcode == .yxDomain && chain.isTooLong { return nil }
    let asksForAlias = question.type == .any || question.type == .cname || question.type == .dname
    if asksForAlias, !isNameError {
      let isAnswered = answers(answer, question, walker.store)
      return isAnswered ? nil : Denied(name: question.name, type: question.type, isNameError: false)
    }
    let end = chain.isFollowed ? walker.id(of: chain.end) : asked
    let rrsets = answer.rrsets
    let isAtEnd = rrsets.indices.contains {
      rrsets.section($0) == .answer && rrsets.type($0) == question.type
        && walker.ownerID(of: rrsets.id($0)) == end
    }
    if !isNameError, isAtEnd { return nil }
    let hasDenial = rrsets.first(.soa, in: .authority) != nil
    // An alias may lead out of the zone, where the server says no more; data of another type, or at a name that the
    // chain does not lead to, answer nothing at all.
    let isUnanswered = !chain.isFollowed || hasDataBeside(chain, question.type, answer, walker.store)
    guard isNameError || hasDenial || isUnanswered else { return nil }
    return Denied(name: chain.end, type: question.type, isNameError: isNameError)
  }

  /// Whether data of a type stand at a name that the chain does not lead to.
  private static func hasDataBeside(
    _ chain: AliasChain, _ type: RecordType, _ answer: Answer, _ store: FrozenRRsets
  ) -> Bool {
    answer.rrsets.contains {
      $0.section == .answer && $0.type == type && !chain.passes(store.owner(of: $0.rrset))
    }
  }

  /// Whether an answer section has what was asked for at the name, a CNAME there, or a DNAME above it.
  private static func answers(_ answer: Answer, _ question: CanonicalQuestion, _ store: FrozenRRsets) -> Bool
  {
    answer.rrsets.contains { rrset in
      guard rrset.section == .answer, rrset.type != .rrsig else { return false }
      let owner = store.owner(of: rrset.rrset)
      guard owner == question.name else {
        return rrset.type == .dname && question.name.isSubdomain(of: owner)
      }
      return question.type == .any || rrset.type == question.type || rrset.type == .cname
    }
  }
}
