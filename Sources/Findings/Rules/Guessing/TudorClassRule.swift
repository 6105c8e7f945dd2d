import DNSWire
import Transactions

/// P13: responses that are malformed or have no question, and whose ID does not fit, to a port at which a query waits.
/// Some resolvers give the query up at one such response, or try again at once (TuDoor, 2024).
enum TudorClassRule: CaseRule {
  /// A port of a host.
  private struct Socket: Hashable {
    let client: UInt32, port: UInt16
  }

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    var order: [Socket] = [], records: [Socket: [Int]] = [:]
    for record in caseFile.sprays.flatMap(\.records).sorted() where isOdd(record, caseFile) {
      let response = caseFile.records[record]
      let socket = Socket(client: response.destination, port: response.destinationPort)
      if records[socket] == nil { order.append(socket) }
      records[socket, default: []].append(record)
    }
    return order.compactMap { charge(records[$0] ?? [], $0, investigation) }
  }

  /// Whether a response is of this class. One that the capture holds in part says nothing.
  private static func isOdd(_ record: Int, _ caseFile: CaseFile) -> Bool {
    let response = caseFile.records[record], body = caseFile.body(record)
    guard caseFile.responses.contains(record), response.traits.isDisjoint(with: [.cut, .damaged]),
      response.traits.transport == .udp, !response.match.contains(.unsure)
    else { return false }
    return response.match.contains([.portOpen, .serverAsked])
      && (body.isMalformed || body.foldedQuestion == nil)
  }

  /// The charge of responses to one port.
  private static func charge(_ records: [Int], _ socket: Socket, _ investigation: Investigation) -> Charge? {
    let caseFile = investigation.caseFile
    guard records.count >= Spray.notable, let first = records.first, let last = records.last,
      caseFile.time(last).distance(from: caseFile.time(first)) <= StrayJudge.window
    else { return nil }
    let host = caseFile.addresses[socket.client]
    var charge = Charge(
      .tudorClass, .structure, .accuses, .medium, .medium,
      "\(records.count) broken responses to port \(socket.port) of \(host), at which a query waited")
    (charge.records, charge.host, charge.kind) = (records, host, .kaminsky)
    charge.arithmetic = [(.timing, "they came while the query was open, none with its ID")]
    charge.benign = ["a broken server"]
    charge.references = ["TuDoor (IEEE S&P 2024)", "CVE-2023-28452"]
    return charge
  }
}
