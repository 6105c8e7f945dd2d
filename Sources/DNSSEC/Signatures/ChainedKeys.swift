import Bytes
import Crypto
import DNSWire

/// Finds the keys that a chain from an anchor leads to, where so many keys share a tag that an RRSIG may not try all.
///
/// A tag is a sum (RFC 4034 Appendix B): whoever forges a DNSKEY RRset can give its keys the tag of the true one, and
/// with the limit on keys for an RRSIG crowd it out. Time plays no part: this only says which keys are tried first.
final class ChainedKeys {
  /// A DNSKEY or DS RRset with the RRSIGs of one message.
  private struct SignedSet: Hashable {
    let rrset: RRsetID, signatures: SignatureIDs
  }

  /// Cryptographic operations done.
  private(set) var verificationCount = 0
  private let store: RRsetStore, keys: KeyStore, limits: ValidationLimits
  private let anchors: [Name: [TrustAnchor]], verifier = SignatureVerifier()
  private var keySets: [Name: Set<SignedSet>] = [:], dsSets: [Name: Set<SignedSet>] = [:]
  private var known: [Name: Set<KeyID>] = [:]

  /// Over the answers of a capture.
  init(
    _ answers: [Answer], store: RRsetStore, keys: KeyStore, limits: ValidationLimits, anchors: [TrustAnchor]
  ) {
    (self.store, self.keys, self.limits) = (store, keys, limits)
    self.anchors = Dictionary(grouping: anchors, by: \.zone)
    for rrset in answers.lazy.flatMap(\.rrsets) where !rrset.signatures.isEmpty {
      let set = SignedSet(rrset: rrset.rrset, signatures: rrset.signatures)
      if rrset.type == .dnskey { keySets[store.owner(of: rrset.rrset), default: []].insert(set) }
      if rrset.type == .ds { dsSets[store.owner(of: rrset.rrset), default: []].insert(set) }
    }
  }

  /// The keys of those DNSKEY RRsets of a zone that an anchor or a DS of the zone above vouches for.
  func keys(of zone: Name) -> Set<KeyID> {
    if let found = known[zone] { return found }
    let digests = digests(of: zone)
    let configured = (anchors[zone] ?? []).compactMap { anchor in
      if case .key(let key) = anchor.key { key } else { nil }
    }
    var found: Set<KeyID> = []
    for set in keySets[zone] ?? [] {
      let members = members(of: set.rrset, in: zone)
      let named = members.filter { id in
        digests.contains { $0.names(keys[id]) }
          || configured.contains { $0.rdata[3...] == keys[id].data.rdata[3...] }
      }
      if isSigned(set, by: zone, with: Set(named)) { found.formUnion(members) }
    }
    known[zone] = found
    return found
  }

  /// The DS records of a zone: those of its anchors, and those that a chained key of a zone above signed.
  private func digests(of zone: Name) -> [DSData] {
    var found = (anchors[zone] ?? []).compactMap { anchor in
      if case .digest(let ds) = anchor.key { ds } else { nil }
    }
    for set in dsSets[zone] ?? [] {
      let signers = Set(set.signatures.compactMap { fields(of: $0)?.signer })
      // A zone cannot sign its own DS; with that every step goes up, and ends.
      let isChained = signers.contains { signer in
        signer != zone && zone.isSubdomain(of: signer) && isSigned(set, by: signer, with: keys(of: signer))
      }
      guard isChained else { continue }
      var taken = 0
      store.forEachRData(of: set.rrset) { rdata in
        guard taken < limits.recordsPerKeySet, let ds = try? DSData(rdata) else { return }
        taken += 1
        found.append(ds)
      }
    }
    return found
  }

  /// Whether one of the keys made one of the RRSIGs.
  private func isSigned(_ set: SignedSet, by signer: Name, with trusted: Set<KeyID>) -> Bool {
    guard !trusted.isEmpty else { return false }
    return set.signatures.prefix(limits.signaturesPerRRset).contains { signature in
      guard let data = fields(of: signature), data.signer == signer else { return false }
      let candidates = keys.keys(of: signer, keyTag: data.keyTag, algorithm: data.algorithm)
        .filter { trusted.contains($0) }
      return candidates.prefix(limits.keysPerSignature).contains { verifies(set.rrset, signature, data, $0) }
    }
  }

  /// Whether an RRSIG is a key's over an RRset.
  private func verifies(_ rrset: RRsetID, _ signature: SignatureID, _ data: RRSIGData, _ id: KeyID) -> Bool {
    guard let key = keys[id].publicKey else { return false }
    verificationCount += 1
    let store = store, rdata = store.signature(signature)
    var octets: [UInt8] = []
    SignedData.append(store.rrset(rrset), signature: rdata, data, to: &octets)
    let end = octets.count
    for i in data.headerLength..<rdata.count { octets.append(rdata[i]) }
    let all = octets.span
    return verifier.verify(
      key: key, data: all.extracting(0..<end), signature: all.extracting(end..<all.count))
  }

  /// The fields of an RRSIG; nil when its RDATA is not sound.
  private func fields(of signature: SignatureID) -> RRSIGData? {
    let store = store
    return try? RRSIGData(store.signature(signature))
  }

  /// The keys of a DNSKEY RRset, as far as the limit goes.
  private func members(of rrset: RRsetID, in zone: Name) -> [KeyID] {
    var found: [KeyID] = []
    store.forEachRData(of: rrset) { rdata in
      guard found.count < limits.recordsPerKeySet, let data = try? DNSKEYData(rdata) else { return }
      if let id = keys.id(of: data, owner: zone) { found.append(id) }
    }
    return found
  }
}

extension DSData {
  /// Whether this names a key (RFC 4034 §5.1.4): digest over owner and DNSKEY RDATA.
  func names(_ entry: KeyStore.Entry) -> Bool {
    guard keyTag == entry.keyTag, algorithm == entry.data.algorithm else { return false }
    return digest(of: entry).map { $0 == digest } ?? false
  }

  /// The digest of a key by this record's digest type; nil when that is not supported.
  func digest(of entry: KeyStore.Entry) -> [UInt8]? {
    guard let function = DigestAlgorithm(dsDigestType: digestType) else { return nil }
    let octets = entry.owner.wire + entry.data.rdata
    return Digest.hash(function, octets.span)
  }
}
