/// Keeps octets that are seldom read where they take no memory meanwhile.
package protocol BlockStorage: AnyObject, Sendable {
  /// Takes a copy of octets that will not change; nil where there is no room for them.
  func store(_ octets: Span<UInt8>) -> StoredBlock?
}

/// Octets that a storage keeps. They look as if they lay in memory, and do so from when they are read until they are let
/// go; nobody writes them. Any number of threads may read them (unchecked: the compiler knows nothing of the pointer).
@safe package final class StoredBlock: @unchecked Sendable {
  /// Where they are.
  package let octets: UnsafeBufferPointer<UInt8>
  /// What gives back the memory that they take, and what ends them.
  private let evict: @Sendable (UnsafeBufferPointer<UInt8>) -> Void
  private let end: @Sendable (UnsafeBufferPointer<UInt8>) -> Void

  /// Octets of a storage.
  /// - Parameters:
  ///   - evict: gives back the memory that they take, and leaves them readable.
  ///   - end: called when nobody reads them any more.
  package init(
    _ octets: UnsafeBufferPointer<UInt8>, evict: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Void,
    end: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    unsafe (self.octets, self.evict, self.end) = (octets, evict, end)
  }

  deinit { unsafe end(octets) }

  /// Gives back the memory that they take; who reads them again gets them back.
  package func letGo() { unsafe evict(octets) }
}
