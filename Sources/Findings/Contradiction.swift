import DNSWire

/// Data without proof that are others than those which the capture proves for the same name and type.
package struct Contradiction: Sendable {
  /// How the two stand against each other.
  package enum Kind: String, Sendable {
    /// Other records.
    case otherData = "other-data"
    /// The response denies what is proven to exist.
    case denied
    /// The response has what is proven not to exist.
    case invented
  }

  /// A usual reason for it that is no attack.
  package enum Cause: String, Sendable {
    /// Addresses made from IPv4 ones (RFC 6147).
    case dns64
    /// The server says that it filters (RFC 8914 §4.16 to §4.19), or gives an address that leads nowhere.
    case filtered
  }

  /// How, and for which name and type.
  package var kind: Kind, name: Name, type: RecordType
  /// The records of the response and the proven ones, in presentation format, some of them.
  package var shown: [String], proven: [String]
  /// Where the proven ones are, and in which input when there are several.
  package var frame: Int, file: Int?
  /// Whether several proven RRsets were seen for that name and type.
  package var varies: Bool
  /// Whether the two answers are for different client subnets (RFC 7871).
  package var subnetsDiffer: Bool
  /// The usual reason that it looks like.
  package var cause: Cause?

  /// From the fields.
  package init(
    _ kind: Kind, name: Name, type: RecordType, shown: [String], proven: [String], frame: Int, file: Int?,
    varies: Bool = false, subnetsDiffer: Bool = false, cause: Cause? = nil
  ) {
    (self.kind, self.name, self.type, self.shown, self.proven) = (kind, name, type, shown, proven)
    (self.frame, self.file, self.varies, self.subnetsDiffer) = (frame, file, varies, subnetsDiffer)
    self.cause = cause
  }
}
