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
  /// RRSIGs in period that a work limit left untried, with some keys or all.
  let skippedInPeriod: Int

  /// Whether it verifies, and nothing but the policy keeps it from being secure.
  var isInsecureByPolicy: Bool { zone != nil && verdict.security == .insecure }

  /// A word without a zone behind it.
  init(
    _ verdict: Verdict, _ signatures: [SignatureStatus], zone: Name? = nil, wildcardLabels: UInt8? = nil,
    weakLinks: [WeakLink] = [], skippedInPeriod: Int = 0
  ) {
    (self.verdict, self.signatures, self.zone, self.wildcardLabels) = (
      verdict, signatures, zone, wildcardLabels
    )
    (self.weakLinks, self.skippedInPeriod) = (weakLinks, skippedInPeriod)
  }

  /// NS at a zone cut, and glue, which nobody signs.
  static let unsignedByDesign = RRsetJudgement(
    Verdict(.insecure, "NS at a zone cut and glue are not signed by design"), [])
  /// Data that came without signatures because nobody asked for them.
  static let notRequested = RRsetJudgement(.notRequested, [])

  /// Whether it is secure as it stands: made from a wildcard, it needs a denial beside it.
  package var isSecureAlone: Bool { verdict.security == .secure && wildcardLabels == nil }
}

/// The word on a response and on all its RRsets.
///
/// A reference, because the same judgement stands for thousands of responses.
package final class ResponseJudgement: Sendable {
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
  /// What it cost, where that is more than a look at signatures within the limits.
  package let work: MessageWork?

  /// From the fields.
  init(
    verdict: Verdict, rrsets: [RRsetJudgement], zone: Name, unsigned: UnsignedKind?,
    weakLinks: [WeakLink] = [], work: MessageWork? = nil
  ) {
    (self.verdict, self.rrsets, self.zone, self.unsigned) = (verdict, rrsets, zone, unsigned)
    (self.weakLinks, self.work) = (weakLinks, work)
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
