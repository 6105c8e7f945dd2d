import Bytes
import Packets

/// A response that has no query of its own.
package struct Guess: Sendable {
  /// Where and when it was captured.
  package var packet: PacketID, time: Timestamp
  /// From whom it seems to be, and to whom it went.
  package var flow: Flow
  /// Its ID, and a number of its question in lower case; 0 without one.
  package var id: UInt16, question: UInt64
  /// How it nearly fits to a query.
  package var traits: MatchTraits
  /// The caller's number of it, when it is kept.
  package var record: Int?
  /// Time to live of its packet.
  package var ipTTL: UInt8

  /// Of a response that is not kept.
  /// - Parameter question: the interned question in lower case.
  package init(
    packet: PacketID, time: Timestamp, flow: Flow, id: UInt16, question: UInt32?, ipTTL: UInt8
  ) {
    (self.packet, self.time, self.flow, self.id) = (packet, time, flow, id)
    self.question = question.map { UInt64($0) << 1 | 1 } ?? 0
    (traits, self.ipTTL) = ([], ipTTL)
  }

  /// Of a response that is kept.
  package init(
    _ record: ResponseRecord, number: Int, file: Int, question: UInt32?, traits: MatchTraits,
    _ addresses: AddressBook
  ) {
    let flow = Flow(
      source: addresses[record.source], sourcePort: record.sourcePort,
      destination: addresses[record.destination], destinationPort: record.destinationPort,
      transport: record.traits.transport)
    self.init(
      packet: PacketID(Int(record.frame), file: file), time: Timestamp(nanoseconds: record.time), flow: flow,
      id: record.id, question: question, ipTTL: record.network.ipTTL)
    (self.record, self.traits) = (number, traits)
  }
}

/// What a response with an outcome is to the sprays.
package enum SprayPart: Sendable {
  /// Nothing: it is the answer to its query, or came where nobody was seen to ask.
  case none
  /// One more answer to a query that has its own.
  case suspicious
  /// A guess at a query.
  case guess
}

extension MatchOutcome {
  /// What the response is to the sprays.
  package var sprayPart: SprayPart {
    switch status {
    case .conflicting: .suspicious
    case .duplicate: isMirrorCopy ? .none : .suspicious
    // A capture without queries says nothing of who asked.
    case .mismatched, .unsolicited, .unknown: traits.contains(.clientAsks) ? .guess : .none
    case .answered, .late: .none
    }
  }
}
