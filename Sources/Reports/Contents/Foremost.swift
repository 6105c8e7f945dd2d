/// Collects any number of elements and keeps the first `limit` of an order.
///
/// The memory is bounded by twice the limit; of equal elements those that came first are kept.
struct Foremost<Element: Sendable>: Sendable {
  /// How many are kept.
  let limit: Int
  /// How many came.
  private(set) var total = 0
  /// The candidates.
  private var elements: [Element] = []
  /// Whether the first one stands before the second.
  private let isBefore: @Sendable (Element, Element) -> Bool

  /// An empty collection.
  init(limit: Int, by isBefore: @escaping @Sendable (Element, Element) -> Bool) {
    (self.limit, self.isBefore) = (limit, isBefore)
  }

  /// Takes an element.
  mutating func add(_ element: Element) {
    total += 1
    elements.append(element)
    if elements.count > 2 * limit { elements = kept }
  }

  /// The elements that are kept, in order; Swift's sort is stable.
  var kept: [Element] { Array(elements.sorted(by: isBefore).prefix(limit)) }

  /// How many came and are not kept.
  var leftOut: Int { total - min(total, limit) }
}
