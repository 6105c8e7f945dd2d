/// Bounds on the work that one message can cause; hitting one is said in the result, never silent. `WorkLimit` tells
/// where each figure comes from.
///
/// Verifications are counted within one message, after RRSIGs have been dropped whose signer, algorithm, key or time
/// cannot serve; what an earlier message settled costs nothing.
package struct ValidationLimits: Hashable, Sendable {
  /// RRSIGs of one signer that are tried for one RRset.
  package var signaturesPerRRset = 8
  /// Keys that are tried for one RRSIG.
  package var keysPerSignature = 4
  /// Verifications that one message may cause.
  package var verificationsPerMessage = 128
  /// CNAME and DNAME hops followed in one answer.
  package var aliasHops = 11
  /// Records of one DS or DNSKEY RRset that are looked at.
  package var recordsPerKeySet = 64
  /// What NSEC3 may cost.
  package var denial = DenialLimits()

  /// The figures above.
  package init() {}

  /// The figure of one limit; what does not fit becomes the nearest that does.
  package subscript(limit: WorkLimit) -> Int {
    get {
      switch limit {
      case .signaturesPerRRset: signaturesPerRRset
      case .keysPerSignature: keysPerSignature
      case .verificationsPerMessage: verificationsPerMessage
      case .recordsPerKeySet: recordsPerKeySet
      case .aliasHops: aliasHops
      case .iterations: Int(denial.maximumIterations)
      case .hashesPerDenial: denial.maximumHashes
      case .hashesPerMessage: denial.maximumHashesPerMessage
      }
    }
    set {
      let value = min(max(newValue, limit.range.lowerBound), limit.range.upperBound)
      switch limit {
      case .signaturesPerRRset: signaturesPerRRset = value
      case .keysPerSignature: keysPerSignature = value
      case .verificationsPerMessage: verificationsPerMessage = value
      case .recordsPerKeySet: recordsPerKeySet = value
      case .aliasHops: aliasHops = value
      case .iterations: denial.maximumIterations = UInt16(clamping: value)
      case .hashesPerDenial: denial.maximumHashes = value
      case .hashesPerMessage: denial.maximumHashesPerMessage = value
      }
    }
  }
}
