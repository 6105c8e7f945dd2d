@testable import Audit
import Testing

/// The spans of seconds that judgements hold for.
@Suite struct SpansTests {
  @Test("a span holds from its first second to its last, both inclusive, and that of nothing at no time")
  func bounds() {
    var spans = Spans()
    let span = spans.number(of: 10...20), open = spans.number(of: Int64.min...Int64.max)
    #expect([9, 10, 20, 21].map { spans.holds(span, $0) } == [false, true, true, false])
    #expect([Int64.min, 0, .max].allSatisfy { spans.holds(open, $0) })
    #expect(![Int64.min, 0, .max].contains { spans.holds(0, $0) })
  }

  @Test("equal spans that come in turn have one number, and thousands of others are kept apart")
  func numbers() {
    var spans = Spans()
    let first = spans.number(of: 1...2), second = spans.number(of: 3...4)
    #expect(first != second && spans.number(of: 1...2) == first && spans.number(of: 3...4) == second)
    let many = (0..<2_000 as Range<Int64>).map { spans.number(of: $0 * 10...$0 * 10 + 5) }
    for (index, number) in many.enumerated() {
      let start = Int64(index) * 10
      #expect(spans.holds(number, start) && spans.holds(number, start + 5))
      #expect(!spans.holds(number, start - 1) && !spans.holds(number, start + 6))
    }
  }
}
