import Testing

@testable import Transactions

@Suite("Elements with numbers")
struct NumberedPoolTests {
  @Test("the number of one that has left is the next one's, and nobody else's changes")
  func reuse() {
    var pool = NumberedPool<Int>()
    let numbers = (0..<4).map { pool.add($0 * 10) }
    pool.remove(numbers[1])
    pool[numbers[3]] += 1
    let next = pool.add(99)
    #expect(next == numbers[1] && Set(numbers).count == 4)
    #expect(numbers.map { pool[$0] } == [0, 99, 20, 31])
    #expect(pool.add(7) == 4)
  }
}
