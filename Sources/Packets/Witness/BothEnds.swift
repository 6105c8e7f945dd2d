/// A list of bounded length: once it is full, its first half stays and the other half is always the latest. So neither
/// a flood at the start hides what comes behind it, nor one at the end what was before.
package struct BothEnds<Element: Sendable>: RandomAccessCollection, Sendable {
  /// Elements at most.
  private let limit: Int
  /// The elements kept, the latest ones as a ring behind the first half.
  private var elements: [Element] = []
  /// How many there were.
  private var total = 0

  /// Nothing, with a bound that is at least two.
  init(limit: Int) { self.limit = Swift.max(2, limit) }

  /// How many were left out.
  package var leftOut: Int { total - elements.count }

  /// The first place.
  package var startIndex: Int { 0 }
  /// The place behind the last one.
  package var endIndex: Int { elements.count }

  /// The elements kept, in the order in which they came.
  package subscript(position: Int) -> Element {
    guard position >= kept, total > limit else { return elements[position] }
    return elements[kept + (total + position - 2 * kept) % (limit - kept)]
  }

  /// Adds an element; answers whether nothing had to go for it.
  mutating func append(_ element: Element) -> Bool {
    total += 1
    guard elements.count >= limit else {
      elements.append(element)
      return true
    }
    elements[kept + (total - 1 - kept) % (limit - kept)] = element
    return false
  }

  /// How many of the first ones stay.
  private var kept: Int { limit / 2 }
}
