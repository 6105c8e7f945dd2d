import DNSWire
import Transactions

/// What a message of a batch is to the transactions.
extension Observation {
  /// Of a query.
  @inline(__always)
  init(_ query: QueryBody, _ message: BatchedMessage, _ header: Header) {
    self.init(
      recordIndex: -1, frame: message.packet.rawValue, time: message.time, flow: message.flow, id: header.id,
      isResponse: false, tc: header.flags.tc, isTransfer: query.isTransfer,
      questionID: query.question ?? Observation.none,
      foldedQuestionID: query.foldedQuestion ?? Observation.none,
      contentID: 0, bodyHash: UInt64(query.number) << 16 | UInt64(header.id), ipID: message.ipID,
      network: message.network, dnssecOK: query.dnssecOK, wantsAD: query.wantsAD, rd: header.flags.rd,
      ednsID: query.edns ?? Observation.none)
  }

  /// Of a response.
  /// - Parameters:
  ///   - id: the number of its body.
  ///   - record: its own number.
  @inline(__always)
  init(
    _ body: ResponseBody, _ id: BodyID, record: Int, _ message: BatchedMessage, _ header: Header
  ) {
    self.init(
      recordIndex: record, frame: message.packet.rawValue, time: message.time, flow: message.flow,
      id: header.id, isResponse: true, tc: header.flags.tc, isTransfer: body.isTransfer,
      questionID: body.question ?? Observation.none,
      foldedQuestionID: body.foldedQuestion ?? Observation.none,
      contentID: body.content, bodyHash: UInt64(id.rawValue) << 16 | UInt64(header.id), ipID: message.ipID,
      network: message.network, dnssecOK: body.dnssecOK, rd: header.flags.rd,
      ednsID: body.edns ?? Observation.none)
  }
}

extension ResponseRecord {
  /// Of a response of a batch that is not matched yet.
  /// - Parameters:
  ///   - body: the number of what it says.
  ///   - source: the numbers of the addresses.
  @inline(__always)
  init(_ message: BatchedMessage, id: UInt16, body: BodyID, source: UInt32, destination: UInt32) {
    self.init(
      time: message.time.nanoseconds, frame: UInt32(truncatingIfNeeded: message.packet.number), id: id,
      traits: ResponseTraits(message.flow.transport, isCut: message.isCut, isDamaged: message.isDamaged),
      source: source, destination: destination, sourcePort: message.flow.sourcePort,
      destinationPort: message.flow.destinationPort, body: body.rawValue, network: message.network)
    note(isOtherVersion: message.isOtherVersion, isUnsure: message.isUnfinished || message.isRecovered)
  }
}
