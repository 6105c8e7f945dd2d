import Bytes
import DNSSEC
import DNSWire
import Findings
import Packets
import Transactions

extension Sample {
  /// From the server at 192.0.2.53 to the client at 192.0.2.1.
  static let flow = Flow(
    source: IPAddress(v4: 0xc000_0235), sourcePort: 53, destination: IPAddress(v4: 0xc000_0201),
    destinationPort: 40_053, transport: .udp)
  /// The same over TCP and IPv6.
  static let flow6 = Flow(
    source: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 0x53), sourcePort: 53,
    destination: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 1), destinationPort: 40_054, transport: .tcp)

  /// One secure answer, one bogus one, and a message without a question.
  static var responses: [ResponseEvent] { [secureResponse, bogusResponse, emptyResponse] }

  /// A signed answer over UDP that verifies.
  static var secureResponse: ResponseEvent {
    ResponseEvent(
      file: nil, frame: 12, frames: [], time: time(0, 250_000_001), flow: flow, id: 0x1234,
      flags: HeaderFlags(rawValue: 0x8580), rcode: .noError,
      question: Question(name: name("www.Example.org."), type: .a, recordClass: .in),
      edns: EDNSFields(version: 0, udpSize: 1_232, dnssecOK: true, options: [(10, [0xab, 0x01])]),
      dnssecOK: true, serverEDE: [],
      verdict: Verdict(.secure, "A of www.example.org. verifies with key 2 of example.org."), signed: true,
      corroborated: nil, transaction: .answered, queryFrame: 11, rttMicroseconds: 1_512,
      rrsets: [
        RRsetEntry(
          section: .answer, name: name("www.example.org."), type: .a, ttl: 3_600, count: 2,
          verdict: Verdict(.secure, "verified with key 2 of example.org."),
          signatures: [signature(status: .verified)])
      ])
  }

  /// An expired answer in two segments, in a capture with several inputs.
  static var bogusResponse: ResponseEvent {
    ResponseEvent(
      file: 1, frame: 31, frames: [PacketID(29, file: 1), PacketID(31, file: 1)], time: time(4), flow: flow6,
      id: 7,
      flags: HeaderFlags(rawValue: 0x8070), rcode: ResponseCode(rawValue: 24),
      question: Question(
        name: name("a.broken.org."), type: RecordType(rawValue: 65_280),
        recordClass: RecordClass(rawValue: 32)),
      edns: nil, dnssecOK: nil, serverEDE: [(7, "signature expired")],
      verdict: Verdict(.bogus, ede: .signatureExpired, "the RRSIG expired 2016-10-01T00:00:00Z"),
      signed: true, corroborated: 12, transaction: .conflicting, queryFrame: nil, rttMicroseconds: nil,
      rrsets: [
        RRsetEntry(
          section: .authority, name: name("broken.org."), type: .soa, ttl: 0, count: 1,
          verdict: Verdict(.bogus, ede: .signatureExpired, "expired"),
          signatures: [signature(status: .expired)]
        ),
        RRsetEntry(
          section: .additional, name: .root, type: .ns, ttl: .max, count: 13,
          verdict: Verdict(.insecure, "unsigned by design"), signatures: []),
      ])
  }

  /// A message without question, records or EDNS.
  static var emptyResponse: ResponseEvent {
    ResponseEvent(
      file: nil, frame: 40, frames: [PacketID(40)], time: time(5), flow: flow, id: 0,
      flags: HeaderFlags(rawValue: 0x8001),
      rcode: .formErr, question: nil, edns: nil, dnssecOK: false, serverEDE: [],
      verdict: Verdict(.indeterminate, "FORMERR proves nothing"), signed: false, corroborated: nil,
      transaction: .unknown, queryFrame: nil, rttMicroseconds: nil, rrsets: [])
  }

  /// A response whose every string is hostile.
  static var hostileResponse: ResponseEvent {
    var event = bogusResponse
    event.question?.name = hostileName
    event.serverEDE = [(0, hostile)]
    event.verdict = Verdict(.bogus, ede: .bogus, hostile)
    event.rrsets[0].name = hostileName
    event.rrsets[0].verdict = Verdict(.bogus, ede: .bogus, hostile)
    event.rrsets[0].signatures[0].signer = hostileName
    return event
  }

  /// An RRSIG of example.org., valid from the day before the capture to the day after it.
  static func signature(status: SignatureStatus) -> SignatureEntry {
    SignatureEntry(
      signer: name("example.org."), keyTag: 2, algorithm: 13, inception: UInt32(start - 86_400),
      expiration: UInt32(start + 86_400), status: status)
  }
}
