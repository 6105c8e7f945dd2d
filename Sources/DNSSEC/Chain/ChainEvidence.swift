import DNSWire

/// What the messages of a capture show about chains of trust: DNSKEY and DS RRsets, denials of DS, signs of zone cuts,
/// and who serves what. Nothing in it is verified yet, and nothing in it says where it came from.
struct ChainEvidence {
  /// DNSKEY RRsets by zone, DS RRsets by owner.
  private(set) var dnskeySets: [Name: [SignedSet]] = [:], dsSets: [Name: [SignedSet]] = [:]
  /// Denials of DS by the name they deny it for.
  private(set) var dsDenials: [Name: [SeenDenial]] = [:]
  /// The servers that answered a DS question with AA, and with neither DS nor NSEC nor NSEC3 although DO was set.
  private(set) var unprovenDenials: [Name: [BareDenial]] = [:]
  /// The answers to DNSKEY questions with AA and DO that held no DNSKEY, by zone.
  private(set) var dnskeyDenials: [Name: [BareDenial]] = [:]
  /// What RRsets show of zone cuts, whenever they come.
  var cuts = CutEvidence()
  /// What servers show of themselves.
  private(set) var servers = ServerEvidence()

  /// Servers remembered for one zone that deny its DNSKEY or DS.
  private static let deniersPerZone = 8

  /// The most distinct sets kept for one owner. A zone changes its keys or DS a few times in any capture; beyond it an
  /// attacker is writing them, and each would cost a check for every answer below.
  static let setsPerOwner = 32

  /// The same for DNSKEY and DS RRsets, and for the RRSIGs of one. Crowding out the genuine ones takes the zone's words
  /// away, so that it must cost an attacker more than a packet; each costs a look at its keys, made once.
  static let keySetsPerOwner = 1_024, signaturesPerSet = 256

  /// Where the response that was taken last noted its time.
  private(set) var noted: [Sightings] = []

  /// The owners of DNSKEY and DS RRsets that a limit struck: what is missing there may have been among them.
  private(set) var crowdedOwners: Set<Name> = []
  /// How often a limit left anything out.
  var leftOut: Int { ownLeftOut + cuts.leftOut }
  private var ownLeftOut = 0

  /// Takes what one response shows at its time.
  /// - Returns: whether the time matters: it holds DNSKEY or DS RRsets, or a denial of them.
  mutating func note(_ facts: ResponseFacts, _ answer: Answer, frame: Int, store: RRsetStore) -> Bool {
    var timeMatters = false
    noted.removeAll(keepingCapacity: true)
    for position in answer.rrsets.indices where ChainEvidence.isLink(answer.rrsets.type(position)) {
      let rrset = answer.rrsets[position]
      guard store.recordClass(of: rrset.rrset) == .in else { continue }
      let owner = store.owner(of: rrset.rrset)
      timeMatters = true
      let isTaken =
        rrset.type == .dnskey
        ? ChainEvidence.note(rrset, facts, frame, in: &dnskeySets[owner, default: []], &noted)
        : ChainEvidence.note(rrset, facts, frame, in: &dsSets[owner, default: []], &noted)
      guard !isTaken else { continue }
      ownLeftOut += 1
      crowdedOwners.insert(owner)
    }
    guard !facts.isTransfer, let question = facts.question, question.recordClass == .in else {
      return timeMatters
    }
    timeMatters = noteDSDenial(facts, answer, frame, store) || timeMatters
    guard facts.flags.aa else { return timeMatters }
    servers.note(facts, question, answer, store)
    return noteDNSKEYDenial(facts, question, answer, frame, store) || timeMatters
  }

  /// Whether RRsets of a type are links of a chain.
  private static func isLink(_ type: RecordType) -> Bool { type == .dnskey || type == .ds }

  /// Files a DNSKEY or DS RRset with its RRSIGs.
  /// - Returns: false when a limit left some of it out.
  private static func note(
    _ rrset: AnswerRRset, _ facts: ResponseFacts, _ frame: Int, in sets: inout [SignedSet],
    _ noted: inout [Sightings]
  ) -> Bool {
    let isWhole = facts.isComplete && !facts.isTransfer
    guard let at = sets.firstIndex(where: { $0.rrset == rrset.rrset }) else {
      guard sets.count < ChainEvidence.keySetsPerOwner else { return false }
      let sightings = Sightings(frame: frame)
      sightings.note(facts.time)
      noted.append(sightings)
      sets.append(
        SignedSet(
          rrset: rrset.rrset, signatures: rrset.signatures, sightings: sightings,
          wasAskedWithDO: facts.dnssecOK == true && isWhole, isWhole: isWhole))
      return true
    }
    sets[at].sightings.note(facts.time)
    noted.append(sets[at].sightings)
    if facts.dnssecOK == true, isWhole { sets[at].wasAskedWithDO = true }
    if isWhole { sets[at].isWhole = true }
    for signature in rrset.signatures where !sets[at].signatures.contains(signature) {
      guard sets[at].signatures.count < ChainEvidence.signaturesPerSet else { return false }
      sets[at].signatures.append(signature)
    }
    return true
  }

  /// Files the NSEC and NSEC3 RRsets of a referral without DS, or of a negative answer to a DS question.
  private mutating func noteDSDenial(
    _ facts: ResponseFacts, _ answer: Answer, _ frame: Int, _ store: RRsetStore
  ) -> Bool {
    guard let cut = facts.deniedDS(in: answer, store) else { return false }
    var isProof = false
    for position in answer.rrsets.indices where answer.rrsets.section(position) == .authority {
      let type = answer.rrsets.type(position)
      guard type == .nsec || type == .nsec3 else { continue }
      isProof = true
      let set = answer.rrsets[position]
      let denial = DenialSet(rrset: set.rrset, type: type, signatures: set.signatures)
      ChainEvidence.note(denial, facts, frame, in: &dsDenials[cut, default: []], &noted, &ownLeftOut)
    }
    return isProof || noteUnprovenDenial(cut, facts, frame)
  }

  /// Files one denial of DS.
  private static func note(
    _ denial: DenialSet, _ facts: ResponseFacts, _ frame: Int, in denials: inout [SeenDenial],
    _ noted: inout [Sightings], _ leftOut: inout Int
  ) {
    let known = denials.firstIndex { $0.set == denial }, at = known ?? denials.count
    if known == nil {
      guard denials.count < ChainEvidence.setsPerOwner else {
        leftOut += 1
        return
      }
      denials.append(SeenDenial(set: denial, sightings: Sightings(frame: frame), isAnswer: false))
    }
    denials[at].sightings.note(facts.time)
    noted.append(denials[at].sightings)
    if facts.question?.type == .ds, facts.isComplete { denials[at].isAnswer = true }
  }

  /// Files the server of an answer that denies DS and has no proof with it.
  /// - Returns: whether it is one.
  private mutating func noteUnprovenDenial(_ cut: Name, _ facts: ResponseFacts, _ frame: Int) -> Bool {
    guard facts.question?.type == .ds, facts.question?.name == cut, facts.flags.aa, facts.dnssecOK == true,
      facts.hasEDNS, facts.isComplete, facts.rcode == .noError || facts.rcode == .nxDomain
    else { return false }
    var denials = unprovenDenials.removeValue(forKey: cut) ?? []
    note(facts, frame, in: &denials)
    unprovenDenials[cut] = denials
    return true
  }

  /// Files the server of an authoritative answer to a DNSKEY question that found no DNSKEY.
  /// - Returns: whether it is one.
  private mutating func noteDNSKEYDenial(
    _ facts: ResponseFacts, _ question: CanonicalQuestion, _ answer: Answer, _ frame: Int, _ store: RRsetStore
  ) -> Bool {
    guard question.type == .dnskey, facts.rcode == .noError, facts.isComplete, facts.dnssecOK == true,
      !answer.rrsets.contains(where: { $0.section == .answer || isOfZoneAbove($0, question.name, store) })
    else { return false }
    var denials = dnskeyDenials.removeValue(forKey: question.name) ?? []
    note(facts, frame, in: &denials)
    dnskeyDenials[question.name] = denials
    return true
  }

  /// Files an answer that denies a DNSKEY or DS RRset without any proof.
  private mutating func note(_ facts: ResponseFacts, _ frame: Int, in denials: inout [BareDenial]) {
    if let at = denials.firstIndex(where: { $0.server == facts.server }) {
      denials[at].sightings.note(facts.time)
      noted.append(denials[at].sightings)
    } else if denials.count < ChainEvidence.deniersPerZone {
      let denial = BareDenial(server: facts.server, sightings: Sightings(frame: frame))
      denial.sightings.note(facts.time)
      noted.append(denial.sightings)
      denials.append(denial)
    } else {
      ownLeftOut += 1
    }
  }

  /// Whether an RRset of the authority section shows that not the zone itself answered, but one above it.
  private func isOfZoneAbove(_ rrset: AnswerRRset, _ zone: Name, _ store: RRsetStore) -> Bool {
    rrset.section == .authority && (rrset.type == .soa || rrset.type == .ns)
      && store.owner(of: rrset.rrset) != zone
  }
}
