import Bytes
import DNSWire
import Transactions

/// The responses of a part of a run and what they say, without a word on any of them: what can be looked at while they are
/// still being judged.
package final class Traffic: Sendable {
  /// The responses in frame order, and which of them belong to this part.
  package let records: RecordStore, responses: Range<Int>
  /// What the numbers in them stand for.
  package let addresses: AddressBook, store: ResponseStore
  /// What the responses say, without the way through the store, which passes over all of them would copy.
  let bodies: [ResponseBody]
  /// What passes ask of each body, by its number.
  let facts: [BodyFacts]

  /// From the fields.
  package init(
    records: RecordStore, responses: Range<Int>, addresses: AddressBook, store: ResponseStore
  ) {
    (self.records, self.responses, self.addresses, self.store) = (records, responses, addresses, store)
    bodies = store.bodies
    facts = BodyFacts.all(store)
  }

  /// The numbers of the responses of this part, for who reads them in order.
  var pass: RecordStore.Pass { records.pass(over: responses) }
  /// The single facts of what a response says.
  @inline(__always)
  func facts(of record: Int) -> BodyFacts.Marks { facts[Int(records[record].body)].marks }
  /// The RRsets of a body.
  func answer(ofBody body: UInt32) -> Answer { store.answers.answer(bodies[Int(body)].answer) }
}
