import DNSSEC
import DNSWire
import Packets
import Transactions

/// The judged responses of a part of a run, for who tells each of them: as events one by one, or, where a million events
/// would cost more than all the rest of an audit, as they are kept, with a number for everything that repeats.
package final class JudgedResponses {
  /// The responses in frame order, and which of them are to be told.
  package let records: RecordStore, range: Range<Int>
  /// What the numbers in them stand for; bodies and answers beside the store, without the way through it.
  package let addresses: AddressBook, store: ResponseStore, bodies: [ResponseBody], answers: AnswerStore
  /// For every response the number of its judgement, and the judgements.
  package let numbers: [UInt32], judgements: [ResponseJudgement]
  private let fragmentFrames: [Int: [PacketID]], inputs: RecordInputs
  private let source: any ResponseSource

  /// From the fields.
  package init(
    records: RecordStore, range: Range<Int>, addresses: AddressBook, store: ResponseStore,
    numbers: [UInt32], judgements: [ResponseJudgement], fragmentFrames: [Int: [PacketID]],
    inputs: RecordInputs, source: any ResponseSource
  ) {
    (self.records, self.range, self.addresses, self.store) = (records, range, addresses, store)
    (bodies, answers) = (store.bodies, store.answers)
    (self.numbers, self.judgements) = (numbers, judgements)
    (self.fragmentFrames, self.inputs) = (fragmentFrames, inputs)
    self.source = source
  }

  /// The numbers of those that are to be told, for who reads them in order.
  package var pass: RecordStore.Pass { records.pass(over: range) }

  /// A response as an event.
  package func event(_ index: Int) -> ResponseEvent { source.event(index) }

  /// Who sent a response to whom.
  package func flow(_ record: ResponseRecord) -> Flow {
    Flow(
      source: addresses[record.source], sourcePort: record.sourcePort,
      destination: addresses[record.destination], destinationPort: record.destinationPort,
      transport: record.traits.transport)
  }

  /// All its packets when there are several.
  package func frames(_ index: Int) -> [PacketID] {
    fragmentFrames.isEmpty ? [] : fragmentFrames[index] ?? []
  }

  /// The input that its query came from, when that is another one.
  package func queryFile(_ index: Int) -> Int? { inputs.queryFile(of: index) }

  /// Its input, when there are several.
  package func file(_ index: Int) -> Int? { source.file(index) }

  /// Frame of a secure response with the same data, for an answer without a proof of its own.
  package func corroborated(_ index: Int) -> Int? { source.corroborated(index) }

  /// The weak classes of an RRSIG that verifies over an RRset, and of its key.
  package func weakClasses(of signature: SignatureID, over rrset: RRsetID) -> WeakClasses {
    source.weakClasses(of: signature, over: rrset)
  }
}

/// Knows of judged responses what their records do not say.
package protocol ResponseSource {
  /// See `JudgedResponses`.
  func event(_ index: Int) -> ResponseEvent
  func file(_ index: Int) -> Int?
  func corroborated(_ index: Int) -> Int?
  func weakClasses(of signature: SignatureID, over rrset: RRsetID) -> WeakClasses
}
