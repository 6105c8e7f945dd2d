import Testing

@testable import DNSWire

@Suite("Lists of words") struct WordListsTests {
  /// A list of a length, told apart from others by its first word.
  private func list(_ first: UInt32, _ count: Int) -> [UInt32] {
    (0..<UInt32(count)).map { first &+ $0 &* 7 }
  }

  /// The words of a number.
  private func words(_ lists: WordLists, _ number: UInt32) -> [UInt32] {
    let place = lists.place(number), count = place.block[Int(place.start) - 1]
    return Array(place.block[Int(place.start)..<Int(place.start + count)])
  }

  @Test("have one number each, and are given back, at the size of a block and beside it too")
  func intern() {
    var lists = WordLists(), all: [[UInt32]] = []
    for count in [0, 1, 2, 3, 4, 5, 16_382, 16_383, 16_384, 9, 40_000, 7] {
      all.append(list(UInt32(count), count))
      #expect(lists.intern(list(UInt32(count), count)) == UInt32(all.count - 1))
    }
    for (number, list) in all.enumerated() {
      #expect(lists.intern(list) == UInt32(number) && words(lists, UInt32(number)) == list)
    }
    #expect(lists.count == all.count)
  }

  @Test("are others with one word more or less, or with one that differs")
  func others() {
    var lists = WordLists()
    let all: [[UInt32]] = [
      [], [0], [0, 0], [0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 1], [1, 0], [1],
    ]
    #expect(all.map { lists.intern($0) } == Array(0..<UInt32(all.count)))
    let key = HashKey()
    #expect(Set(all.map { key.hash($0.span) }).count == all.count)
  }

  @Test("are found again among thousands")
  func thousands() {
    var lists = WordLists()
    for number in 0..<20_000 as Range<UInt32> { #expect(lists.intern([number, 5, number]) == number) }
    for number in stride(from: 0, to: 20_000, by: 97) as StrideTo<UInt32> {
      #expect(lists.intern([number, 5, number]) == number)
    }
  }
}
