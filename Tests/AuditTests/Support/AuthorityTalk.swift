import Bytes
import DNSWire
import Findings
import TestSupport

/// What the servers of a small DNS and whoever speaks in their name say to a resolver, as a capture in front of the
/// resolver shows it. Queries are 100 ms apart; answers come 10 ms after their query and after each other.
struct AuthorityTalk {
  /// The zones: a root and `test.`.
  let tree: ZoneTree, zone: SignedZone
  /// Frames so far.
  private(set) var frame = 0
  private var file = ClassicCapture(), time: Int64 = ControlWorld.start * 1_000_000_000, id: UInt16 = 0

  /// A DNS whose `test.` has some names; `period` is that of its signatures.
  init(_ denial: DenialMethod = .nsec, address: UInt8 = 1, period: ValidityPeriod = ControlWorld.period)
    throws
  {
    tree = try ZoneTree(root: .init(13), ControlWorld.period, seed: 1212)
    zone = try tree.add("test.", .init(13, denial), period: period)
    for (label, last) in [("www", address), ("mail", 2), ("alpha", 3), ("beta", 4), ("zulu", 5)] {
      zone.add(label, .a, ZoneRData.a(last))
    }
  }

  /// What the servers answer.
  func genuine(_ name: String, _ type: RecordType = .a) throws -> ZoneAnswer {
    try tree.zone(for: domainName(name), type).answer(domainName(name), type)
  }

  /// Another record in place of those of the answer, under its RRSIGs.
  func altered(_ name: String, _ last: UInt8 = 66) throws -> ZoneAnswer {
    var answer = try genuine(name)
    answer.answer[0].rrset.rdata = [ZoneRData.a(last)]
    return answer
  }

  /// The same without RRSIGs, and with records of its own where they are given.
  func bare(_ name: String, _ last: UInt8? = nil) throws -> ZoneAnswer {
    var answer = try genuine(name)
    for index in answer.answer.indices { answer.answer[index].signatures = [] }
    answer.authority = []
    if let last { answer.answer[0].rrset.rdata = [ZoneRData.a(last)] }
    return answer
  }

  /// The keys of all zones and the DS of `test.`, asked for by the resolver.
  mutating func learnKeys() throws {
    try ask(".", .dnskey)
    try ask("test.", .ds)
    try ask("test.", .dnskey)
  }

  /// A query to the server of the zone with its genuine answer.
  @discardableResult
  mutating func ask(_ name: String, _ type: RecordType = .a) throws -> Int {
    ask(name, type, [try genuine(name, type)])[0]
  }

  /// A query and what comes back in the name of the server of the zone, or of another one.
  /// - Parameter plain: the first of the answers that come without EDNS, as to a query without it.
  /// - Returns: the frames of the answers.
  @discardableResult
  mutating func ask(
    _ name: String, _ type: RecordType = .a, _ answers: [ZoneAnswer], from server: IPAddress? = nil,
    to client: IPAddress = Host.client, flags: UInt16 = 0, option: [UInt8] = [], dnssecOK: Bool = true,
    withoutEDNSFrom plain: Int = .max
  ) -> [Int] {
    id += 1
    let name = domainName(name), server = server ?? tree.address(of: tree.zone(for: name, type)),
      port = 5_000 + id
    time += 100_000_000
    add(
      PacketBuilder.udp(ZoneMessages.query(name, type, id: id, dnssecOK: dnssecOK), from: port, to: 53),
      client, server, time)
    return answers.enumerated().map { index, answer in
      var message = ZoneMessages.response(answer, name, type, id: id, dnssecOK: dnssecOK && index < plain)
        .bytes
      if flags != 0 { message.replaceSubrange(2..<4, with: octets(flags | answer.rcode.rawValue)) }
      if !option.isEmpty {
        // The OPT record stands last, without options.
        message.removeLast(2)
        message += octets(UInt16(option.count)) + option
      }
      add(
        PacketBuilder.udp(message, from: 53, to: port), server, client, time + Int64(index + 1) * 10_000_000)
      return frame
    }
  }

  /// Lets time pass, in seconds.
  mutating func wait(_ seconds: Int64) { time += seconds * 1_000_000_000 }

  /// Adds a packet of any kind, so many nanoseconds after the last query.
  mutating func add(_ packet: [UInt8], after delay: Int64) {
    file.add(PacketBuilder.ethernet(packet), at: time + delay)
    frame += 1
  }

  /// Adds a datagram.
  private mutating func add(
    _ datagram: TransportBytes, _ source: IPAddress, _ destination: IPAddress, _ time: Int64
  ) {
    file.add(PacketBuilder.ethernet(PacketBuilder.ipv4(datagram, from: source, to: destination)), at: time)
    frame += 1
  }

  /// The audit of it.
  func run() throws -> AuditRun { try AuditRun([file.bytes], anchors: tree.anchorLine) }
}

extension AuditRun {
  /// The forged frames of all incidents.
  var forged: [Int] { Set(incidents.flatMap { $0.forged.map(\.number) }).sorted() }
  /// Findings of medium severity or above.
  var alarms: [Finding] { findings.filter { $0.severity >= .medium } }
}
