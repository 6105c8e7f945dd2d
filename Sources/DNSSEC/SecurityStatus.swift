/// What DNSSEC says about data (RFC 4035 §4.3).
package enum SecurityStatus: UInt8, Sendable, CaseIterable {
  /// An unbroken chain leads from the data to a trust anchor.
  case secure
  /// A proof shows that the chain of trust ends above the data.
  case insecure
  /// No anchor covers the name, or the evidence lacks a link.
  case indeterminate
  /// The chain should exist and something in it fails.
  case bogus

  /// The RFC's word.
  package var word: String {
    switch self {
    case .secure: "secure"
    case .insecure: "insecure"
    case .indeterminate: "indeterminate"
    case .bogus: "bogus"
    }
  }
}

extension SecurityStatus: Comparable {
  /// The better word is the smaller one: the status of a whole is the greatest of its parts.
  package static func < (a: SecurityStatus, b: SecurityStatus) -> Bool { a.rawValue < b.rawValue }
}

/// A status with its reason: a verdict on an RRset, a denial, a zone or a response.
package struct Verdict: Hashable, Sendable {
  /// The word.
  package let security: SecurityStatus
  /// The extended DNS error that says why (RFC 8914); nil where none fits.
  package let ede: UInt16?
  /// A sentence for people that names what was compared.
  package let reason: String
  /// Whether a bogus NXDOMAIN comes with a proof of NODATA: whoever asked is told nothing false about the type.
  package let errsInCodeAlone: Bool

  /// A verdict from its parts.
  package init(
    _ security: SecurityStatus, ede: ExtendedErrorCode? = nil, _ reason: String, errsInCodeAlone: Bool = false
  ) {
    self.security = security
    self.ede = ede?.rawValue
    self.reason = reason
    self.errsInCodeAlone = errsInCodeAlone
  }

  /// The same word with more in its reason.
  func adding(_ words: String) -> Verdict {
    Verdict(
      security, ede: ede.flatMap(ExtendedErrorCode.init), reason + words, errsInCodeAlone: errsInCodeAlone)
  }
}

/// The codes of RFC 8914 §4 that a validator gives.
package enum ExtendedErrorCode: UInt16, Sendable {
  case unsupportedDNSKEYAlgorithm = 1
  case unsupportedDSDigestType = 2
  case indeterminate = 5
  case bogus = 6
  case signatureExpired = 7
  case signatureNotYetValid = 8
  case dnskeyMissing = 9
  case rrsigsMissing = 10
  case noZoneKeyBitSet = 11
  case nsecMissing = 12
  case signatureExpiredBeforeValid = 25
  case unsupportedNSEC3Iterations = 27
}

/// What became of one RRSIG, cryptography first, then time.
package enum SignatureStatus: UInt8, Sendable {
  /// It verifies with a key of the signer and the time lies within its validity; says nothing about the chain.
  case verified
  /// A key fits and the signature does not verify.
  case failed
  /// It verifies; the time is after its expiration.
  case expired
  /// It verifies; the time is before its inception.
  case notYetValid
  /// A DNSKEY RRset of the signer is known, without a key of this tag and algorithm.
  case noKey
  /// No DNSKEY RRset of the signer is known.
  case keyNotSeen
  /// This program does not verify the algorithm.
  case unsupportedAlgorithm
  /// RDATA that is no RRSIG, too many labels, or expiration before inception.
  case malformed
  /// The signer cannot sign for the owner.
  case wrongSigner
  /// A work limit left it untried, with some keys or all.
  case skippedLimit

  /// The word in the output.
  package var word: String {
    switch self {
    case .verified: "verified"
    case .failed: "failed"
    case .expired: "expired"
    case .notYetValid: "not-yet-valid"
    case .noKey: "no-key"
    case .keyNotSeen: "key-not-seen"
    case .unsupportedAlgorithm: "unsupported-algorithm"
    case .malformed: "malformed"
    case .wrongSigner: "wrong-signer"
    case .skippedLimit: "skipped-limit"
    }
  }
}
