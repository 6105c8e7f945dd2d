/// What can be odd about a message that packets carried, as an audit meets it.
package enum MessageOddity: UInt8, Sendable, CaseIterable {
  /// A message of fewer than 12 octets.
  case messageShorterThanHeader
  /// A query that cannot be decoded to its end.
  case malformedQuery
  /// A response that cannot be decoded to its end.
  case malformedResponse
  /// A response whose packet has a wrong checksum: a host would have dropped it.
  case wrongChecksum
  /// A query or response with more than one question.
  case questionCount
  /// A response in which a fragment's bytes stand in place of others that came first.
  case otherVersion
  /// The beginning of a datagram whose other fragments did not come: no host took it, or the capture lacks them.
  case unfinishedDatagram
  /// A message found by its looks in a TCP stream whose framing was lost.
  case recoveredMessage
  /// The beginning of a fragmented response, one of too many without their end: counted, not judged.
  case beginningAlone
  /// An RRSIG that was not tried, to keep the work bounded.
  case signaturesSkippedByLimit
  /// A set of keys or DS that was left out, to keep the work bounded.
  case chainEvidenceLeftOutByLimit
  /// A finding, of low severity mostly, that found no room in the report.
  case findingsLeftOut

  /// Its entry in the catalogue.
  package var oddity: Oddity {
    switch self {
    case .messageShorterThanHeader:
      Oddity(kebabCase("\(self)"), "messages shorter than a header", "RFC 1035 §4.1.1")
    case .malformedQuery: Oddity(kebabCase("\(self)"), "malformed queries", "RFC 1035 §4.1")
    case .malformedResponse: Oddity(kebabCase("\(self)"), "malformed responses", "RFC 1035 §4.1")
    case .wrongChecksum: Oddity(kebabCase("\(self)"), "responses with a wrong checksum", "RFC 768")
    case .questionCount: Oddity(kebabCase("\(self)"), "messages with more than one question", "RFC 9619 §4")
    case .otherVersion:
      Oddity(kebabCase("\(self)"), "responses put together from conflicting fragments", "RFC 5722 §4")
    case .unfinishedDatagram:
      Oddity(
        kebabCase("\(self)"), "beginnings of datagrams whose other fragments are not here", "RFC 8200 §4.5")
    case .recoveredMessage:
      Oddity(
        kebabCase("\(self)"), "messages found by their looks in TCP streams whose framing was lost",
        "RFC 1035 §4.2.2")
    case .beginningAlone:
      Oddity(
        kebabCase("\(self)"), "more beginnings of fragmented responses, not judged", "RFC 8900 §3.7"
      )
    case .signaturesSkippedByLimit:
      Oddity(kebabCase("\(self)"), "RRSIGs not tried, to keep the work bounded", "RFC 6840 §5.4")
    case .chainEvidenceLeftOutByLimit:
      Oddity(kebabCase("\(self)"), "key sets left out, to keep the work bounded", "RFC 6840 §5.4")
    case .findingsLeftOut:
      Oddity(
        kebabCase("\(self)"), "findings left out, the least severe, to keep the report bounded", "RFC 5452")
    }
  }
}
