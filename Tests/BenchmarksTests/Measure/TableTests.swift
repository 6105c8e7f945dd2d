import Testing

@testable import Benchmarks

@Suite("Tables of measurements") struct TableTests {
  @Test("columns are as wide as their widest cell, and figures stand to the right")
  func widths() {
    var table = Table("job", "ns")
    table.add("decode", "1")
    table.add("a", "1000")
    #expect(
      table.description == """
        | job    |   ns |
        | ------ | ---: |
        | decode |    1 |
        | a      | 1000 |
        """)
  }

  @Test("a median is the value in the middle, or the mean of the two there")
  func medians() {
    #expect(median([3, 1, 2]) == 2)
    #expect(median([4, 1, 2, 3]) == 2.5)
    #expect(median([]) == 0)
    #expect(figures([1.004, 30.04, 612.4]) == "30.0 (1.0-612)")
  }

  @Test("more cores help as far as the longest of the concurrent stages and what runs alone allow")
  func speedUp() {
    var medians = Stage.allCases.map { _ in 0.0 }
    (medians[Stage.reading.rawValue], medians[Stage.interning.rawValue]) = (10, 20)
    (medians[Stage.verification.rawValue], medians[Stage.judging.rawValue]) = (50, 20)
    // `decode` alone and output are no part of an audit's summary.
    (medians[Stage.decoding.rawValue], medians[Stage.output.rawValue]) = (1_000, 1_000)
    let speedUp = SpeedUp(medians)
    #expect(speedUp.bound(cores: 1) == 1)
    #expect(speedUp.bound(cores: 2) == 100.0 / 60)
    #expect(speedUp.bound(cores: 32) == 2.5)
  }
}
