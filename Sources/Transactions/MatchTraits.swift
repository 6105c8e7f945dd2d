/// Single facts about how a response fits to the queries of the capture.
package struct MatchTraits: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  /// Its question is spelled in other cases than the query's.
  package static let caseDiffers = MatchTraits(rawValue: 1)
  /// Its question is spelled as the query's, and the query mixed upper and lower case (draft-vixie-dnsext-dns0x20).
  package static let mixedCaseEchoed = MatchTraits(rawValue: 2)
  /// The query carried a DNS cookie (RFC 7873), and the response carries the same client cookie,
  package static let cookieEchoed = MatchTraits(rawValue: 4)
  /// another one,
  package static let cookieWrong = MatchTraits(rawValue: 8)
  /// or none.
  package static let cookieMissing = MatchTraits(rawValue: 16)
  /// Another copy of a packet that is in the capture already.
  package static let mirrorCopy = MatchTraits(rawValue: 32)
  /// Without a query of its own: its question was open at that client,
  package static let questionOpen = MatchTraits(rawValue: 64)
  /// a query waited for an answer at that port of the client,
  package static let portOpen = MatchTraits(rawValue: 128)
  /// that query had gone to the server which seems to answer,
  package static let serverAsked = MatchTraits(rawValue: 256)
  /// and it had this ID.
  package static let idFits = MatchTraits(rawValue: 512)
  /// Other data stand in it in place of those of a fragment that came first.
  package static let otherVersion = MatchTraits(rawValue: 1_024)
  /// The query was sent more than once before the first answer.
  package static let resent = MatchTraits(rawValue: 2_048)
  /// The query had EDNS (RFC 6891).
  package static let queryHadEDNS = MatchTraits(rawValue: 4_096)
  /// It came from the beginning of a datagram, or was found by its looks in a stream.
  package static let unsure = MatchTraits(rawValue: 8_192)
  /// The query asked for recursion (RD).
  package static let queryRD = MatchTraits(rawValue: 16_384)
  /// Without a query of its own: the capture shows other queries of that client.
  package static let clientAsks = MatchTraits(rawValue: 32_768)

  /// From the bits.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Whether all of another set is in it. Other modules would call generic code otherwise, which took three tenths of an audit.
  package func contains(_ other: MatchTraits) -> Bool { rawValue & other.rawValue == other.rawValue }
  /// Whether nothing of another set is in it.
  package func isDisjoint(with other: MatchTraits) -> Bool { rawValue & other.rawValue == 0 }
}
