import DNSWire
import Transactions

/// What is usual for each server, and which responses depart from it.
///
/// Two passes over all responses: the first learns from those that stand against nothing, the second compares. What
/// departs supports a finding and is never one alone.
struct Habits {
  /// By the number of the server's address.
  private(set) var servers: [ServerHabits] = []
  /// Responses that depart from what is usual for their server, in frame order.
  private(set) var deviants: [(record: Int, deviation: Deviation)] = []
  private let caseFile: CaseFile
  /// By EDNS number the size; by answer number the shape.
  private var shapes: [UInt32] = []

  /// Learns and compares.
  init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    servers = Array(repeating: ServerHabits(), count: caseFile.addresses.count)
    shapes = Array(repeating: .max, count: caseFile.store.bodies.count)
    for (index, record) in caseFile.records.enumerated() where isOrdinary(index, record) {
      let body = caseFile.store.body(record.bodyID)
      let shape = shape(record, body)
      servers[Int(record.source)].learn(record, edns(body), kind: shape)
    }
    for index in caseFile.responses {
      let record = caseFile.records[index]
      guard !record.traits.contains(.damaged), !record.match.contains(.mirrorCopy) else { continue }
      let deviation = deviation(index)
      if !deviation.isEmpty { deviants.append((index, deviation)) }
    }
  }

  /// The habits of a response's server.
  func server(of record: Int) -> ServerHabits { servers[Int(caseFile.records[record].source)] }

  /// In what a response departs from what is usual for its server.
  mutating func deviation(_ index: Int) -> Deviation {
    let record = caseFile.records[index]
    // Over TCP the handshake vouches for the sender, and headers are those of segments.
    guard record.traits.transport == .udp else { return [] }
    let body = caseFile.store.body(record.bodyID)
    return servers[Int(record.source)].deviation(
      of: record, edns(body), kind: shape(record, body), isLearned: isOrdinary(index, record))
  }

  /// In what the packet of a response departs from what is usual for its server; nothing of the message.
  func departure(_ index: Int) -> Deviation {
    let record = caseFile.records[index]
    guard record.traits.transport == .udp else { return [] }
    return servers[Int(record.source)].deviation(
      of: record, (0, false), kind: 0, isLearned: isOrdinary(index, record)
    ).intersection(Deviation.network)
  }

  /// Whether a response is one to learn from.
  @inline(__always)
  private func isOrdinary(_ index: Int, _ record: ResponseRecord) -> Bool {
    guard record.transaction == .answered, record.traits.isDisjoint(with: [.conflicting, .damaged, .cut]),
      record.traits.transport == .udp
    else { return false }
    return record.match.isDisjoint(with: [.otherVersion, .unsure, .mirrorCopy])
  }

  /// EDNS size of a response.
  @inline(__always)
  private func edns(_ body: ResponseBody) -> (size: UInt16, isPresent: Bool) {
    guard let number = body.edns else { return (0, false) }
    return (caseFile.store.udpSize(number), true)
  }

  /// What kind of response it is in the upper half, and its flags and sections in the lower.
  private mutating func shape(_ record: ResponseRecord, _ body: ResponseBody) -> UInt32 {
    let number = Int(record.body)
    if shapes[number] != .max { return shapes[number] }
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
    shapes[number] = shape
    return shape
  }
}
