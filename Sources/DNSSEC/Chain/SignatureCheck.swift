import DNSWire

/// What one RRSIG does for an RRset in a zone at a moment.
enum SignatureCheck: Sendable {
  /// It validates the RRset with a key; the labels that were signed when the owner was expanded from a wildcard.
  case valid(KeyID, wildcardLabels: UInt8?)
  /// It does not.
  case invalid(SignatureFailure)
}

/// Why an RRSIG does not validate its RRset.
struct SignatureFailure: Sendable {
  /// The extended error for it.
  let code: ExtendedErrorCode
  /// In words.
  let reason: String
  /// The time alone is at fault: with these, another time would have been fine.
  var isTimeOnly: Bool { code == .signatureExpired || code == .signatureNotYetValid }

  /// How near to success it came: of several failures the nearest tells most.
  var rank: Int {
    switch code {
    case .signatureExpired, .signatureNotYetValid: 0
    case .bogus: 1
    case .noZoneKeyBitSet: 2
    case .dnskeyMissing: 3
    case .signatureExpiredBeforeValid: 4
    default: 5
    }
  }
}

extension SignatureFailure {
  /// The failure of an RRSIG by its time.
  static func time(_ data: RRSIGData, _ timeliness: Timeliness, _ moment: Moment) -> SignatureFailure {
    let label = "RRSIG of \(data.signer) with key tag \(data.keyTag)"
    let expires = timeText(moment.absolute(data.expiration)),
      begins = timeText(moment.absolute(data.inception))
    return timeliness == .after
      ? SignatureFailure(
        code: .signatureExpired, reason: "\(label) expired at \(expires), before the time judged at")
      : SignatureFailure(
        code: .signatureNotYetValid, reason: "\(label) is valid from \(begins), after the time judged at")
  }
}
