import DNSWire
import Transactions

/// What is usual for each server, and which responses depart from it.
///
/// Two passes over all responses: the first learns from those that stand against nothing, the second compares. What
/// departs supports a finding and is never one alone.
struct Habits {
  /// Of each server that answers, in order of the first answer; by the number of its address its place, one more.
  private var servers: [ServerHabits] = [ServerHabits()], places: [UInt16]
  /// Responses that depart from what is usual for their server, in frame order.
  private(set) var deviants: [(record: Int, deviation: Deviation)] = []
  private let caseFile: CaseFile
  /// By the number of a body its shape.
  private var shapes: [UInt32]
  /// Servers whose habits are learned; a busy resolver asks some ten thousand. Others look as if they had none.
  private static let limit = 32_768

  /// Learns and compares.
  init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    places = Array(repeating: 0, count: caseFile.addresses.count)
    shapes = Array(repeating: .max, count: caseFile.store.bodies.count)
    for (index, record) in caseFile.records.enumerated() where isOrdinary(index, record) {
      let body = caseFile.body(of: record)
      noteShape(record, body)
      if let place = makePlace(record.source) {
        servers[place].learn(record, edns(body), kind: shapes[Int(record.body)])
      }
    }
    for index in caseFile.responses {
      let record = caseFile.records[index]
      guard !record.isDamaged, record.isFirstHand || !record.match.contains(.mirrorCopy) else { continue }
      noteShape(record, caseFile.body(of: record))
      let deviation = deviation(index)
      if !deviation.isEmpty { deviants.append((index, deviation)) }
    }
  }

  /// The habits of a response's server.
  func server(of record: Int) -> ServerHabits { server(caseFile.records[record].source) }

  /// The habits of the server with a number of an address.
  func server(_ address: UInt32) -> ServerHabits { servers[Int(places[Int(address)])] }

  /// Whether a response has the flags and sections that other answers of its server to questions of its kind have; nil where
  /// there are no others.
  func hasUsualShape(_ record: Int) -> Bool? {
    let response = caseFile.records[record], habits = servers[Int(places[Int(response.source)])]
    let shape = shapes[Int(response.body)]
    guard shape != .max, habits.hasKind(of: shape) else { return nil }
    return habits.hasShape(shape)
  }

  /// Whether a server's packets have several IP TTLs, or come from several stations on the link.
  @inline(__always)
  func hasSeveralSenders(_ address: UInt32) -> Bool { servers[Int(places[Int(address)])].hasSeveralSenders }

  /// The place of a server's habits, made if need be; nil when there are too many.
  private mutating func makePlace(_ address: UInt32) -> Int? {
    let known = Int(places[Int(address)])
    if known > 0 { return known }
    guard servers.count <= Habits.limit else { return nil }
    places[Int(address)] = UInt16(truncatingIfNeeded: servers.count)
    servers.append(ServerHabits())
    return servers.count - 1
  }

  /// In what a response departs from what is usual for its server.
  private func deviation(_ index: Int) -> Deviation {
    let record = caseFile.records[index]
    // Over TCP the handshake vouches for the sender, and headers are those of segments.
    guard record.isUDP else { return [] }
    let body = caseFile.body(of: record)
    return servers[Int(places[Int(record.source)])].deviation(
      of: record, edns(body), kind: shapes[Int(record.body)], isLearned: isOrdinary(index, record))
  }

  /// In what the packet of a response departs from what is usual for its server; nothing of the message.
  func departure(_ index: Int) -> Deviation {
    let record = caseFile.records[index]
    guard record.isUDP else { return [] }
    return servers[Int(places[Int(record.source)])].deviation(
      of: record, (0, false), kind: 0, isLearned: isOrdinary(index, record)
    ).intersection(Deviation.network)
  }

  /// Whether a response is one to learn from.
  @inline(__always)
  private func isOrdinary(_ index: Int, _ record: ResponseRecord) -> Bool {
    record.isOrdinary && record.isUDP
  }

  /// EDNS size of a response.
  @inline(__always)
  private func edns(_ body: ResponseBody) -> (size: UInt16, isPresent: Bool) {
    guard let number = body.edns else { return (0, false) }
    return (caseFile.store.udpSize(number), true)
  }

  /// Notes the shape of a body on its first sight.
  @inline(__always)
  private mutating func noteShape(_ record: ResponseRecord, _ body: ResponseBody) {
    if shapes[Int(record.body)] == .max { shapes[Int(record.body)] = shape(body) }
  }

  /// What kind of response it is in the upper half, and its flags and sections in the lower.
  private func shape(_ body: ResponseBody) -> UInt32 {
    let rrsets = caseFile.store.answers.answer(body.answer).rrsets
    let hasData = rrsets.contains { $0.section == .answer }
    let hasSOA = rrsets.contains { $0.section == .authority && $0.type == .soa }
    let hasNS = rrsets.contains { $0.section == .authority && $0.type == .ns }
    let hasMore = rrsets.contains { $0.section == .additional && $0.type != .opt }
    let kind: UInt32 = hasData ? 1 : hasSOA ? 2 : hasNS ? 3 : 4
    var low: UInt32 = (body.flags.aa ? 1 : 0) | (body.flags.ra ? 2 : 0)
    if hasData { low |= (hasNS ? 4 : 0) | (hasMore ? 8 : 0) }
    let type = body.foldedQuestion.map { caseFile.question(number: $0).type } ?? .a
    // Answers about addresses look alike, and unlike those about keys.
    let asked = UInt32(type == .aaaa ? RecordType.a.rawValue : type.rawValue) & 0x3ff
    let shape = ((kind - 1) << 14 | UInt32(body.rcode.rawValue & 15) << 10 | asked) << 16 | low
    return shape
  }
}
