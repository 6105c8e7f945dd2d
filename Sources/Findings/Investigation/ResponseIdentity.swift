import Transactions

/// What responses share that say the same to the same query: a packet that is repeated, or seen at two places.
struct ResponseIdentity: Hashable {
  private let source: UInt32, destination: UInt32, port: UInt16, id: UInt16, content: UInt32

  /// Of a response.
  init(_ record: Int, _ caseFile: CaseFile) {
    let response = caseFile.records[record]
    (source, destination) = (response.source, response.destination)
    (port, id, content) = (response.destinationPort, response.id, caseFile.body(record).content)
  }
}
