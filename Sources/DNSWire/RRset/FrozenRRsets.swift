import Bytes

/// The RRsets of a store as they were at one moment, for readers: copying it copies one reference, where copying a store
/// copies one for each of its tables.
package final class FrozenRRsets: Sendable {
  private let store: RRsetStore

  /// What a store holds now.
  package init(_ store: RRsetStore) { self.store = store }

  /// How many RRsets there are.
  package var count: Int { store.rrsetCount }

  /// The owner of an RRset, canonical.
  package func owner(of id: RRsetID) -> Name { store.owner(of: id) }

  /// Calls a function with the wire form of an RRset's owner, which is made into no value.
  package func withOwner(of id: RRsetID, _ body: (Span<UInt8>) -> Void) {
    store.withOwner(of: id, body)
  }

  /// The type of an RRset.
  package func type(of id: RRsetID) -> RecordType { store.type(of: id) }

  /// The class of an RRset.
  package func recordClass(of id: RRsetID) -> RecordClass { store.recordClass(of: id) }

  /// Calls a function with each RDATA of an RRset in canonical order.
  package func forEachRData(of id: RRsetID, _ body: (Span<UInt8>) -> Void) {
    store.forEachRData(of: id, body)
  }
}
