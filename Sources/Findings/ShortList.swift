import Bytes
import DNSWire

/// The first hundred of some values, each once, in order of first sight. Packets ask it by the million, so that it finds
/// what it has through places of a byte each, or, of a few values as most lists have, by looking at all.
struct ShortList<Element: ShortHashable & Sendable>: Sendable {
  private(set) var elements: [Element] = []
  /// The place of an element, one more, or 0; open addressing, more than a quarter always free; empty while there are few
  /// elements. Who makes values fall together makes a search as long as the list, and no longer.
  private var places: [UInt8] = []

  /// Elements that are all looked at: addresses of two or three lines of a cache.
  private static var few: Int { 8 }
  /// The number of places, a power of two.
  private static var placeCount: Int { 128 }

  /// Adds a value, unless it is there or the list is full.
  @inline(__always)
  mutating func insert(_ element: Element) {
    let count = elements.count
    guard count < FindingDraft.listLimit else { return }
    guard count > ShortList.few else {
      for index in 0..<count where elements[index] == element { return }
      elements.append(element)
      if count == ShortList.few { makePlaces() }
      return
    }
    let slot = slot(of: element)
    guard places[slot] == 0 else { return }
    elements.append(element)
    places[slot] = UInt8(truncatingIfNeeded: count &+ 1)
  }

  /// The place of a value, or where its place would be.
  @inline(__always)
  private func slot(of element: Element) -> Int {
    var slot = Int(truncatingIfNeeded: element.shortHash & 127)
    while places[slot] != 0, elements[Int(places[slot]) - 1] != element { slot = (slot &+ 1) & 127 }
    return slot
  }

  /// Gives all elements their places.
  private mutating func makePlaces() {
    places = Array(repeating: 0, count: ShortList.placeCount)
    for index in elements.indices {
      places[slot(of: elements[index])] = UInt8(truncatingIfNeeded: index + 1)
    }
  }
}

/// A value with a hash of seven bits that costs next to nothing.
protocol ShortHashable: Equatable {
  /// The hash, in the low bits.
  var shortHash: UInt64 { get }
}

extension IPAddress: ShortHashable {
  /// The upper bits of a product with an odd factor (2^64 divided by the golden ratio) depend on every bit.
  var shortHash: UInt64 { ((low ^ high) &* 0x9e37_79b9_7f4a_7c15) &>> 57 }
}

extension Name: ShortHashable {
  /// FNV-1a of the letters in lower case, folded.
  var shortHash: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for octet in wire { hash = (hash ^ UInt64(lowercased(octet))) &* 0x100_0000_01b3 }
    return hash ^ hash &>> 32
  }
}
