import DNSWire
import Transactions

/// What responses share that say the same to the same query, in all sections: a packet that is repeated, or seen at two places.
/// A forged answer may have the genuine data, and other servers beside them.
struct ResponseIdentity: Hashable {
  private let source: UInt32, destination: UInt32, port: UInt16, id: UInt16, answer: AnswerID

  /// Of a response.
  init(_ record: Int, _ caseFile: CaseFile) {
    let response = caseFile.records[record]
    (source, destination) = (response.source, response.destination)
    (port, id, answer) = (response.destinationPort, response.id, caseFile.body(record).answer)
  }
}
