import Transactions

/// The flows of some messages, looked up together before their responses are taken one after the other: each of the
/// tables is larger than a second-level cache, and reads that do not depend on each other wait for memory together.
struct NearFlows: Sendable {
  /// What is known of the flow of one message.
  private struct Known: Sendable {
    /// The numbers of both addresses; nil of one that has none yet.
    var source: UInt32?, destination: UInt32?
    /// The number of the flow, likely.
    var flow: UInt32?
  }

  private var known: [Known] = [], current = Known()
  /// What was read, so that reading it has an effect.
  private var approached: UInt64 = 0

  /// The numbers of sender and receiver of the message at hand; nil of one that has none yet.
  var source: UInt32? { current.source }
  var destination: UInt32? { current.destination }
  /// The number of its flow, likely.
  var flow: UInt32? { current.flow }

  /// Looks the responses of a batch up.
  @inline(__always)
  mutating func approach(
    _ batch: borrowing MessageBatch, _ range: Range<Int>, _ addresses: AddressBook, _ records: RecordStore
  ) {
    known.removeAll(keepingCapacity: true)
    for index in range {
      guard batch.identities[index].isResponse else {
        known.append(Known())
        continue
      }
      let flow = batch.messages[index].flow
      var found = Known(
        source: addresses.known(flow.source), destination: addresses.known(flow.destination))
      if let source = found.source, let destination = found.destination {
        found.flow = records.approachFlow(source, destination, flow.sourcePort)
      }
      known.append(found)
    }
    for found in known { if let flow = found.flow { approached ^= records.approachFlow(flow) } }
  }

  /// Goes to the message at a place of those that were looked up.
  @inline(__always)
  mutating func go(to place: Int) { current = known[place] }

  /// The next message was not looked up.
  mutating func leave() { current = Known() }
}
