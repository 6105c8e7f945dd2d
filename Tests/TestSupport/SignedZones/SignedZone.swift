import DNSWire

/// A zone that a test makes: data, keys, and the signatures over what is asked for.
///
/// RRsets are signed when an answer first needs them; data may be added until the first answer.
package final class SignedZone {
  /// How a zone is signed.
  package struct Signing: Sendable {
    /// The algorithm of its keys, and the digest type of the DS above.
    package var algorithm: UInt8, digestType: UInt8 = 2
    /// How absence is proven.
    package var denial = DenialMethod.nsec
    /// Whether one key signs the keys and another one the data.
    package var hasSeparateKeys = false
    /// Bits of its RSA keys.
    package var rsaBits: Int

    /// From the fields that tests vary.
    package init(
      _ algorithm: UInt8, _ denial: DenialMethod = .nsec, digestType: UInt8 = 2, separateKeys: Bool = false,
      rsaBits: Int = 1024
    ) {
      (self.algorithm, self.digestType, self.denial) = (algorithm, digestType, denial)
      (hasSeparateKeys, self.rsaBits) = (separateKeys, rsaBits)
    }
  }

  /// The name at its top.
  package let apex: Name
  /// How it is signed; nil for an unsigned zone.
  package let signing: Signing?
  /// The keys: the one that signs the keys first, the one that signs the data last.
  package let keys: [ZoneKey]
  /// When its signatures hold.
  package let period: ValidityPeriod
  /// What the zone holds, glue and delegations included.
  private(set) var data: [Name: [RecordType: ZoneRRset]] = [:]
  private var signatures: [Name: [RecordType: [[UInt8]]]] = [:]
  private var builtChain: DenialChain?

  /// A zone with SOA, NS and DNSKEY, and the address of its server.
  package init(_ apex: Name, _ signing: Signing?, _ period: ValidityPeriod, seed: UInt64) throws {
    (self.apex, self.signing, self.period) = (apex, signing, period)
    keys = try SignedZone.makeKeys(signing, seed)
    add(apex, .soa, ZoneRData.soa(apex, serial: 1))
    add(apex, .ns, ZoneRData.name(below("ns")))
    add(below("ns"), .a, ZoneRData.a(53))
    guard case .some(let method) = signing?.denial else { return }
    add(apex, .dnskey, keys.map(\.rdata))
    if case .nsec3(let salt, let iterations, _) = method {
      add(apex, .nsec3param, [1, 0] + octets(iterations) + [UInt8(salt.count)] + salt)
    }
  }

  /// The name of these labels below the apex.
  package func below(_ labels: String) -> Name {
    labels.split(separator: ".").reversed().reduce(apex) { name, label in
      guard let child = name.child(Array(label.utf8)) else { preconditionFailure("too long: \(labels)") }
      return child
    }
  }

  /// Adds an RRset, or a record to one that is there.
  package func add(_ owner: Name, _ type: RecordType, _ rdata: [UInt8]...) { add(owner, type, rdata) }

  /// The same with a list.
  package func add(_ owner: Name, _ type: RecordType, _ rdata: [[UInt8]]) {
    data[owner, default: [:]][type, default: ZoneRRset(owner, type, [])].rdata += rdata
    (builtChain, signatures) = (nil, [:])
  }

  /// Adds an RRset at labels below the apex.
  package func add(_ labels: String, _ type: RecordType, _ rdata: [UInt8]...) {
    add(below(labels), type, rdata)
  }

  /// The DS record that the zone above holds; nil for an unsigned zone.
  package var ds: [UInt8]? {
    signing.flatMap { keys.first?.ds(of: apex, digestType: $0.digestType) }
  }

  /// The RRset of a name and type; nil when there is none.
  package func rrset(_ owner: Name, _ type: RecordType) -> ZoneRRset? { data[owner]?[type] }

  /// The RRset with the signatures that the zone makes over it.
  package func signed(_ rrset: ZoneRRset, shownAs owner: Name? = nil) throws -> AnsweredRRset {
    var shown = rrset
    shown.owner = owner ?? rrset.owner
    return AnsweredRRset(rrset: shown, signatures: try signatures(over: rrset))
  }

  /// The chain of denials; nil in an unsigned zone.
  var chain: DenialChain? {
    guard let signing else { return nil }
    if let builtChain { return builtChain }
    let names = data.filter { !isBelowCut($0.key) }
    let cuts = names.keys.filter { isCut($0) && data[$0]?[.ds] == nil }
    let types = Dictionary(
      uniqueKeysWithValues: names.map { name, rrsets in
        (name, rrsets.keys.filter { !isCut(name) || $0 == .ns || $0 == .ds })
      })
    let chain = DenialChain(
      apex: apex, method: signing.denial, names: types, unsignedCuts: Set(cuts), ttl: 300)
    builtChain = chain
    return chain
  }

  /// Whether another zone begins at a name.
  func isCut(_ name: Name) -> Bool { name != apex && data[name]?[.ns] != nil }

  /// The highest cut at or above a name.
  func cut(above name: Name) -> Name? {
    guard name.isSubdomain(of: apex) else { return nil }
    return (apex.labelCount..<name.labelCount).lazy.map { name.suffix(labels: $0 + 1) }.first(where: isCut)
  }

  /// Whether a name owns something here, or something below it does.
  func exists(_ name: Name) -> Bool { data[name] != nil || data.keys.contains { $0.isSubdomain(of: name) } }

  /// Whether a name belongs to a zone below.
  private func isBelowCut(_ name: Name) -> Bool { cut(above: name).map { $0 != name } ?? false }

  /// RDATA of the RRSIGs over an RRset; what stands at a cut is not signed, but for DS and NSEC (RFC 4035 §2.2).
  private func signatures(over rrset: ZoneRRset) throws -> [[UInt8]] {
    let belongsBelow = isCut(rrset.owner) && rrset.type != .ds && rrset.type != .nsec
    guard signing != nil, !belongsBelow, !isBelowCut(rrset.owner) else { return [] }
    if let known = signatures[rrset.owner]?[rrset.type] { return known }
    guard let key = rrset.type == .dnskey ? keys.first : keys.last else { return [] }
    let made = [try key.sign(rrset, signer: apex, period)]
    signatures[rrset.owner, default: [:]][rrset.type] = made
    return made
  }

  /// The keys of a seed.
  private static func makeKeys(_ signing: Signing?, _ seed: UInt64) throws -> [ZoneKey] {
    guard let signing else { return [] }
    let make = { flags, seed in
      try ZoneKey(algorithm: signing.algorithm, flags: flags, seed: seed, rsaBits: signing.rsaBits)
    }
    let first = try make(ZoneKey.keySigning, seed)
    return signing.hasSeparateKeys ? [first, try make(ZoneKey.zoneSigning, seed ^ 0xff00)] : [first]
  }
}
