import DNSWire

/// What a server of a zone answers.
package struct ZoneAnswer: Sendable {
  /// The kinds of answer that the tests tell apart.
  package enum Kind: Sendable { case positive, wildcard, noData, wildcardNoData, nxDomain, referral }

  /// What it is.
  package var kind: Kind
  /// NOERROR or NXDOMAIN.
  package var rcode: ResponseCode = .noError
  /// The sections; NSEC, NSEC3 and RRSIGs only go out when DO asks for them.
  package var answer: [AnsweredRRset] = [], authority: [AnsweredRRset] = []

  /// From the fields.
  package init(
    kind: Kind, rcode: ResponseCode = .noError, answer: [AnsweredRRset] = [], authority: [AnsweredRRset] = []
  ) {
    (self.kind, self.rcode, self.answer, self.authority) = (kind, rcode, answer, authority)
  }
}

extension SignedZone {
  /// CNAMEs and DNAMEs followed within the zone.
  private static let aliasLimit = 8

  /// Answers a question as an authoritative server does (RFC 1034 §4.3.2, RFC 4035 §3.1, RFC 5155 §7.2).
  package func answer(_ name: Name, _ type: RecordType) throws -> ZoneAnswer {
    var answer = ZoneAnswer(kind: .positive), wanted = name
    for _ in 0..<SignedZone.aliasLimit {
      guard let target = try extend(&answer, wanted, type) else { break }
      guard target.isSubdomain(of: apex), target != wanted else { break }
      wanted = target
    }
    return answer
  }

  /// Adds what the zone says of one name; the name to go on with after an alias.
  private func extend(_ answer: inout ZoneAnswer, _ name: Name, _ type: RecordType) throws -> Name? {
    if let cut = cut(above: name), !(cut == name && type == .ds) {
      try refer(&answer, to: cut)
    } else if let (owner, dname) = redirection(above: name) {
      return try follow(&answer, dname, at: owner, name)
    } else if exists(name) {
      return try take(&answer, from: name, shownAs: name, type)
    } else {
      let encloser = closestEncloser(of: name)
      if let wildcard = encloser.wildcardChild, data[wildcard] != nil {
        answer.kind = .wildcard
        let next = try take(&answer, from: wildcard, shownAs: name, type)
        let isEmpty = answer.kind == .wildcardNoData
        answer.authority += try wildcardDenial(name, encloser, showsEncloser: isEmpty)
        return next
      }
      (answer.kind, answer.rcode) = (.nxDomain, .nxDomain)
      answer.authority += try soa() + nameError(name, encloser)
    }
    return nil
  }

  /// Adds the RRset of a type at an owner that exists, its CNAME, or the denial of the type.
  private func take(
    _ answer: inout ZoneAnswer, from owner: Name, shownAs name: Name, _ type: RecordType
  ) throws -> Name? {
    let rrsets = data[owner] ?? [:]
    if let rrset = rrsets[type] {
      answer.answer.append(try signed(rrset, shownAs: name))
    } else if let cname = rrsets[.cname], let target = cname.rdata.first.flatMap({ Name(wire: $0) }) {
      answer.answer.append(try signed(cname, shownAs: name))
      return target
    } else {
      answer.kind = owner == name ? .noData : .wildcardNoData
      answer.authority += try soa() + matchOrEncloser(owner)
    }
    return nil
  }

  /// Adds a DNAME with the CNAME that it yields (RFC 6672 §3.1).
  private func follow(
    _ answer: inout ZoneAnswer, _ dname: ZoneRRset, at owner: Name, _ name: Name
  ) throws -> Name? {
    answer.answer.append(try signed(dname))
    guard let target = dname.rdata.first.flatMap({ Name(wire: $0) }) else { return nil }
    let front = name.labels.prefix(name.labelCount - owner.labelCount).map { Array($0) }
    guard let result = Name(labels: front + target.labels.map { Array($0) }) else { return nil }
    let cname = ZoneRRset(name, .cname, ttl: dname.ttl, [result.wire])
    answer.answer.append(AnsweredRRset(rrset: cname, signatures: []))
    return result
  }

  /// Adds a referral with the DS of the zone below, or the proof that there is none.
  private func refer(_ answer: inout ZoneAnswer, to cut: Name) throws {
    answer.kind = .referral
    guard let ns = data[cut]?[.ns] else { return }
    answer.authority.append(AnsweredRRset(rrset: ns, signatures: []))
    if let ds = data[cut]?[.ds] {
      answer.authority.append(try signed(ds))
    } else {
      answer.authority += try matchOrEncloser(cut)
    }
  }

  /// The DNAME at the highest name above `name` that has one.
  private func redirection(above name: Name) -> (owner: Name, ZoneRRset)? {
    for count in apex.labelCount..<name.labelCount {
      let owner = name.suffix(labels: count)
      if let dname = data[owner]?[.dname] { return (owner, dname) }
    }
    return nil
  }

  /// The longest name at or above `name` that exists.
  private func closestEncloser(of name: Name) -> Name {
    var encloser = name
    while !exists(encloser), let above = encloser.parent { encloser = above }
    return encloser
  }

  /// The SOA, as denials carry it.
  private func soa() throws -> [AnsweredRRset] {
    try data[apex]?[.soa].map { [try signed($0)] } ?? []
  }
}

/// Denials.
extension SignedZone {
  /// Proves what types there are at a name: the record at it, the NSEC around an empty non-terminal, or under opt-out
  /// the closest encloser proof.
  private func matchOrEncloser(_ name: Name) throws -> [AnsweredRRset] {
    guard let chain, let signing else { return [] }
    if let match = chain.matching(name) { return [try signed(match)] }
    if case .nsec = signing.denial { return try distinct([chain.covering(name)]) }
    var encloser = name
    while chain.matching(encloser) == nil, let above = encloser.parent { encloser = above }
    return try distinct([chain.matching(encloser), chain.covering(nextCloser(name, encloser))])
  }

  /// Proves that neither a name nor the wildcard beside it exists.
  private func nameError(_ name: Name, _ encloser: Name) throws -> [AnsweredRRset] {
    guard let chain, let signing, let wildcard = encloser.wildcardChild else { return [] }
    if case .nsec = signing.denial { return try distinct([chain.covering(name), chain.covering(wildcard)]) }
    return try distinct([
      chain.matching(encloser), chain.covering(nextCloser(name, encloser)), chain.covering(wildcard),
    ])
  }

  /// Proves that a name that a wildcard answers for does not exist itself; the closest encloser is named by the RRSIG of
  /// an answer (RFC 5155 §7.2.6), and has to be shown where there is no data (§7.2.5).
  private func wildcardDenial(_ name: Name, _ encloser: Name, showsEncloser: Bool) throws -> [AnsweredRRset] {
    guard let chain, let signing else { return [] }
    if case .nsec = signing.denial { return try distinct([chain.covering(name)]) }
    let shown = showsEncloser ? chain.matching(encloser) : nil
    return try distinct([shown, chain.covering(nextCloser(name, encloser))])
  }

  /// The name one label below the encloser on the way to `name` (RFC 5155 §1.3).
  private func nextCloser(_ name: Name, _ encloser: Name) -> Name {
    name.suffix(labels: encloser.labelCount + 1)
  }

  /// The RRsets, each once, signed.
  private func distinct(_ rrsets: [ZoneRRset?]) throws -> [AnsweredRRset] {
    var seen: Set<Name> = []
    return try rrsets.compactMap { $0 }.filter { seen.insert($0.owner).inserted }.map { try signed($0) }
  }
}
