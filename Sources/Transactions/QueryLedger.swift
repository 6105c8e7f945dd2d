import Bytes
import DNSWire

/// The newest query of each client for each question, and the newest from each of its ports: what tells of a response
/// without a query of its own which query it nearly fits.
///
/// Two tables of constant size, in which a newer query takes the place of an older one with the same slot. The hashes
/// are fixed, so that the same capture has the same output; a collision costs a hint, and makes no finding.
struct QueryLedger: Sendable {
  /// A query.
  struct Entry: Sendable {
    /// When it was sent, and in which packet.
    var time: Timestamp, frame: Int
    /// Both ends, as keyed hashes of their addresses: nobody can write two that are equal.
    var client: UInt64, server: UInt64
    /// The question in lower case.
    var question: UInt32
    /// Its port and ID.
    var port: UInt16, id: UInt16
    /// Whether an answer has come, and how many queries like this were open at once within a second, itself included.
    var isAnswered = false, depth: UInt8 = 1
    /// The interned EDNS fields.
    var ednsID: UInt32

    /// In an empty slot: nobody's address has this hash but by a chance of one in 2^64.
    static let none = Entry(
      time: Timestamp(nanoseconds: 0), frame: 0, client: 0, server: 0, question: Observation.none, port: 0,
      id: 0, ednsID: 0)
  }

  /// What else of a client was open when it asked.
  struct Company: Sendable {
    /// Its newest query for the same question, with another port or ID, and how many such there are with the new one, as
    /// far as they went to one server.
    var twin: Entry?, depth: UInt8 = 1
    /// Whether it waits at the same port for the answer to another question.
    var sharesPort = false
  }

  /// Slots of each table: 15 s of 2,100 queries a second without any loss, 1.5 MiB each once there is a query.
  static let slots = 1 << 15

  private let key = HashKey()
  private var byQuestion = [Entry.none], byPort = [Entry.none]

  /// Notes a query.
  /// - Returns: what else of that client is still open.
  mutating func insert(_ query: Observation, _ timing: TransactionTiming) -> Company {
    if byQuestion.count < QueryLedger.slots {
      byQuestion = Array(repeating: Entry.none, count: QueryLedger.slots)
      byPort = byQuestion
    }
    let client = query.flow.source
    var entry = Entry(
      time: query.time, frame: query.frame, client: hash(client), server: hash(query.flow.destination),
      question: query.foldedQuestionID, port: query.flow.sourcePort, id: query.id, ednsID: query.ednsID)
    var company = Company()
    let place = slot(client, UInt64(entry.question))
    let portSlot = slot(client, UInt64(entry.port) | 1 << 40)
    if case let before = byPort[portSlot], before.client == entry.client, before.port == entry.port,
      before.question != entry.question
    {
      company.sharesPort = isStillOpen(before, of: client, at: query.time, timing)
    }
    // What asks nothing that can be read asks nothing twice.
    if entry.question != Observation.none, case let before = byQuestion[place], before.client == entry.client,
      before.question == entry.question, !before.isAnswered, timing.isOpen(before.time, at: query.time)
    {
      company.twin = before
      if before.server == entry.server, entry.time.age(of: before.time) <= TwinBurst.span {
        entry.depth = before.depth == .max ? .max : before.depth + 1
      }
    }
    company.depth = entry.depth
    (byQuestion[place], byPort[portSlot]) = (entry, entry)
    return company
  }

  /// Reads where a client's query would lie by its port and by its question, so that it is near when `insert` looks there.
  @inline(__always)
  func approach(_ client: IPAddress, _ port: UInt16, _ question: UInt32) -> UInt64 {
    let place = slot(client, UInt64(port) | 1 << 40), other = slot(client, UInt64(question))
    // An entry may lie across two cache lines.
    return byPort[place].client ^ UInt64(byPort[place].ednsID) ^ byQuestion[other].client
      ^ UInt64(byQuestion[other].ednsID)
  }

  /// Whether a query that lies by its port is the newest for its question and has no answer yet.
  private func isStillOpen(
    _ entry: Entry, of client: IPAddress, at time: Timestamp, _ timing: TransactionTiming
  ) -> Bool {
    let newest = byQuestion[slot(client, UInt64(entry.question))]
    return newest.frame == entry.frame && !newest.isAnswered && timing.isOpen(entry.time, at: time)
  }

  /// Notes that a response has come to a query.
  mutating func close(_ response: Observation) {
    let client = response.flow.destination
    let place = slot(client, UInt64(response.foldedQuestionID))
    if case let entry = byQuestion[place], entry.id == response.id,
      entry.question == response.foldedQuestionID,
      entry.client == hash(client)
    {
      byQuestion[place].isAnswered = true
    }
  }

  /// What of a response without a query fits to queries that were open when it came, and the packet of the nearest one.
  func nearMiss(_ response: Observation, _ timing: TransactionTiming) -> (traits: MatchTraits, frame: Int?) {
    let client = response.flow.destination
    let clientHash = hash(client), serverHash = hash(response.flow.source)
    var traits: MatchTraits = [], frame: Int?
    if case let entry = byPort[slot(client, UInt64(response.flow.destinationPort) | 1 << 40)],
      entry.client == clientHash, entry.port == response.flow.destinationPort, isOpen(entry, response, timing)
    {
      traits.insert(.portOpen)
      frame = entry.frame
      if entry.question == response.foldedQuestionID { traits.insert(.questionOpen) }
      if entry.server == serverHash { traits.insert(.serverAsked) }
      if entry.id == response.id { traits.insert(.idFits) }
    }
    if case let entry = byQuestion[slot(client, UInt64(response.foldedQuestionID))],
      entry.client == clientHash, entry.question == response.foldedQuestionID, isOpen(entry, response, timing)
    {
      traits.insert(.questionOpen)
      frame = entry.frame
      if entry.server == serverHash { traits.insert(.serverAsked) }
      if entry.id == response.id { traits.insert(.idFits) }
    }
    return (traits, frame)
  }

  /// Whether a query had been sent when a response came, and was waited for.
  private func isOpen(_ entry: Entry, _ response: Observation, _ timing: TransactionTiming) -> Bool {
    entry.time <= response.time && timing.isOpen(entry.time, at: response.time)
  }

  /// The keyed hash of an address.
  @inline(__always)
  private func hash(_ address: IPAddress) -> UInt64 {
    key.hash(key.hash(address.low, address.high), address.isIPv6 ? 1 : 0)
  }

  /// Where a client's query lies, by its question or port.
  @inline(__always)
  private func slot(_ client: IPAddress, _ part: UInt64) -> Int {
    let factor = client.low ^ (part &* 0x9e37_79b9_7f4a_7c15)
    let product = factor.multipliedFullWidth(by: client.high ^ 0xd1b5_4a32_d192_ed03)
    let mixed = ((product.high ^ product.low) &* 0x9e37_79b9_7f4a_7c15) ^ part &* 0xff51_afd7_ed55_8ccd
    return Int(truncatingIfNeeded: mixed >> 40) & (byQuestion.count &- 1)
  }
}
