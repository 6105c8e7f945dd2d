/// The time-free truth about one RRSIG over one RRset.
enum SignatureResult: Hashable, Sendable {
  /// It verifies with this key.
  case verified(KeyID)
  /// Keys of its tag and algorithm are there and it verifies with none of them.
  case failed
  /// A DNSKEY RRset of the signer was seen, without such a key.
  case noKey
  /// No DNSKEY RRset of the signer was seen.
  case keyNotSeen
  /// This program does not verify the algorithm.
  case unsupportedAlgorithm
  /// RDATA that is no RRSIG, more labels than the owner has, or expiration before inception.
  case malformed
  /// The owner does not lie in the signer's zone.
  case wrongSigner
  /// A work limit left it untried, with some keys or all.
  case skippedLimit
}

/// An RRSIG and the RRset that it covers.
struct SignaturePair: Hashable, Sendable {
  let rrset: UInt32, signature: UInt32
}
