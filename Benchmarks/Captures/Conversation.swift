import Bytes
import DNSWire
import TestSupport

/// What is said in a capture: exchanges, and the order in which they come, most of them often.
struct Conversation {
  /// The distinct exchanges.
  var exchanges: [Exchange]
  /// Their numbers in order.
  var turns: [Int]
  /// The trust anchors, as a zone file.
  var anchors: String
  /// What the random parts of the packets are made of.
  var seed: UInt64
  /// Queries in a second, hosts that ask, and packets of a hundred that are IPv6.
  var rate: Int, clients: Int, share6: Int
  /// Whether all are asked of one resolver, instead of each zone's own server.
  var hasResolver = false

  /// Its size in words.
  var summary: String {
    let counts = turns.map { exchanges[$0].signatureCount }
    let signed = counts.count { $0 > 0 } * 1000 / max(1, counts.count)
    let distinct = Set(exchanges.flatMap(\.signatures)).count
    return
      "\(2 * turns.count) packets, \(exchanges.count) distinct exchanges, \(signed / 10).\(signed % 10) % of "
      + "the responses signed, \(counts.reduce(0, +)) RRSIGs of which \(distinct) distinct"
  }
}

/// A query and its response, with 0 for a message ID.
struct Exchange {
  /// The messages.
  let query: [UInt8], response: [UInt8]
  /// The number of the server that is asked.
  let server: Int
  /// The hashes of the RRSIGs in the response, which tell distinct ones apart in this run.
  let signatures: [Int]
  /// RRSIGs in the response.
  var signatureCount: Int { signatures.count }
}

/// Writes the messages of exchanges.
enum ExchangeWriter {
  /// What a message says besides its question and records.
  struct Style {
    /// The flags of query and response, without the code of the latter.
    var query: UInt16, response: UInt16
    /// The size that EDNS announces (RFC 6891 §6.2.3); nil without EDNS.
    var udpSize: UInt16?
    /// DO (RFC 3225).
    var dnssecOK: Bool

    /// A resolver that validates asks a server.
    static let iterative = Style(query: 0, response: 0x8400, udpSize: 4096, dnssecOK: true)
    /// The same, of a server above.
    static let referral = Style(query: 0, response: 0x8000, udpSize: 4096, dnssecOK: true)
    /// A client asks a resolver: RD, RA.
    static func recursive(edns: Bool) -> Style {
      Style(query: 0x0100, response: 0x8180, udpSize: edns ? 1232 : nil, dnssecOK: false)
    }
  }

  /// The exchange of a question and what is answered; names in the response are compressed as servers do.
  static func exchange(
    _ name: Name, _ type: RecordType, _ answer: ZoneAnswer, glue: [AnsweredRRset] = [], server: Int,
    _ style: Style
  ) throws -> Exchange {
    var query = MessageBuilder(id: 0, flags: style.query)
    query.addQuestion(name.wire, type)
    addOPT(&query, style)
    var response = MessageBuilder(id: 0, flags: style.response | answer.rcode.rawValue)
    response.addQuestion(name.wire, type)
    for rrset in answer.answer { add(rrset, .answer, &response) }
    for rrset in answer.authority { add(rrset, .authority, &response) }
    for rrset in glue { add(rrset, .additional, &response) }
    addOPT(&response, style)
    let bytes = response.bytes, model = MessageModel(try MessageView(bytes.span))
    return Exchange(
      query: query.bytes, response: model.encoded(compressing: true), server: server,
      signatures: (answer.answer + answer.authority + glue).flatMap(\.signatures).map(\.hashValue))
  }

  /// Adds an RRset with its RRSIGs.
  private static func add(_ answered: AnsweredRRset, _ section: Section, _ builder: inout MessageBuilder) {
    let rrset = answered.rrset
    for rdata in rrset.rdata {
      builder.addRecord(rrset.owner.wire, rrset.type, in: section, ttl: rrset.ttl, rdata: rdata)
    }
    for rdata in answered.signatures {
      builder.addRecord(rrset.owner.wire, .rrsig, in: section, ttl: rrset.ttl, rdata: rdata)
    }
  }

  /// Adds an OPT record where the style has one.
  private static func addOPT(_ builder: inout MessageBuilder, _ style: Style) {
    guard let size = style.udpSize else { return }
    builder.addRecord(
      [0], .opt, RecordClass(rawValue: size), in: .additional, ttl: style.dnssecOK ? 0x8000 : 0, rdata: [])
  }
}
