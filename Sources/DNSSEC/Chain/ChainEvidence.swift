import DNSWire

/// What the messages of a capture show about chains of trust: DNSKEY and DS RRsets, denials of DS, signs of zone cuts,
/// and who serves what. Nothing in it is verified yet, and nothing in it says where it came from.
struct ChainEvidence: Sendable {
  /// A DNSKEY or DS RRset with all RRSIGs that it was seen with.
  struct SignedSet: Sendable {
    /// The RRset, and its RRSIGs in order of arrival.
    let rrset: RRsetID
    var signatures: [SignatureID]
    /// When it was seen; whether it came in a whole message for which signatures were asked.
    var sightings: Sightings
    var wasAskedWithDO: Bool
  }

  /// An NSEC or NSEC3 RRset with its RRSIGs.
  struct DenialSet: Hashable, Sendable {
    let rrset: RRsetID, type: RecordType
    let signatures: [SignatureID]
  }

  /// The denials of DS at one name that came in messages about that name.
  struct DSDenials: Sendable {
    var sets: [DenialSet] = []
    var sightings: Sightings
  }

  /// DNSKEY RRsets by zone, DS RRsets by owner.
  private(set) var dnskeySets: [Name: [SignedSet]] = [:], dsSets: [Name: [SignedSet]] = [:]
  /// Denials of DS by the name they deny it for.
  private(set) var dsDenials: [Name: DSDenials] = [:]
  /// NSEC RRsets that show a delegation, by owner.
  private(set) var nsecSets: [Name: [DenialSet]] = [:]
  /// Names that own NS, SOA, DNSKEY or DS, or sign: the signs of zones.
  private(set) var cutSigns: Set<Name> = []
  /// Zones of which a server answered the DNSKEY question with AA and without a DNSKEY, and when.
  private(set) var dnskeyDenials: [Name: Sightings] = [:]
  /// The zones that a server showed to serve, by its number.
  private(set) var servedZones: [UInt32: Set<Name>] = [:]

  /// The servers that gave an authoritative answer without RRSIGs in its answer section to a question with DO.
  private(set) var unsignedSources: [CanonicalQuestion: [UInt32]] = [:]

  /// Servers remembered for one question: enough to find one that serves the zone.
  private static let sourcesPerQuestion = 8

  /// The most distinct sets kept for one owner. A zone changes its keys or DS a few times in any capture; beyond it an
  /// attacker is writing them, and each would cost a check for every answer below.
  static let setsPerOwner = 32

  /// Whether a limit left anything out.
  private(set) var leftOut = 0

  /// Takes what an answer shows on first sight, whatever the time.
  mutating func learn(_ answer: Answer, book: inout SignatureBook, store: RRsetStore) {
    for rrset in answer.rrsets {
      for signature in rrset.signatures {
        if let data = book.fields(of: signature, in: store) { cutSigns.insert(data.signer) }
      }
      switch rrset.type {
      case .ns, .soa, .dnskey, .ds: cutSigns.insert(store.owner(of: rrset.rrset))
      case .nsec: learnDenial(rrset, store)
      default: break
      }
    }
  }

  /// Files the NSEC RRset of a delegation.
  private mutating func learnDenial(_ rrset: AnswerRRset, _ store: RRsetStore) {
    guard !rrset.signatures.isEmpty else { return }
    let set = DenialSet(rrset: rrset.rrset, type: rrset.type, signatures: rrset.signatures)
    let owner = store.owner(of: rrset.rrset)
    if rrset.type == .nsec, ChainEvidence.showsDelegation(rrset.rrset, store) {
      ChainEvidence.add(set, to: &nsecSets[owner, default: []], &leftOut)
    }
  }

  /// Whether an NSEC RRset has NS set and SOA clear: the parent's side of a cut (RFC 6840 §4.1).
  private static func showsDelegation(_ id: RRsetID, _ store: RRsetStore) -> Bool {
    var shows = false
    store.forEachRData(of: id) { rdata in
      guard let data = try? NSECData(rdata) else { return }
      shows = shows || data.types.contains(.ns) && !data.types.contains(.soa)
    }
    return shows
  }

  /// Adds a set unless it is there or there are too many.
  private static func add(_ set: DenialSet, to sets: inout [DenialSet], _ leftOut: inout Int) {
    if sets.contains(set) { return }
    if sets.count < setsPerOwner { sets.append(set) } else { leftOut += 1 }
  }

  /// Takes what one response shows at its time.
  /// - Returns: whether the time matters: it holds DNSKEY or DS RRsets, or a denial of them.
  mutating func note(_ facts: ResponseFacts, _ answer: Answer, frame: Int, store: RRsetStore) -> Bool {
    var timeMatters = false
    for rrset in answer.rrsets where rrset.type == .dnskey || rrset.type == .ds {
      let owner = store.owner(of: rrset.rrset)
      timeMatters = true
      if rrset.type == .dnskey {
        ChainEvidence.note(rrset, facts, frame, in: &dnskeySets[owner, default: []], &leftOut)
      } else {
        ChainEvidence.note(rrset, facts, frame, in: &dsSets[owner, default: []], &leftOut)
      }
    }
    timeMatters = noteDSDenial(facts, answer, frame, store) || timeMatters
    return noteServer(facts, answer, frame, store) || timeMatters
  }

  /// Files a DNSKEY or DS RRset with its RRSIGs.
  private static func note(
    _ rrset: AnswerRRset, _ facts: ResponseFacts, _ frame: Int, in sets: inout [SignedSet],
    _ leftOut: inout Int
  ) {
    guard let at = sets.firstIndex(where: { $0.rrset == rrset.rrset }) else {
      guard sets.count < ChainEvidence.setsPerOwner else {
        leftOut += 1
        return
      }
      var sightings = Sightings(frame: frame)
      sightings.note(facts.time)
      sets.append(
        SignedSet(
          rrset: rrset.rrset, signatures: rrset.signatures, sightings: sightings,
          wasAskedWithDO: facts.dnssecOK == true && facts.isComplete))
      return
    }
    sets[at].sightings.note(facts.time)
    if facts.dnssecOK == true, facts.isComplete { sets[at].wasAskedWithDO = true }
    for signature in rrset.signatures where !sets[at].signatures.contains(signature) {
      if sets[at].signatures.count < ChainEvidence.setsPerOwner {
        sets[at].signatures.append(signature)
      } else {
        leftOut += 1
      }
    }
  }

  /// Files the NSEC and NSEC3 RRsets of a referral without DS, or of a negative answer to a DS question.
  private mutating func noteDSDenial(
    _ facts: ResponseFacts, _ answer: Answer, _ frame: Int, _ store: RRsetStore
  ) -> Bool {
    guard let cut = facts.deniedDS(in: answer, store) else { return false }
    let sets = answer.rrsets.filter { $0.section == .authority && ($0.type == .nsec || $0.type == .nsec3) }
    guard !sets.isEmpty else { return false }
    var denials = dsDenials[cut] ?? DSDenials(sightings: Sightings(frame: frame))
    denials.sightings.note(facts.time)
    for set in sets {
      ChainEvidence.add(
        DenialSet(rrset: set.rrset, type: set.type, signatures: set.signatures), to: &denials.sets, &leftOut)
    }
    dsDenials[cut] = denials
    return true
  }

  /// Files which zones a server showed to serve, and DNSKEY questions that found no DNSKEY.
  private mutating func noteServer(
    _ facts: ResponseFacts, _ answer: Answer, _ frame: Int, _ store: RRsetStore
  ) -> Bool {
    guard facts.flags.aa, let question = facts.question else { return false }
    if facts.dnssecOK == true, facts.hasEDNS, facts.isComplete,
      answer.rrsets.allSatisfy({ $0.section != .answer || $0.signatures.isEmpty })
    {
      var sources = unsignedSources.removeValue(forKey: question) ?? []
      if !sources.contains(facts.server), sources.count < ChainEvidence.sourcesPerQuestion {
        sources.append(facts.server)
      }
      unsignedSources[question] = sources
    }
    for rrset in answer.rrsets where rrset.type == .soa && rrset.section != .additional {
      servedZones[facts.server, default: []].insert(store.owner(of: rrset.rrset))
    }
    for rrset in answer.rrsets where rrset.section == .answer && (rrset.type == .ns || rrset.type == .dnskey)
    {
      servedZones[facts.server, default: []].insert(store.owner(of: rrset.rrset))
    }
    if question.type == .dnskey, facts.rcode == .noError, facts.isComplete,
      !answer.rrsets.contains(where: { $0.section == .answer })
    {
      dnskeyDenials[question.name, default: Sightings(frame: frame)].note(facts.time)
      return true
    }
    return false
  }
}
