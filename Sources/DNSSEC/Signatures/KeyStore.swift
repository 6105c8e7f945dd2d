import Crypto
import DNSWire

/// Number of a distinct DNSKEY at a distinct owner.
package struct KeyID: RawRepresentable, Hashable, Sendable {
  /// The number, from 0 in order of arrival.
  package let rawValue: Int

  /// From the number.
  package init(rawValue: Int) { self.rawValue = rawValue }
}

/// Every DNSKEY that was seen, parsed once, whether anything vouches for it or not.
struct KeyStore: Sendable {
  /// A DNSKEY record and what libcrypto makes of it.
  struct Entry: Sendable {
    /// The zone.
    let owner: Name
    /// The record, and its tag.
    let data: DNSKEYData, keyTag: UInt16
    /// The parsed key; nil when the algorithm is not supported or the key is not sound.
    let publicKey: PublicKey?
    /// The weak classes of algorithm and key.
    var classes: WeakClasses = []
  }

  /// What an RRSIG says of its key.
  struct Label: Hashable {
    let owner: Name, keyTag: UInt16, algorithm: UInt8
  }

  /// Which keys are parsed at all, and what may make anything secure.
  let policy: ValidationPolicy
  private(set) var entries: [Entry] = []
  private var numbers: [Name: [DNSKEYData: KeyID]] = [:]
  private var labelled: [Label: [KeyID]] = [:]

  /// A store without keys.
  init(policy: ValidationPolicy = ValidationPolicy()) { self.policy = policy }

  /// The number of a key, parsed on first sight.
  mutating func intern(_ data: DNSKEYData, owner: Name) -> KeyID {
    if let known = numbers[owner]?[data] { return known }
    let id = KeyID(rawValue: entries.count), tag = data.keyTag
    let key = parse(data), classes = WeakClasses.of(algorithm: data.algorithm, key: key)
    entries.append(Entry(owner: owner, data: data, keyTag: tag, publicKey: key, classes: classes))
    numbers[owner, default: [:]][data] = id
    labelled[Label(owner: owner, keyTag: tag, algorithm: data.algorithm), default: []].append(id)
    return id
  }

  /// Takes the keys of an answer, as far as the limit goes.
  mutating func learn(_ answer: Answer, _ limits: ValidationLimits, _ store: RRsetStore) {
    for rrset in answer.rrsets where rrset.type == .dnskey && store.recordClass(of: rrset.rrset) == .in {
      let owner = store.owner(of: rrset.rrset)
      var taken = 0
      store.forEachRData(of: rrset.rrset) { rdata in
        guard taken < limits.recordsPerKeySet, let data = try? DNSKEYData(rdata) else { return }
        taken += 1
        _ = intern(data, owner: owner)
      }
    }
  }

  /// The number of a key that was seen.
  func id(of data: DNSKEYData, owner: Name) -> KeyID? { numbers[owner]?[data] }

  /// The key of a number.
  subscript(_ id: KeyID) -> Entry { entries[id.rawValue] }

  /// What a word owes to the key of a number, if it is weak; asked for each signature, and few are.
  func weakLink(of id: KeyID) -> WeakLink? {
    entries[id.rawValue].classes.isEmpty ? nil : entries[id.rawValue].weakLink
  }

  /// Whether any DNSKEY of a zone was seen.
  func hasKeys(of zone: Name) -> Bool { numbers[zone] != nil }

  /// The zones with a tag that more keys share than `limit`.
  func crowdedZones(beyond limit: Int) -> Set<Name> {
    Set(labelled.lazy.filter { $0.value.count > limit }.map(\.key.owner))
  }

  /// Puts keys in front of others with their tag.
  mutating func prefer(_ preferred: Set<KeyID>) {
    let labels = Set(
      preferred.map {
        Label(owner: self[$0].owner, keyTag: self[$0].keyTag, algorithm: self[$0].data.algorithm)
      })
    for label in labels {
      guard let ids = labelled[label], ids.count > 1 else { continue }
      labelled[label] = ids.filter(preferred.contains) + ids.filter { !preferred.contains($0) }
    }
  }

  /// The keys that an RRSIG may mean: preferred ones first, each kind in order of arrival.
  func keys(of owner: Name, keyTag: UInt16, algorithm: UInt8) -> [KeyID] {
    labelled[Label(owner: owner, keyTag: keyTag, algorithm: algorithm)] ?? []
  }

  /// The key as libcrypto holds it.
  private func parse(_ data: DNSKEYData) -> PublicKey? {
    guard let scheme = policy.scheme(of: data.algorithm) else { return nil }
    let bytes = Array(data.publicKey)
    return try? PublicKey(scheme: scheme, dnskeyBytes: bytes.span)
  }
}
