import Bytes
import DNSWire
import Packets
import Testing

@testable import Transactions

@Suite("The ring of elements found by key")
struct KeyedRingTests {
  private let start = Timestamp(nanoseconds: 0)

  private let hashKey = HashKey()

  /// The key of a client's port.
  private func key(_ port: Int) -> ConversationKey {
    ConversationKey(Scene.flow(port: UInt16(port)), id: 0, isResponse: false, hashKey)
  }

  /// A key that lies in the same bucket as all others with the same low bits.
  private func crowded(_ number: UInt64) -> ConversationKey { ConversationKey(hash: number &<< 40 | 77) }

  /// The elements with a key, newest first.
  private func elements(_ ring: KeyedRing<Int>, _ key: ConversationKey) -> [Int] {
    var found: [Int] = [], next = ring.newest(key)
    while let number = next {
      found.append(ring[number])
      next = ring.older(than: number)
    }
    return found
  }

  @Test("finds the elements of a key newest first, also among keys of the same bucket")
  func sameBucket() {
    var ring = KeyedRing<Int>()
    for i in 0..<30 { ring.append(i, crowded(UInt64(i % 3)), at: start) }
    #expect(elements(ring, crowded(1)) == stride(from: 28, to: 0, by: -3).map { $0 })
    #expect(elements(ring, crowded(3)) == [])
  }

  @Test("forgets the oldest, hides an unlinked one, and moves a renewed one to the young end")
  func lifecycle() {
    var ring = KeyedRing<Int>()
    for i in 0..<6 { ring.append(i, key(0), at: start) }
    ring.removeOldest()
    ring.unlink(ring.newest(key(0)) ?? 0)
    ring.unlink(3)
    #expect(elements(ring, key(0)) == [4, 2, 1])
    ring.renewOldest(at: start)
    #expect(elements(ring, key(0)) == [1, 4, 2])
    #expect(ring.count == 5)
    ring.removeOldest()
    #expect(ring.oldest?.isLinked == false)
  }

  @Test("holds 100,000 elements that come and go, in places for the thousand that are there at once")
  func steady() {
    var ring = KeyedRing<Int>()
    for i in 0..<100_000 {
      if ring.count == 1_000 { ring.removeOldest() }
      ring.append(i, key(i % 500), at: start)
      if i % 997 == 0 { #expect(elements(ring, key(i % 500)).first == i) }
    }
    #expect(elements(ring, key(3)) == [99_503, 99_003])
    #expect(ring.places == 1_024)
  }

  @Test("doubles when all of it is in use, wherever it begins, and loses nothing but what was unlinked")
  func growth() {
    var ring = KeyedRing<Int>()
    for i in 0..<700 { ring.append(i, key(i % 7), at: start) }
    for _ in 0..<600 { ring.removeOldest() }
    for i in 700..<3_000 { ring.append(i, key(i % 7), at: start) }
    ring.unlink(ring.newest(key(2)) ?? 0)
    for i in 3_000..<5_000 { ring.append(i, key(i % 7), at: start) }
    for k in 0..<7 {
      let expected = (600..<5_000).reversed().filter { $0 % 7 == k && $0 != 2_998 }
      #expect(elements(ring, key(k)) == expected)
    }
    #expect(ring.places == 8_192)
  }

  @Test("an empty ring has no oldest element, and taking it out changes nothing")
  func empty() {
    var ring = KeyedRing<Int>()
    ring.removeOldest()
    ring.renewOldest(at: start)
    #expect(ring.oldest == nil)
    #expect(ring.count == 0)
  }
}

@Suite("The pool of notes")
struct NotePoolTests {
  /// The notes of a list, newest first.
  private func notes(_ pool: NotePool<Int>, _ list: NotePool<Int>.List) -> [Int] {
    var found: [Int] = []
    pool.scan(list) {
      found.append($0)
      return false
    }
    return found
  }

  @Test("keeps lists apart, newest first, and a scan ends when it is told to")
  func lists() {
    var pool = NotePool<Int>(limit: 10), a = NotePool<Int>.List(), b = NotePool<Int>.List()
    for i in 0..<6 { #expect(i % 2 == 0 ? pool.push(i, to: &a) : pool.push(i, to: &b)) }
    #expect(notes(pool, a) == [4, 2, 0])
    #expect(notes(pool, b) == [5, 3, 1])
    #expect(a.count == 3)
    var calls = 0
    pool.scan(a) {
      calls += 1
      return $0 == 2
    }
    #expect(calls == 2)
  }

  @Test("takes as many notes as its limit, not one more, and again as many after a release")
  func limit() {
    var pool = NotePool<Int>(limit: 3), a = NotePool<Int>.List(), b = NotePool<Int>.List()
    #expect((0..<4).map { pool.push($0, to: &a) } == [true, true, true, false])
    #expect(a.count == 3)
    pool.release(&a)
    #expect(notes(pool, a) == [])
    #expect((0..<4).map { pool.push($0, to: &b) } == [true, true, true, false])
    #expect(notes(pool, b) == [2, 1, 0])
  }
}
