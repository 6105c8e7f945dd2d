import DNSWire

/// Judges RRsets by the zones that may sign for them, and by the RRSIGs of these (RFC 4035 §5.3.1).
struct SignedRRsetJudge {
  let walker: ChainWalker

  /// A verdict, and what goes with it where a zone vouches for the RRset.
  struct Word {
    let verdict: Verdict
    let zone: Name?, wildcardLabels: UInt8?, weakLinks: [WeakLink]

    /// A word of its own.
    init(verdict: Verdict, zone: Name? = nil, wildcardLabels: UInt8? = nil, weakLinks: [WeakLink] = []) {
      (self.verdict, self.zone) = (verdict, zone)
      (self.wildcardLabels, self.weakLinks) = (wildcardLabels, weakLinks)
    }

    /// What an outcome says.
    init(_ outcome: Outcome) {
      switch outcome {
      case .word(let word): self = word
      case .usual(let judgement):
        self.init(
          verdict: judgement.verdict, zone: judgement.zone, wildcardLabels: judgement.wildcardLabels,
          weakLinks: judgement.weakLinks)
      }
    }
  }

  /// What comes of a look at an RRset.
  enum Outcome {
    /// A word of its own.
    case word(Word)
    /// The zone's judgement of what one verified RRSIG covers, which is that of thousands.
    case usual(RRsetJudgement)
  }

  /// Follows the chain to the RRset's zone and looks at its RRSIGs there.
  func judge(_ rrset: AnswerRRset, _ owner: NameID, _ moment: inout Moment) -> Outcome {
    // The parent has the DS, and nothing else at a cut but the NSEC that says so (RFC 4035 §2.4, §2.3).
    let base = rrset.type == .ds ? walker.parentOrSelf(owner) : owner
    let walk = walker.walk(to: base, &moment)
    switch walk.state {
    case .ended(let verdict, _):
      if rrset.type == .nsec, let above = parentWord(rrset, owner, &moment) { return above }
      return .word(Word(verdict: verdict))
    case .secure(let zone):
      if rrset.type == .dnskey, zone.id == owner {
        return .word(keySetWord(rrset, zone, &moment))
      }
      return signedWord(rrset, owner, zone, walk, &moment)
    }
  }

  /// The word on a signed RRset in a secure zone.
  private func signedWord(
    _ rrset: AnswerRRset, _ owner: NameID, _ zone: SecureZone, _ walk: Walk, _ moment: inout Moment
  ) -> Outcome {
    let validation = walker.validation(of: rrset.rrset, rrset.signatures, in: zone, &moment)
    if let word = validatedWord(validation, rrset, zone) { return word }
    if rrset.type == .nsec, zone.id == owner, let above = parentWord(rrset, owner, &moment) { return above }
    if let cut = openCut(rrset, walk) { return .word(Word(verdict: cut.verdict)) }
    guard case .invalid(let failure?) = validation else {
      return .word(Word(verdict: wrongSigner(rrset, zone)))
    }
    return .word(Word(verdict: walker.verdict(on: failure, in: zone)))
  }

  /// The word on an RRset that an RRSIG of a zone validates: secure, unless the policy takes all that do for insecure.
  private func validatedWord(
    _ validation: ChainWalker.Validation, _ rrset: AnswerRRset, _ zone: SecureZone
  ) -> Outcome? {
    guard case .valid(let labels, let links) = validation else { return nil }
    if labels == nil, links.isEmpty { return .usual(zone.words.judgement) }
    let policy = walker.keys.policy
    if policy.allows(links) {
      return .word(
        Word(
          verdict: zone.words.verified, zone: zone.name, wildcardLabels: labels,
          weakLinks: zone.weakLinks + links))
    }
    let what = "\(walker.typeText(rrset.rrset)) of \(walker.store.owner(of: rrset.rrset))"
    return .word(Word(verdict: policy.verdict(on: links, what), zone: zone.name, wildcardLabels: labels))
  }

  /// The NSEC of a cut is the parent's: the word that the zone above the owner gives it, when that one signed it.
  private func parentWord(_ rrset: AnswerRRset, _ owner: NameID, _ moment: inout Moment) -> Outcome? {
    guard let parent = walker.names.parent(of: owner) else { return nil }
    guard case .secure(let zone) = walker.walk(to: parent, &moment).state else { return nil }
    return validatedWord(
      walker.validation(of: rrset.rrset, rrset.signatures, in: zone, &moment), rrset, zone)
  }

  /// The open cut that a signer of the RRset is at or below.
  private func openCut(_ rrset: AnswerRRset, _ walk: Walk) -> OpenCut? {
    walk.openCuts.first { cut in
      rrset.signatures.contains { walker.book.fields(of: $0)?.signer.isSubdomain(of: cut.name) ?? false }
    }
  }

  /// The word where only zones that may not sign for the owner have signed.
  private func wrongSigner(_ rrset: AnswerRRset, _ zone: SecureZone) -> Verdict {
    let signers = rrset.signatures.compactMap { walker.book.fields(of: $0)?.signer }
    let names = Set(signers).sorted().map(\.description).joined(separator: ", ")
    return Verdict(
      .bogus, ede: .bogus,
      "the RRset lies in zone \(zone.name) and is signed by \(names.isEmpty ? "nobody" : names)")
  }

  /// The word on the DNSKEY RRset of a secure zone, by the RRSIGs that it carries itself.
  private func keySetWord(_ rrset: AnswerRRset, _ zone: SecureZone, _ moment: inout Moment) -> Word {
    switch walker.vouching(
      for: rrset.rrset, rrset.signatures, zone: zone.name, vouchers: zone.vouchers, &moment)
    {
    case .valid(let links):
      let policy = walker.keys.policy
      let word =
        policy.allows(links)
        ? Verdict(.secure, "\(zone.vouchers.text) vouches for the DNSKEY RRset of \(zone.name)")
        : policy.verdict(on: links, "the DNSKEY RRset of \(zone.name)")
      return Word(verdict: word, zone: zone.name, weakLinks: zone.weakLinks)
    case .invalid(let failure): return Word(verdict: keySetFault(failure, zone), zone: zone.name)
    }
  }

  /// The word on a DNSKEY RRset that nothing vouches for, in a zone with another one.
  private func keySetFault(_ failure: SignatureFailure, _ zone: SecureZone) -> Verdict {
    // A set that is here without the key that vouchers name is no proof that they name it still.
    guard failure.code == .dnskeyMissing, !zone.vouchers.isCurrent else {
      return Verdict(.bogus, ede: failure.code, failure.reason)
    }
    return Verdict(
      .indeterminate, ede: .indeterminate,
      "\(failure.reason); the DS was only seen at another time; ask: \(zone.name) DS +dnssec")
  }
}
