/// Single facts about how a response fits to the queries of the capture.
@usableFromInline
package struct MatchTraits: OptionSet, Hashable, Sendable {
  @usableFromInline package let rawValue: UInt16

  /// Its question is spelled in other cases than the query's.
  @inlinable package static var caseDiffers: MatchTraits { MatchTraits(rawValue: 1) }
  /// Its question is spelled as the query's, and the query mixed upper and lower case (draft-vixie-dnsext-dns0x20).
  @inlinable package static var mixedCaseEchoed: MatchTraits { MatchTraits(rawValue: 2) }
  /// The query carried a DNS cookie (RFC 7873), and the response carries the same client cookie,
  @inlinable package static var cookieEchoed: MatchTraits { MatchTraits(rawValue: 4) }
  /// another one,
  @inlinable package static var cookieWrong: MatchTraits { MatchTraits(rawValue: 8) }
  /// or none.
  @inlinable package static var cookieMissing: MatchTraits { MatchTraits(rawValue: 16) }
  /// Another copy of a packet that is in the capture already.
  @inlinable package static var mirrorCopy: MatchTraits { MatchTraits(rawValue: 32) }
  /// Without a query of its own: its question was open at that client,
  @inlinable package static var questionOpen: MatchTraits { MatchTraits(rawValue: 64) }
  /// a query waited for an answer at that port of the client,
  @inlinable package static var portOpen: MatchTraits { MatchTraits(rawValue: 128) }
  /// that query had gone to the server which seems to answer,
  @inlinable package static var serverAsked: MatchTraits { MatchTraits(rawValue: 256) }
  /// and it had this ID.
  @inlinable package static var idFits: MatchTraits { MatchTraits(rawValue: 512) }
  /// Other data stand in it in place of those of a fragment that came first.
  @inlinable package static var otherVersion: MatchTraits { MatchTraits(rawValue: 1_024) }
  /// The query was sent more than once before the first answer.
  @inlinable package static var resent: MatchTraits { MatchTraits(rawValue: 2_048) }
  /// The query had EDNS (RFC 6891).
  @inlinable package static var queryHadEDNS: MatchTraits { MatchTraits(rawValue: 4_096) }
  /// It came from the beginning of a datagram, or was found by its looks in a stream.
  @inlinable package static var unsure: MatchTraits { MatchTraits(rawValue: 8_192) }
  /// The query asked for recursion (RD).
  @inlinable package static var queryRD: MatchTraits { MatchTraits(rawValue: 16_384) }
  /// Without a query of its own: the capture shows other queries of that client.
  @inlinable package static var clientAsks: MatchTraits { MatchTraits(rawValue: 32_768) }

  /// From the bits.
  @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Whether all of another set is in it. Other modules would call generic code otherwise, which took three tenths of an audit.
  @inlinable package func contains(_ other: MatchTraits) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }
  /// Whether nothing of another set is in it.
  @inlinable package func isDisjoint(with other: MatchTraits) -> Bool { rawValue & other.rawValue == 0 }
}
