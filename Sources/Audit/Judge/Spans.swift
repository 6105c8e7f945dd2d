/// Numbers spans of seconds that judgements hold for: those of a capture are few, since signers sign a zone at a time.
struct Spans {
  /// The first and last second of each; the first of the list holds at no time.
  private var all: [(from: Int64, until: Int64)] = [(.max, .min)]
  /// Numbers of spans that were met lately, by a few bits of them; 0 for none.
  private var recent = Array(repeating: UInt32(0), count: Spans.recentCount)

  /// Places for spans met lately, a power of two: 1 KiB. A span that another one drove out is numbered again, which costs
  /// its 16 bytes.
  private static let recentCount = 256

  /// Whether the span of a number holds at a time.
  @inline(__always)
  func holds(_ number: UInt32, _ time: Int64) -> Bool {
    let span = all[Int(number)]
    return span.from <= time && time <= span.until
  }

  /// The number of a span, from 1.
  mutating func number(of span: ClosedRange<Int64>) -> UInt32 {
    let mixed = UInt64(bitPattern: span.lowerBound &* 31 &+ span.upperBound) &* 0x9e37_79b9_7f4a_7c15
    let place = Int(mixed &>> 56) & (Spans.recentCount - 1), known = all[Int(recent[place])]
    if known.from == span.lowerBound, known.until == span.upperBound { return recent[place] }
    recent[place] = UInt32(truncatingIfNeeded: all.count)
    all.append((span.lowerBound, span.upperBound))
    return recent[place]
  }
}
