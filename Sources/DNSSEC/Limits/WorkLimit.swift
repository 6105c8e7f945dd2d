/// The limits on work by the names that people set them with: what each bounds, how far it goes, and where its figure
/// comes from.
package enum WorkLimit: String, CaseIterable, Sendable {
  case signaturesPerRRset = "rrsigs-per-rrset"
  case keysPerSignature = "keys-per-rrsig"
  case verificationsPerMessage = "verifications-per-message"
  case recordsPerKeySet = "records-per-key-set"
  case aliasHops = "alias-hops"
  case iterations = "nsec3-iterations"
  case hashesPerDenial = "nsec3-hashes-per-denial"
  case hashesPerMessage = "nsec3-hashes-per-message"

  /// What it bounds.
  package var meaning: String {
    switch self {
    case .signaturesPerRRset: "RRSIGs of one signer tried for one RRset"
    case .keysPerSignature: "keys with one tag tried for one RRSIG"
    case .verificationsPerMessage: "signature checks for one message"
    case .recordsPerKeySet: "records of one DS or DNSKEY RRset"
    case .aliasHops: "CNAMEs and DNAMEs followed in one answer"
    case .iterations: "NSEC3 iterations, above which a denial is insecure"
    case .hashesPerDenial: "names hashed for one NSEC3 denial"
    case .hashesPerMessage: "names hashed for one message"
    }
  }

  /// Where the figure comes from.
  package var source: String {
    switch self {
    case .signaturesPerRRset: "Unbound's bound against KeyTrap, CVE-2023-50387"
    case .keysPerSignature: "Unbound and BIND; chance collides no more tags"
    case .verificationsPerMessage: "three times the largest honest answer met, ANY at an apex"
    case .recordsPerKeySet: "ten times the largest key set of a TLD's rollover"
    case .aliasHops: "Unbound's bound on CNAME chains"
    case .iterations: "what Unbound, BIND and Knot settled on in 2021, RFC 9276 3.2"
    case .hashesPerDenial: "the longest name, 127 labels, with root and wildcard; CVE-2023-50868"
    case .hashesPerMessage: "eight such denials; CVE-2023-50868"
    }
  }

  /// The figures that it takes: the highest ones are what a message can hold at all, or what a machine bears.
  package var range: ClosedRange<Int> {
    switch self {
    case .signaturesPerRRset, .keysPerSignature: 1...1_000
    case .verificationsPerMessage: 1...1_000_000
    case .recordsPerKeySet: 1...6_000
    case .aliasHops: 1...128
    case .iterations: 0...65_535
    case .hashesPerDenial, .hashesPerMessage: 1...1_000_000
    }
  }
}
