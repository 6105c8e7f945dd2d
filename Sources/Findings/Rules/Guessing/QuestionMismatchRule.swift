import Bytes
import DNSWire
import Transactions

/// P15: a response with the addresses, ports and ID of an open query, but another question.
enum QuestionMismatchRule: CaseRule {
  /// Responses of one server to one host are one charge.
  private struct Pair: Hashable {
    let server: UInt32, client: UInt32, isTelling: Bool
  }

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let found = caseFile.sprays.flatMap(\.records).sorted().filter { isMismatch($0, investigation) }
    guard !found.isEmpty else { return [] }
    let rivals = rivals(of: found, caseFile)
    var order: [Pair] = [], records: [Pair: [Int]] = [:]
    for record in found {
      let response = caseFile.records[record]
      let oddities = investigation.habits.departure(record).rawValue.nonzeroBitCount
      let mayLackQuery = mayLackQuery(response, caseFile)
      // One header that differs is what another way through the network does.
      let isTelling =
        oddities > (mayLackQuery ? 1 : 0)
        || (rivals[record] != nil && !mayLackQuery && hasVariedIDs(response.destination, investigation))
      let pair = Pair(server: response.source, client: response.destination, isTelling: isTelling)
      if records[pair] == nil { order.append(pair) }
      records[pair, default: []].append(record)
    }
    return order.compactMap { charge(records[$0] ?? [], $0, rivals, investigation) }
  }

  /// Whether a response is one, and no guess of a known attack.
  private static func isMismatch(_ record: Int, _ investigation: Investigation) -> Bool {
    let response = investigation.caseFile.records[record]
    return response.transaction == .mismatched && response.traits.transport == .udp
      && response.traits.isDisjoint(with: [.cut, .damaged]) && !response.match.contains(.unsure)
      && investigation.caseFile.responses.contains(record)
      && investigation.guesswork.campaign(of: record) == nil
  }

  /// The right answers, after the wrong ones, to the queries whose IDs these have.
  private static func rivals(of found: [Int], _ caseFile: CaseFile) -> [Int: Int] {
    var byQuery: [UInt32: [Int]] = [:], rivals: [Int: Int] = [:]
    for record in found { byQuery[caseFile.records[record].queryFrame, default: []].append(record) }
    for (index, record) in caseFile.records.enumerated()
    where record.isAnswered && record.queryFrame > 0 {
      for wrong in byQuery[record.queryFrame] ?? [] where wrong < index && rivals[wrong] == nil {
        guard record.destination == caseFile.records[wrong].destination else { continue }
        rivals[wrong] = index
      }
    }
    return rivals
  }

  /// Nanoseconds after the start of a capture in which answers to earlier queries come: resolvers and stubs ask again
  /// within a second (BIND after 0.8 s, Unbound after 0.4 s).
  private static let settling: Int64 = 1_000_000_000

  /// Whether the query of a response may have been lost, or lie before the capture: a host that uses port and ID again
  /// for its next query then seems to get the answer to another one.
  private static func mayLackQuery(_ response: ResponseRecord, _ caseFile: CaseFile) -> Bool {
    if caseFile.quality.isLossy { return true }
    guard let start = caseFile.quality.start else { return false }
    return Timestamp(nanoseconds: response.time).distance(from: start) < settling
  }

  /// Whether a host is known not to use one ID for many queries, so that a lost query explains nothing. Of a host that
  /// asked little it is unknown.
  private static func hasVariedIDs(_ client: UInt32, _ investigation: Investigation) -> Bool {
    let address = investigation.caseFile.addresses[client]
    return investigation.entropy.first { $0.address == address }.map { $0.ids.grade > .poor } ?? false
  }

  /// The charge of some responses between two hosts. It accuses where something else than the question is wrong too.
  private static func charge(
    _ records: [Int], _ pair: Pair, _ rivals: [Int: Int], _ investigation: Investigation
  ) -> Charge? {
    guard let first = records.first else { return nil }
    let caseFile = investigation.caseFile
    let plural =
      records.count == 1 ? "has another question than its query" : "have other questions than their queries"
    var charge = Charge(
      .questionMismatch, .structure, pair.isTelling ? .accuses : .supports, pair.isTelling ? .medium : .low,
      pair.isTelling ? .medium : .low,
      "\(counted(records.count, "response")) from \(caseFile.server(first)) to \(caseFile.client(first)) \(plural)"
    )
    (charge.records, charge.genuine) = (records, records.compactMap { rivals[$0] })
    if pair.isTelling {
      charge.kind = .race
      for record in records.prefix(16) {
        if !investigation.habits.departure(record).isEmpty {
          charge.arithmetic.append(
            (.network, "frame \(caseFile.packet(record).number) is not sent as that server sends"))
        }
        if let rival = rivals[record] {
          charge.arithmetic.append(
            (.content, "frame \(caseFile.packet(rival).number) answers the same query"))
        }
      }
    }
    charge.benign = [
      "a broken server", "a client that uses an ID again at once, where the capture lacks a query",
    ]
    charge.references = ["RFC 5452"]
    return charge
  }
}
