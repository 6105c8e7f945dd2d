import DNSWire

/// What the messages of a capture show about chains of trust: DNSKEY and DS RRsets, denials of DS, signs of zone cuts,
/// and who serves what. Nothing in it is verified yet, and nothing in it says where it came from.
struct ChainEvidence {
  /// A DNSKEY or DS RRset with all RRSIGs that it was seen with.
  struct SignedSet {
    /// The RRset, and its RRSIGs in order of arrival.
    let rrset: RRsetID
    var signatures: SignatureIDs
    /// When it was seen; whether it came in a whole message for which signatures were asked.
    let sightings: Sightings
    var wasAskedWithDO: Bool
    /// Whether a whole message showed it. A part of an RRset, from a truncated message or a transfer, may fail to
    /// verify without anybody's fault.
    var isWhole: Bool
  }

  /// An NSEC or NSEC3 RRset with its RRSIGs.
  struct DenialSet: Hashable, Sendable {
    let rrset: RRsetID, type: RecordType
    let signatures: SignatureIDs
  }

  /// NSEC3 parameters that a zone seems to use, and the first RRsets that show it.
  struct Hashing: Sendable {
    let parameters: NSEC3Parameters
    var witnesses: [DenialSet]
  }

  /// A denial of DS that came in messages about the name.
  struct SeenDenial {
    let set: DenialSet
    /// When it was seen.
    let sightings: Sightings
    /// Whether a whole answer to the DS question itself held it, which is to prove the denial.
    var isAnswer: Bool
  }

  /// Answers of one server that deny a DNSKEY or DS RRset without any proof.
  struct BareDenial {
    /// The server's number, and when they were seen.
    let server: UInt32
    let sightings: Sightings
  }

  /// DNSKEY RRsets by zone, DS RRsets by owner.
  private(set) var dnskeySets: [Name: [SignedSet]] = [:], dsSets: [Name: [SignedSet]] = [:]
  /// Denials of DS by the name they deny it for.
  private(set) var dsDenials: [Name: [SeenDenial]] = [:]
  /// NSEC and NSEC3 RRsets that show a delegation, by owner.
  private(set) var delegationSets: [Name: [DenialSet]] = [:]
  /// The NSEC3 parameters of each zone that has such NSEC3 RRsets.
  private(set) var hashings: [Name: [Hashing]] = [:]
  /// The servers that answered a DS question with AA, and with neither DS nor NSEC nor NSEC3 although DO was set.
  private(set) var unprovenDenials: [Name: [BareDenial]] = [:]
  /// Names that own NS, SOA, DNSKEY or DS, or sign: the signs of zones.
  private(set) var cutSigns: Set<Name> = []
  /// The answers to DNSKEY questions with AA and DO that held no DNSKEY, by zone.
  private(set) var dnskeyDenials: [Name: [BareDenial]] = [:]
  /// The zones that a server showed to serve, by its number.
  private(set) var servedZones: [UInt32: Set<Name>] = [:]

  /// The servers that gave an authoritative answer without RRSIGs in its answer section to a question with DO.
  private(set) var unsignedSources = UnsignedSources()

  /// What a look at each RRset found, and whether each signer's name is among the signs of zones.
  private var glances: [Glance] = [], knownSigners: [Bool] = []
  /// Servers and RRsets whose owners are among the zones that they serve.
  private var servedRRsets = NumberTable()

  /// What an RRset shows of zone cuts, whoever sends it.
  private enum Glance: UInt8 { case unseen, nothing, delegation }

  /// Servers remembered for one zone that deny its DNSKEY or DS.
  private static let deniersPerZone = 8

  /// The most distinct sets kept for one owner. A zone changes its keys or DS a few times in any capture; beyond it an
  /// attacker is writing them, and each would cost a check for every answer below.
  static let setsPerOwner = 32

  /// The same for DNSKEY and DS RRsets, and for the RRSIGs of one. Crowding out the genuine ones takes the zone's words
  /// away, so that it must cost an attacker more than a packet; each costs a look at its keys, made once.
  static let keySetsPerOwner = 1_024, signaturesPerSet = 256

  /// The most sets of NSEC3 parameters kept for one zone, and of RRsets that show one: a zone has one or two, and who
  /// forges others must bring one of these for each, before the genuine ones are seen.
  private static let hashingsPerZone = 32, witnessesPerHashing = 32

  /// Where the response that was taken last noted its time.
  private(set) var noted: [Sightings] = []

  /// How often a limit left anything out, and the owners of DNSKEY and DS RRsets that it struck: what is missing
  /// there may have been among them.
  private(set) var leftOut = 0, crowdedOwners: Set<Name> = []

  /// Takes what an answer shows on first sight, whatever the time.
  mutating func learn(_ answer: Answer, book: inout SignatureBook, store: RRsetStore) {
    let rrsets = answer.rrsets
    for position in rrsets.indices {
      let id = rrsets.id(position), isUnsigned = rrsets.signatureCount(position) == 0
      let known = Int(id.rawValue) < glances.count ? glances[Int(id.rawValue)] : .unseen
      if known == .nothing, isUnsigned { continue }
      guard store.recordClass(of: id) == .in else { continue }
      if !isUnsigned { learnSigners(rrsets[position].signatures, &book, store) }
      let found = known == .unseen ? glance(at: id, rrsets.type(position), store) : known
      if found == .delegation, !isUnsigned { fileDenial(rrsets[position], store) }
    }
  }

  /// Files the names of signers.
  private mutating func learnSigners(
    _ signatures: SignatureIDs, _ book: inout SignatureBook, _ store: RRsetStore
  ) {
    for signature in signatures {
      guard let signer = book.signer(of: signature, in: store) else { continue }
      while knownSigners.count <= signer { knownSigners.append(false) }
      if knownSigners[signer] { continue }
      knownSigners[signer] = true
      cutSigns.insert(book.signerName(signer))
    }
  }

  /// Looks at an RRset for the first time.
  private mutating func glance(at rrset: RRsetID, _ type: RecordType, _ store: RRsetStore) -> Glance {
    var found = Glance.nothing
    switch type {
    case .ns, .soa, .dnskey, .ds: cutSigns.insert(store.owner(of: rrset))
    case .nsec, .nsec3: if showsDelegation(rrset, type, store).shows { found = .delegation }
    default: break
    }
    while glances.count <= Int(rrset.rawValue) { glances.append(.unseen) }
    glances[Int(rrset.rawValue)] = found
    return found
  }

  /// Whether an NSEC or NSEC3 RRset shows a delegation, NS set and SOA clear, the parent's side of a cut (RFC 6840 §4.1);
  /// and of an NSEC3 that does, its parameters.
  private func showsDelegation(_ rrset: RRsetID, _ type: RecordType, _ store: RRsetStore) -> (
    shows: Bool, parameters: NSEC3Parameters?
  ) {
    var shows = false, parameters: NSEC3Parameters?
    store.forEachRData(of: rrset) { rdata in
      if type == .nsec, let data = try? NSECData(rdata) {
        shows = shows || data.types.isDelegation
      } else if type == .nsec3, let data = try? NSEC3Data(rdata), data.types.isDelegation {
        (shows, parameters) = (true, NSEC3Parameters(data))
      }
    }
    return (shows, parameters)
  }

  /// Files the signed NSEC or NSEC3 RRset of a delegation.
  private mutating func fileDenial(_ rrset: AnswerRRset, _ store: RRsetStore) {
    let owner = store.owner(of: rrset.rrset)
    let (_, parameters) = showsDelegation(rrset.rrset, rrset.type, store)
    let set = DenialSet(rrset: rrset.rrset, type: rrset.type, signatures: rrset.signatures)
    ChainEvidence.add(set, to: &delegationSets[owner, default: []], &leftOut)
    if let parameters, let zone = owner.parent { note(parameters, of: zone, shownBy: set) }
  }

  /// Files NSEC3 parameters of a zone.
  private mutating func note(_ parameters: NSEC3Parameters, of zone: Name, shownBy set: DenialSet) {
    guard let at = hashings[zone]?.firstIndex(where: { $0.parameters == parameters }) else {
      if (hashings[zone]?.count ?? 0) < ChainEvidence.hashingsPerZone {
        hashings[zone, default: []].append(Hashing(parameters: parameters, witnesses: [set]))
      } else {
        leftOut += 1
      }
      return
    }
    let count = hashings[zone]?[at].witnesses.count ?? 0
    if count < ChainEvidence.witnessesPerHashing { hashings[zone]?[at].witnesses.append(set) }
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
      leftOut += 1
      crowdedOwners.insert(owner)
    }
    guard !facts.isTransfer, facts.question?.recordClass == .in else { return timeMatters }
    timeMatters = noteDSDenial(facts, answer, frame, store) || timeMatters
    return noteServer(facts, answer, frame, store) || timeMatters
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
      ChainEvidence.note(denial, facts, frame, in: &dsDenials[cut, default: []], &noted, &leftOut)
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

  /// Files which zones a server showed to serve, and DNSKEY questions that found no DNSKEY.
  private mutating func noteServer(
    _ facts: ResponseFacts, _ answer: Answer, _ frame: Int, _ store: RRsetStore
  ) -> Bool {
    guard facts.flags.aa, let question = facts.question else { return false }
    if facts.dnssecOK == true, facts.hasEDNS, facts.isComplete,
      answer.rrsets.indices.allSatisfy({
        answer.rrsets.section($0) != .answer || answer.rrsets.signatureCount($0) == 0
      })
    {
      unsignedSources.note(facts.server, question)
    }
    // By position: taking each RRset out of the list costs more than the look at its type.
    for position in answer.rrsets.indices where ChainEvidence.showsServedZone(answer.rrsets, position) {
      let rrset = answer.rrsets.id(position)
      guard servedRRsets.find(facts.server, rrset.rawValue) == nil else { continue }
      servedRRsets.insert(facts.server, rrset.rawValue, 0)
      servedZones[facts.server, default: []].insert(store.owner(of: rrset))
    }
    if question.type == .dnskey, facts.rcode == .noError, facts.isComplete, facts.dnssecOK == true,
      !answer.rrsets.contains(where: { $0.section == .answer || isOfZoneAbove($0, question.name, store) })
    {
      var denials = dnskeyDenials.removeValue(forKey: question.name) ?? []
      note(facts, frame, in: &denials)
      dnskeyDenials[question.name] = denials
      return true
    }
    return false
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
      leftOut += 1
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

  /// Whether an RRset of the authority section shows that not the zone itself answered, but one above it.
  private func isOfZoneAbove(_ rrset: AnswerRRset, _ zone: Name, _ store: RRsetStore) -> Bool {
    rrset.section == .authority && (rrset.type == .soa || rrset.type == .ns)
      && store.owner(of: rrset.rrset) != zone
  }
}
