/// What NSEC3 may cost (CVE-2023-50868).
package struct DenialLimits: Hashable, Sendable {
  /// NSEC3 iterations above this make a denial insecure. Resolvers settled on 150 in 2021 (Unbound, BIND,
  /// Knot); RFC 9276 §3.2 leaves the figure to the validator.
  package var maximumIterations: UInt16
  /// Names hashed in one denial. The longest name has 127 labels: with the names above it up to the root, and
  /// the wildcard at its closest encloser, no proof from one NSEC3 chain needs more than 129.
  package var maximumHashes: Int
  /// Names hashed in one message, for its denials and on the way to the zones of its RRsets: eight denials of the
  /// longest name. Whoever puts hundreds of deep names into one message gets no more of them looked up.
  package var maximumHashesPerMessage = 1_024

  /// Limits with these figures.
  package init(maximumIterations: UInt16 = 150, maximumHashes: Int = 129) {
    (self.maximumIterations, self.maximumHashes) = (maximumIterations, maximumHashes)
  }
}
