import DNSWire

/// What RRsets show of zone cuts, whenever and from wherever they come: names that are zones, and NSEC and NSEC3 RRsets of
/// delegations.
struct CutEvidence {
  /// NSEC3 parameters that a zone seems to use, and the first RRsets that show it.
  struct Hashing: Sendable {
    let parameters: NSEC3Parameters
    var witnesses: [ChainEvidence.DenialSet]
  }

  /// Names that own NS, SOA, DNSKEY or DS, or sign: the signs of zones.
  private(set) var signs: Set<Name> = []
  /// NSEC and NSEC3 RRsets that show a delegation, by owner.
  private(set) var delegationSets: [Name: [ChainEvidence.DenialSet]] = [:]
  /// The NSEC3 parameters of each zone that has such NSEC3 RRsets.
  private(set) var hashings: [Name: [Hashing]] = [:]
  /// How often a limit left anything out.
  private(set) var leftOut = 0

  /// What a look at each RRset found, and whether each signer's name is among the signs of zones.
  private var glances: [Glance] = [], knownSigners: [Bool] = []

  /// What an RRset shows of zone cuts, whoever sends it.
  private enum Glance: UInt8 { case unseen, nothing, delegation }

  /// The most sets of NSEC3 parameters kept for one zone, and of RRsets that show one: a zone has one or two, and who
  /// forges others must bring one of these for each, before the genuine ones are seen.
  private static let hashingsPerZone = 32, witnessesPerHashing = 32

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
      signs.insert(book.signerName(signer))
    }
  }

  /// Looks at an RRset for the first time.
  private mutating func glance(at rrset: RRsetID, _ type: RecordType, _ store: RRsetStore) -> Glance {
    var found = Glance.nothing
    switch type {
    case .ns, .soa, .dnskey, .ds: signs.insert(store.owner(of: rrset))
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
    let set = ChainEvidence.DenialSet(rrset: rrset.rrset, type: rrset.type, signatures: rrset.signatures)
    CutEvidence.add(set, to: &delegationSets[owner, default: []], &leftOut)
    if let parameters, let zone = owner.parent { note(parameters, of: zone, shownBy: set) }
  }

  /// Files NSEC3 parameters of a zone.
  private mutating func note(
    _ parameters: NSEC3Parameters, of zone: Name, shownBy set: ChainEvidence.DenialSet
  ) {
    guard let at = hashings[zone]?.firstIndex(where: { $0.parameters == parameters }) else {
      if (hashings[zone]?.count ?? 0) < CutEvidence.hashingsPerZone {
        hashings[zone, default: []].append(Hashing(parameters: parameters, witnesses: [set]))
      } else {
        leftOut += 1
      }
      return
    }
    let count = hashings[zone]?[at].witnesses.count ?? 0
    if count < CutEvidence.witnessesPerHashing { hashings[zone]?[at].witnesses.append(set) }
  }

  /// Adds a set unless it is there or there are too many.
  private static func add(
    _ set: ChainEvidence.DenialSet, to sets: inout [ChainEvidence.DenialSet], _ leftOut: inout Int
  ) {
    if sets.contains(set) { return }
    if sets.count < ChainEvidence.setsPerOwner { sets.append(set) } else { leftOut += 1 }
  }
}
