import DNSWire

/// The word on one RRset of a response, and what became of its RRSIGs.
///
/// A reference, because the same judgement stands in thousands of answers.
package final class RRsetJudgement: Sendable {
  /// The word.
  package let verdict: Verdict
  /// The status of each RRSIG, in the order of the answer.
  package let signatures: [SignatureStatus]
  /// The zone that vouches for it, when the word is secure, or insecure by policy alone.
  let zone: Name?
  /// Labels that were signed, when the RRset was expanded from a wildcard and a zone vouches for it.
  let wildcardLabels: UInt8?
  /// The weak keys and DS records that a secure word rests on.
  package let weakLinks: [WeakLink]

  /// Whether it verifies, and nothing but the policy keeps it from being secure.
  var isInsecureByPolicy: Bool { zone != nil && verdict.security == .insecure }

  /// A word without a zone behind it.
  init(
    _ verdict: Verdict, _ signatures: [SignatureStatus], zone: Name? = nil, wildcardLabels: UInt8? = nil,
    weakLinks: [WeakLink] = []
  ) {
    (self.verdict, self.signatures, self.zone, self.wildcardLabels) = (
      verdict, signatures, zone, wildcardLabels
    )
    self.weakLinks = weakLinks
  }
}

/// The word on a response and on all its RRsets.
package struct ResponseJudgement: Sendable {
  /// The word: the worst of what counts.
  package let verdict: Verdict
  /// One for each RRset of the answer, in its order.
  package let rrsets: [RRsetJudgement]
  /// The deepest zone that the question is known to lie in, for findings.
  package let zone: Name
  /// Why a response without proof has none.
  package let unsigned: UnsignedKind?
  /// The weak keys and DS records that a secure word rests on.
  package let weakLinks: [WeakLink]

  /// From the parts.
  package init(
    verdict: Verdict, rrsets: [RRsetJudgement], zone: Name, unsigned: UnsignedKind?,
    weakLinks: [WeakLink] = []
  ) {
    (self.verdict, self.rrsets, self.zone) = (verdict, rrsets, zone)
    (self.unsigned, self.weakLinks) = (unsigned, weakLinks)
  }
}

/// Why nothing proves a response.
package enum UnsignedKind: UInt8, Sendable {
  /// Nobody asked for signatures.
  case notRequested
  /// The zone is proven insecure.
  case provenInsecure
  /// The zone's state is not known.
  case unknown

  /// The word in the output.
  package var word: String {
    switch self {
    case .notRequested: "not-requested"
    case .provenInsecure: "proven-insecure"
    case .unknown: "unknown"
    }
  }
}
