import DNSWire

/// A key or DS record of a weak class that a word rests on.
package struct WeakLink: Hashable, Sendable {
  /// What it is.
  package enum Kind: Hashable, Sendable {
    /// A DNSKEY of so many bits, which made an RRSIG.
    case key(bits: Int)
    /// A DS record or anchor with this digest type.
    case ds(digestType: UInt8)
  }

  /// The zone whose key it is, or is named by it.
  package let zone: Name
  /// What it is.
  package let kind: Kind
  /// The tag and algorithm of the key.
  package let keyTag: UInt16, algorithm: UInt8
  /// The classes that it belongs to.
  package let classes: WeakClasses

  /// From the parts.
  package init(zone: Name, kind: Kind, keyTag: UInt16, algorithm: UInt8, classes: WeakClasses) {
    (self.zone, self.kind, self.keyTag, self.algorithm, self.classes) = (
      zone, kind, keyTag, algorithm, classes
    )
  }

  /// What it is, for people: `DNSKEY 4711 of example. (RSASHA1, 512 bits)`.
  package var text: String {
    let mnemonic = SecurityAlgorithm(rawValue: algorithm).mnemonic
    return switch kind {
    case .key(let bits): "DNSKEY \(keyTag) of \(zone) (\(mnemonic), \(bits) bits)"
    case .ds(let type):
      "DS \(keyTag) of \(zone) (\(mnemonic), \(DSDigestType(rawValue: type).mnemonic))"
    }
  }
}

extension KeyStore.Entry {
  /// What a word owes to this key, if it is weak.
  var weakLink: WeakLink? {
    classes.isEmpty
      ? nil
      : WeakLink(
        zone: owner, kind: .key(bits: publicKey?.bits ?? 0), keyTag: keyTag, algorithm: data.algorithm,
        classes: classes)
  }
}

extension DSData {
  /// What a word owes to this record of a zone, if its digest is weak; the algorithm is the key's matter.
  func weakLink(of zone: Name) -> WeakLink? {
    let classes = WeakClasses.of(algorithm: 0, digestType: digestType)
    return classes.isEmpty
      ? nil
      : WeakLink(
        zone: zone, kind: .ds(digestType: digestType), keyTag: keyTag, algorithm: algorithm, classes: classes)
  }
}

extension ValidationPolicy {
  /// Whether anything may be secure that rests on these links.
  func allows(_ links: [WeakLink]) -> Bool { links.allSatisfy { allows($0.classes) } }

  /// Whether to rather rest on some links than on others: what is allowed first, then what is less weak.
  func prefers(_ a: [WeakLink], to b: [WeakLink]) -> Bool {
    (allows(a) ? 0 : 1, a.count) < (allows(b) ? 0 : 1, b.count)
  }

  /// The verdict on what verifies, and by nothing but links that are taken for insecure (RFC 8914 §4.2, §4.3).
  func verdict(on links: [WeakLink], _ what: String) -> Verdict {
    let refused = links.first { !allows($0.classes) }
    let classes = insecure.intersection(refused?.classes ?? [])
    let code: ExtendedErrorCode =
      if case .ds = refused?.kind { .unsupportedDSDigestType } else { .unsupportedDNSKEYAlgorithm }
    return Verdict(
      .insecure, ede: code,
      "\(what) verifies by \(refused?.text ?? "a key") alone, and the policy takes \(classes.text) for insecure"
    )
  }
}
