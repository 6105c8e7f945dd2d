import Transactions

/// What is usual for each server, and which responses depart from it.
///
/// The first pass over all responses learns from those that stand against nothing, a second one compares. What departs
/// supports a finding and is never one alone.
struct Habits {
  /// Of each server that answers, in order of the first answer; by the number of its address its place, one more.
  private var servers: [ServerHabits] = [ServerHabits()], places: [UInt16]
  /// What was learned of each and is not in its habits yet.
  private var runs: [HabitRun] = [HabitRun()]
  /// Responses that depart from what is usual for their server, in frame order.
  private(set) var deviants: [(record: Int, deviation: Deviation)] = []
  private let traffic: Traffic
  /// Servers whose habits are learned; a busy resolver asks some ten thousand. Others look as if they had none.
  private static let limit = 32_768

  /// Nothing learned yet.
  init(_ traffic: Traffic) {
    self.traffic = traffic
    places = Array(repeating: 0, count: traffic.addresses.count)
  }

  /// Learns from a response with the facts of its body.
  @inline(__always)
  mutating func see(_ record: ResponseRecord, _ facts: BodyFacts) {
    guard isOrdinary(record), let place = makePlace(record.source) else { return }
    runs[place].learn(record, facts, &servers[place])
  }

  /// After the last response: compares all with what was learned.
  mutating func finish() {
    for place in servers.indices { runs[place].end(&servers[place]) }
    runs = []
    let glances = servers.map { HabitGlance($0) }, records = traffic.records, bodies = traffic.facts
    for index in traffic.pass {
      let record = records[index], place = Int(places[Int(record.source)]), isLearned = isOrdinary(record)
      if isLearned && glances[place].isUsual(record) { continue }
      guard !record.isDamaged, !record.match.contains(.mirrorCopy), record.isUDP else { continue }
      let facts = bodies[Int(record.body)]
      let deviation = servers[place].deviation(
        of: record, edns: facts.edns, kind: facts.shape, isLearned: isLearned)
      if !deviation.isEmpty { deviants.append((index, deviation)) }
    }
  }

  /// The habits of a response's server.
  func server(of record: Int) -> ServerHabits { server(traffic.records[record].source) }

  /// The habits of the server with a number of an address.
  func server(_ address: UInt32) -> ServerHabits { servers[Int(places[Int(address)])] }

  /// Whether a response has the flags and sections that other answers of its server to questions of its kind have; nil where
  /// there are no others.
  func hasUsualShape(_ record: Int) -> Bool? {
    let response = traffic.records[record], habits = servers[Int(places[Int(response.source)])]
    let shape = traffic.facts[Int(response.body)].shape
    return habits.hasKind(of: shape) ? habits.hasShape(shape) : nil
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
    runs.append(HabitRun())
    return servers.count - 1
  }

  /// In what the packet of a response departs from what is usual for its server; nothing of the message.
  func departure(_ index: Int) -> Deviation {
    let record = traffic.records[index]
    // Over TCP the handshake vouches for the sender, and headers are those of segments.
    guard record.isUDP else { return [] }
    return servers[Int(places[Int(record.source)])].deviation(
      of: record, edns: 0, kind: 0, isLearned: isOrdinary(record)
    ).intersection(Deviation.network)
  }

  /// Whether a response is one to learn from.
  @inline(__always)
  private func isOrdinary(_ record: ResponseRecord) -> Bool { record.isOrdinary && record.isUDP }
}
