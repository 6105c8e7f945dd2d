import Bytes
import TestSupport
import Testing

@testable import DNSWire

@Suite("Bytes whose full blocks a storage has")
struct StoredArenaTests {
  /// Strings of a third of a block and less, one after the other.
  private func fill(_ arena: inout ByteArena, _ count: Int) -> [(place: ByteArena.Place, value: UInt8)] {
    (0..<count).map { index in
      let bytes = [UInt8](repeating: UInt8(index), count: ByteArena.blockSize / 3 - index)
      return (arena.append(bytes.span), UInt8(index))
    }
  }

  /// Whether all are as they were put in.
  private func isWhole(_ arena: ByteArena, _ filled: [(place: ByteArena.Place, value: UInt8)]) -> Bool {
    filled.enumerated().allSatisfy { index, item in
      let bytes = arena.bytes(item.place)
      return bytes.count == ByteArena.blockSize / 3 - index
        && bytes.indices.allSatisfy { bytes[$0] == item.value }
    }
  }

  @Test("come back from there, and take memory for what was read last alone")
  func stored() {
    let storage = MemoryStorage()
    var arena = ByteArena(storage: storage)
    let filled = fill(&arena, 40)
    #expect(isWhole(arena, filled))
    #expect(storage.stored == 13)
    #expect(Set(storage.letGo.keys) == Set(0..<12))
    arena.letGo()
    #expect(Set(storage.letGo.keys) == Set(0..<13) && isWhole(arena, filled))
    arena = ByteArena()
    #expect(storage.ended == 13)
  }

  @Test("stay in memory from where the storage has no more room")
  func refused() {
    let storage = MemoryStorage(limit: 2)
    var arena = ByteArena(storage: storage)
    let filled = fill(&arena, 20)
    #expect(storage.stored == 2 && isWhole(arena, filled))
  }

  @Test("are those of one arena alone when a copy of it goes on in another way")
  func copies() {
    var arena = ByteArena(storage: MemoryStorage())
    let common = fill(&arena, 7)
    var copy = arena
    let own = [UInt8](repeating: 200, count: ByteArena.blockSize / 2)
    let other = [UInt8](repeating: 100, count: ByteArena.blockSize / 2)
    let places = (0..<5).map { _ in arena.append(own.span) }
    let others = (0..<5).map { _ in copy.append(other.span) }
    #expect(isWhole(arena, common) && isWhole(copy, common))
    #expect(places.allSatisfy { equalBytes(arena.bytes($0), own.span) })
    #expect(others.allSatisfy { equalBytes(copy.bytes($0), other.span) })
  }
}
