/// What a live run does beside what every audit does.
package struct LiveOptions: Sendable {
  /// The interface.
  package var interface: String
  /// Seconds after which it ends by itself; nil for no end.
  package var duration: Double?
  /// Packets after which it ends by itself; nil for no end.
  package var count: Int?
  /// Seconds between two looks at what was found.
  package var window: Double = LiveOptions.defaultWindow
  /// What is kept at most.
  package var limits = LiveLimits()

  /// Seconds of a window: soon enough for somebody who watches, and seldom enough to cost nothing.
  package static let defaultWindow = 5.0

  /// The usual choices for an interface.
  package init(interface: String) { self.interface = interface }
}

/// What a live run keeps at most. Beyond it everything so far is judged for good, told and let go, but for the messages
/// that hold links of chains of trust.
package struct LiveLimits: Sendable {
  /// Responses that are kept: half an hour of a resolver's 140 a second, 48 bytes each and what their words take.
  package var responses = 250_000
  /// Bytes of what they and the queries say: 64 MiB hold 100,000 distinct answers.
  package var bytes = 64 << 20
  /// Messages with links of chains of trust that stay: the keys and DS records of some thousand zones.
  package var chainMessages = 16_384
  /// Bytes of these: 16,384 DNSKEY answers of a kilobyte.
  package var chainBytes = 16 << 20
  /// Findings that are told early; the report at the end has all.
  package var toldFindings = 10_000

  /// The figures above.
  package init() {}
}
