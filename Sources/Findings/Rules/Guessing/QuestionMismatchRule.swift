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
      let isOdd = !investigation.habits.departure(record).isEmpty
      let isTelling = isOdd || (rivals[record] != nil && hasVariedIDs(response.destination, investigation))
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
    where record.transaction == .answered && record.queryFrame > 0 {
      for wrong in byQuery[record.queryFrame] ?? [] where wrong < index && rivals[wrong] == nil {
        guard record.destination == caseFile.records[wrong].destination else { continue }
        rivals[wrong] = index
      }
    }
    return rivals
  }

  /// Whether a host does not use one ID for many queries, so that a lost query explains nothing.
  private static func hasVariedIDs(_ client: UInt32, _ investigation: Investigation) -> Bool {
    let address = investigation.caseFile.addresses[client]
    return investigation.entropy.first { $0.address == address }.map { $0.ids.grade > .poor } ?? true
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
    charge.benign = ["a broken server", "a client that uses an ID again at once"]
    charge.references = ["RFC 5452"]
    return charge
  }
}
