import TestSupport
import Testing

@testable import Reports

@Suite("The foremost elements") struct ForemostTests {
  @Test("whatever comes in whatever order, the first of the order are kept and all are counted")
  func anyOrder() {
    var random = SeededRandom(seed: 7)
    for limit in [0, 1, 2, 7, 100] {
      var foremost = Foremost<Int>(limit: limit, by: <)
      let numbers = (0..<300).map { _ in Int.random(in: 0..<50, using: &random) }
      for number in numbers { foremost.add(number) }
      #expect(foremost.kept == Array(numbers.sorted().prefix(limit)))
      #expect(foremost.total == 300)
      #expect(foremost.leftOut == 300 - limit)
    }
  }

  @Test("of equals those that came first are kept")
  func stability() {
    var foremost = Foremost<(rank: Int, place: Int)>(limit: 2) { $0.rank < $1.rank }
    for place in 0..<9 { foremost.add((1, place)) }
    #expect(foremost.kept.map(\.place) == [0, 1])
    foremost.add((0, 9))
    #expect(foremost.kept.map(\.place) == [9, 0])
  }

  @Test("up to the limit nothing is left out")
  func limit() {
    var foremost = Foremost<Int>(limit: 2, by: <)
    foremost.add(1)
    foremost.add(2)
    #expect(foremost.leftOut == 0)
    foremost.add(3)
    #expect(foremost.leftOut == 1)
  }
}
