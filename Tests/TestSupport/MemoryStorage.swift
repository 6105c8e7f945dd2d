import Bytes
import Synchronization

/// A storage that has room for some blocks, and notes what becomes of them.
package final class MemoryStorage: BlockStorage {
  /// What happened.
  private struct Counts {
    var stored = 0, ended = 0
    var letGo: [Int: Int] = [:]
  }

  private let counts = Mutex(Counts()), limit: Int

  /// With room for so many blocks.
  package init(limit: Int = .max) { self.limit = limit }

  /// Blocks that were stored, and of these such that nobody reads any more.
  package var stored: Int { counts.withLock { $0.stored } }
  package var ended: Int { counts.withLock { $0.ended } }
  /// The numbers of those whose memory was given back, from 0, and how often it was.
  package var letGo: [Int: Int] { counts.withLock { $0.letGo } }

  package func store(_ octets: Span<UInt8>) -> StoredBlock? {
    let number = counts.withLock { counts -> Int? in
      guard counts.stored < limit else { return nil }
      counts.stored += 1
      return counts.stored - 1
    }
    guard let number else { return nil }
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: octets.count)
    for index in octets.indices { unsafe copy[index] = octets[index] }
    return unsafe StoredBlock(UnsafeBufferPointer(copy)) { _ in
      self.counts.withLock { $0.letGo[number, default: 0] += 1 }
    } end: {
      unsafe UnsafeMutableBufferPointer(mutating: $0).deallocate()
      self.counts.withLock { $0.ended += 1 }
    }
  }
}
