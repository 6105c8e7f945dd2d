import Bytes
import DNSWire
import Findings
import TestSupport

/// A small DNS, a resolver that asks it, and clients that ask the resolver; what the resolver says a test decides.
struct ResolverTalk {
  /// Where the resolver listens, and some clients.
  static let resolver = IPAddress(v4: 0xc000_0235),
    clients = (1...3).map { IPAddress(v4: 0xc000_0280 + UInt32($0)) }
  /// Flags of a query: RD; of a response: QR, RD, RA; and single bits (RFC 1035 §4.1.1, RFC 4035 §3).
  static let query: UInt16 = 0x0100, response: UInt16 = 0x8180
  static let ad: UInt16 = 0x20, cd: UInt16 = 0x10, aa: UInt16 = 0x0400, ra: UInt16 = 0x80

  /// The zones: a root, `test.` and what a test adds.
  let tree: ZoneTree, zone: SignedZone
  /// What was said.
  var talk: ZoneConversation
  private var id: UInt16 = 0

  /// A DNS whose `test.` has some data; `start` in seconds since 1970.
  init(_ denial: DenialMethod = .nsec, address: UInt8 = 1, start: Int64 = ControlWorld.start) throws {
    tree = try ZoneTree(root: .init(13), ControlWorld.period, seed: 1212)
    zone = try tree.add("test.", .init(13, denial))
    zone.add("www", .a, ZoneRData.a(address))
    zone.add("mail", .a, ZoneRData.a(2))
    talk = ZoneConversation(tree, start: start, seed: 1)
  }

  /// Adds a question to the resolver and what it answers, with header flags for both.
  mutating func say(
    _ name: String, _ type: RecordType = .a, _ answer: ZoneAnswer, query: UInt16 = query,
    response: UInt16 = response,
    dnssecOK: Bool = true, client: IPAddress = clients[0], option: [UInt8] = []
  ) {
    id += 1
    var exchange = ZoneExchange(
      domainName(name), type, answer, zone: zone.apex, server: ResolverTalk.resolver, id: id, port: 5000 + id,
      dnssecOK: dnssecOK)
    exchange.client = client
    exchange.query.replaceSubrange(2..<4, with: octets(query))
    exchange.response.bytes.replaceSubrange(2..<4, with: octets(response | answer.rcode.rawValue))
    if !option.isEmpty {
      // The OPT record stands last, without options.
      exchange.response.bytes.removeLast(2)
      exchange.response.bytes += octets(UInt16(option.count)) + option
    }
    talk.capture.exchanges.append(exchange)
  }

  /// An extended error as an option (RFC 8914 §2).
  static func error(_ code: UInt16) -> [UInt8] { octets(UInt16(15)) + octets(UInt16(2)) + octets(code) }

  /// What the zone answers.
  func genuine(_ name: String, _ type: RecordType = .a) throws -> ZoneAnswer {
    let name = domainName(name)
    return try tree.zone(for: name, type).answer(name, type)
  }

  /// The same with other records in its first RRset, under the signatures of the true ones.
  func forged(_ name: String, _ type: RecordType = .a, _ rdata: [UInt8] = ZoneRData.a(66)) throws
    -> ZoneAnswer
  {
    var answer = try genuine(name, type)
    answer.answer[0].rrset.rdata = [rdata]
    return answer
  }

  /// The audit of it.
  func run() throws -> AuditRun { try AuditRun([talk.capture.file()], anchors: tree.anchorLine) }
}

extension AuditRun {
  /// The findings of a rule.
  func findings(_ rule: Rule) -> [Finding] { findings.filter { $0.rule == rule } }
}
