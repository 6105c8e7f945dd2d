/// Bounds on the work that one message can cause; hitting one is said in the result, never silent.
package struct ValidationLimits: Sendable {
  /// RRSIGs tried for one RRset: Unbound's MAX_VALIDATE_RRSIGS, set against KeyTrap (CVE-2023-50387).
  package var signaturesPerRRset = 8
  /// Keys tried for one RRSIG: colliding key tags beyond this do not happen by chance (Unbound, BIND: 4).
  package var keysPerSignature = 4
  /// Verifications that one message may cause: 64 RRsets with a double signature each; the largest honest answers
  /// (ANY at an apex, root referrals with all DS) hold fewer than 40.
  package var verificationsPerMessage = 128
  /// CNAME and DNAME hops followed in one answer (Unbound's MAX_CNAME... 11).
  package var aliasHops = 11
  /// DS records of one set that are looked at, and DNSKEYs of one set: the root's and the largest TLD's rollovers
  /// have seen up to 6; Unbound stops at 4 failures of a DS set.
  package var recordsPerKeySet = 64

  /// The figures above.
  package init() {}
}
