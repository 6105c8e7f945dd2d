import DNSWire

/// A zone whose keys a chain from a trust anchor vouches for. A reference, because every walk to a name below holds it.
final class SecureZone: Sendable {
  /// The zone, canonical, and its number as a name.
  let name: Name, id: NameID
  /// Its number among the secure zones that a walker found; 0 for one that no walk leads to.
  let number: UInt32
  /// The NSEC3 parameters that it truly uses, as far as delegations show them.
  let hashings: [NSEC3Parameters]
  /// The secure zone above it; nil at an anchor.
  let parent: Name?
  /// The keys that may sign its data.
  let keys: Set<KeyID>
  /// What vouches for the keys.
  let vouchers: KeyVouchers
  /// Whether a key set lacking other keys was seen within its original TTL of the time: if so, a key that is not
  /// among these is truly not there.
  let isCurrent: Bool
  /// The weak keys and DS records that its chain rests on, its own link and all above.
  let weakLinks: [WeakLink]
  /// What is said of its data.
  let words: ZoneWords

  /// From the parts.
  init(
    name: Name, id: NameID, number: UInt32 = 0, hashings: [NSEC3Parameters] = [], parent: Name?,
    keys: Set<KeyID>, vouchers: KeyVouchers, isCurrent: Bool, weakLinks: [WeakLink], words: ZoneWords? = nil
  ) {
    (self.id, self.number, self.hashings) = (id, number, hashings)
    (self.name, self.parent, self.keys) = (name, parent, keys)
    (self.vouchers, self.isCurrent, self.weakLinks) = (vouchers, isCurrent, weakLinks)
    self.words = words ?? ZoneWords(name, weakLinks)
    few = keys.count <= SecureZone.fewKeys ? Array(keys) : []
  }

  /// The keys, where a look at each is cheaper than a hash: zones have a handful.
  private let few: [KeyID]
  /// Keys up to which that is so.
  private static let fewKeys = 8

  /// Whether a key may sign its data.
  func vouches(for key: KeyID) -> Bool {
    keys.count <= SecureZone.fewKeys ? few.contains { $0.rawValue == key.rawValue } : keys.contains(key)
  }
}

/// What is said of a secure zone's data, made once for all of them.
final class ZoneWords: Sendable {
  /// The word on data that it signed, and the judgement of an RRset with one RRSIG.
  let verified: Verdict, judgement: RRsetJudgement
  /// The word on what its records deny.
  let denied: Verdict

  /// Of a zone whose chain rests on these weak links.
  init(_ name: Name, _ weakLinks: [WeakLink]) {
    verified = Verdict(.secure, "RRSIG of \(name) verifies")
    judgement = RRsetJudgement(verified, [.verified], zone: name, weakLinks: weakLinks)
    denied = Verdict(.secure, "the NSEC or NSEC3 records of \(name) prove it")
  }

  /// Of a zone of which nothing but a key set is looked at: nobody says these.
  static let unsaid = ZoneWords(.root, [])
}

/// What is known of the zone that holds a name.
enum ZoneState: Sendable {
  /// A chain leads to it.
  case secure(SecureZone)
  /// The chain ends, breaks or stops at a name; the verdict holds for everything below.
  case ended(Verdict, at: Name)
}

/// A name at which a zone may begin, for all that is known.
struct OpenCut: Sendable {
  /// The name, and the zone above it that the chain reaches.
  let name: Name, zone: Name
  /// The verdict on a DS RRset or denial of DS that was seen there and fails.
  let failure: Verdict?

  /// The word on data that lie below: what fails, or what is missing.
  var verdict: Verdict { failure ?? .missingDS(name, below: zone) }
}

/// The way from an anchor down to a name. A reference, because the same way leads to thousands of names.
final class Walk: Sendable {
  /// The deepest zone reached.
  let state: ZoneState
  /// Names between that zone and the name, which show signs of a cut that is neither proven nor denied.
  let openCuts: [OpenCut]
  /// The judgement of an unsigned RRset below the end of the chain; nil where it leads to the end.
  let endedJudgement: RRsetJudgement?

  /// From the parts.
  init(state: ZoneState, openCuts: [OpenCut]) {
    (self.state, self.openCuts) = (state, openCuts)
    if case .ended(let verdict, _) = state {
      endedJudgement = RRsetJudgement(verdict, [])
    } else {
      endedJudgement = nil
    }
  }

  /// The verdict at which the chain ended, if it did.
  var ended: Verdict? {
    if case .ended(let verdict, _) = state { verdict } else { nil }
  }
}
