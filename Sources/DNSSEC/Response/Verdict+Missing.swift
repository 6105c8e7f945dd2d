import DNSWire

/// The words on what is not there.
extension Verdict {
  /// Data that came without signatures because nobody asked for them.
  static let notRequested = Verdict(.indeterminate, "signatures were not requested")
  /// A message of which a part is missing.
  static let incomplete = Verdict(
    .indeterminate, ede: .indeterminate,
    "the message is truncated or cut, so that what is missing may stand in the rest")

  /// Neither DS nor denial was seen at a name that may be a zone cut.
  static func missingDS(_ name: Name, below zone: Name) -> Verdict {
    Verdict(
      .indeterminate, ede: .indeterminate,
      "neither DS of \(name) nor its denial was seen; ask: \(name) DS +dnssec; the chain reaches \(zone)")
  }
}
