/// Where a key stands at its trust point (RFC 5011 §4.2); the numbers are those of Unbound's files.
package enum AnchorKeyState: UInt8, Sendable, CaseIterable {
  /// Not in use: a key that was not seen in a valid DNSKEY RRset yet, or an anchor before its period.
  case start
  /// Seen in a valid DNSKEY RRset, and on trial until its hold-down time is over.
  case addPend
  /// A trust anchor.
  case valid
  /// A trust anchor that the last valid DNSKEY RRset lacked.
  case missing
  /// No trust anchor for good: its owner said so, signed with the key itself.
  case revoked
  /// Revoked long ago, or an anchor after its period.
  case removed

  /// The word in the output.
  package var word: String { self == .addPend ? "add-pend" : "\(self)" }

  /// Whether the key is a trust anchor.
  var isTrusted: Bool { self == .valid || self == .missing }
}
