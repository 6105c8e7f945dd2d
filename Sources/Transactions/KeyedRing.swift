import Bytes

/// Elements in order of arrival, found by key: a ring whose nodes are chained by hash, the newest first.
///
/// Links only ever lead from younger nodes to older ones, so a chain ends where it reaches a node that has left the
/// ring: nodes leave without being looked up. The ring doubles while all of it is in use, so that memory follows the
/// traffic; after that nothing is allocated. The caller keeps `count` below its limit.
struct KeyedRing<Element: Sendable>: Sendable {
  /// An element with its links. (The order of the fields leaves no gaps.)
  private struct Node: Sendable {
    let key: ConversationKey
    /// When it was put at the young end.
    let since: Timestamp
    var element: Element
    /// Whether lookups find it; if not, it lies here until it is the oldest.
    var isLinked: Bool
    /// The next older node in the bucket.
    var older: UInt32
  }

  /// Octets that an element takes, with its links and its two buckets.
  static var bytesPerElement: Int { MemoryLayout<Node>.stride + 2 * MemoryLayout<UInt32>.stride }

  /// A number that no node has while fewer than 2^32 - 1 are in the ring.
  private static var none: UInt32 { .max }

  /// The nodes, each at its number modulo the ring's size; a place beyond the count has never been used.
  private var nodes: [Node] = []
  /// The newest node of each bucket: two buckets for each place, so that most hold one key at most, and a search seldom
  /// touches another's node, which would have to come from main memory.
  private var buckets = [UInt32](repeating: KeyedRing.none, count: 2 << 10)
  /// The ring's size less one; the size is a power of two.
  private var mask: UInt32 = (1 << 10) - 1
  /// The number of the oldest node. Numbers go up by one from node to node and wrap around.
  private var first: UInt32 = 0
  /// Nodes in the ring, unlinked ones too.
  private(set) var count = 0

  /// How many nodes it has places for.
  var places: Int { Int(mask) + 1 }

  /// The element of a node; its number holds until the next `append` or `renewOldest`.
  subscript(number: UInt32) -> Element {
    @inline(__always) _read { yield nodes[place(number)].element }
    @inline(__always) _modify { yield &nodes[place(number)].element }
  }

  /// The newest element with a key.
  @inline(__always)
  func newest(_ key: ConversationKey) -> UInt32? { search(key, from: buckets[bucket(key)]) }

  /// Reads the bucket of a key, so that it is near when `newest` looks there.
  @inline(__always)
  func approachBucket(_ key: ConversationKey) -> UInt32 { buckets[bucket(key)] }

  /// Reads the node that a bucket named, for the same reason.
  @inline(__always)
  func approachNode(_ number: UInt32) -> UInt64 {
    guard isLive(number) else { return 0 }
    let place = place(number)
    return nodes[place].key.hash ^ UInt64(bitPattern: nodes[place].since.nanoseconds)
  }

  /// The next older element with the same key.
  @inline(__always)
  func older(than number: UInt32) -> UInt32? {
    search(nodes[place(number)].key, from: nodes[place(number)].older)
  }

  /// When an element was put at the young end.
  @inline(__always)
  func since(_ number: UInt32) -> Timestamp { nodes[place(number)].since }

  /// The oldest node, and whether lookups find it; nil when the ring is empty.
  @inline(__always)
  var oldest: (number: UInt32, isLinked: Bool)? {
    count > 0 ? (first, nodes[place(first)].isLinked) : nil
  }

  /// Puts an element at the young end.
  @inline(__always)
  mutating func append(_ element: Element, _ key: ConversationKey, at time: Timestamp) {
    if count > Int(mask) { grow() }
    let number = first &+ UInt32(truncatingIfNeeded: count), place = place(number), bucket = bucket(key)
    let node = Node(
      key: key, since: time, element: element, isLinked: true, older: buckets[bucket])
    // Places are used in order, so at most the next one has never been used.
    if place < nodes.count { nodes[place] = node } else { nodes.append(node) }
    buckets[bucket] = number
    count &+= 1
  }

  /// Hides an element from lookups.
  mutating func unlink(_ number: UInt32) {
    let older = nodes[place(number)].older, bucket = bucket(nodes[place(number)].key)
    nodes[place(number)].isLinked = false
    var other = buckets[bucket]
    if other == number { return buckets[bucket] = older }
    while isLive(other) {
      let next = nodes[place(other)].older
      if next == number { return nodes[place(other)].older = older }
      other = next
    }
  }

  /// Takes the oldest element out.
  @inline(__always)
  mutating func removeOldest() {
    guard count > 0 else { return }
    first &+= 1
    count &-= 1
  }

  /// Moves the oldest element to the young end.
  mutating func renewOldest(at time: Timestamp) {
    guard count > 0 else { return }
    let node = nodes[place(first)]
    removeOldest()
    append(node.element, node.key, at: time)
  }

  /// The first element with a key in the chain from a node on.
  @inline(__always)
  private func search(_ key: ConversationKey, from start: UInt32) -> UInt32? {
    var number = start
    while isLive(number) {
      if nodes[place(number)].key == key { return number }
      number = nodes[place(number)].older
    }
    return nil
  }

  /// Whether a node is still in the ring.
  @inline(__always)
  private func isLive(_ number: UInt32) -> Bool { Int(number &- first) < count }

  /// Where a node lies.
  @inline(__always)
  private func place(_ number: UInt32) -> Int { Int(number & mask) }

  /// The bucket of a key.
  @inline(__always)
  private func bucket(_ key: ConversationKey) -> Int {
    Int(truncatingIfNeeded: key.hash) & (buckets.count &- 1)
  }

  /// Doubles places and buckets when all are in use, and numbers the nodes from 0.
  private mutating func grow() {
    let old = nodes, oldest = place(first)
    nodes = []
    nodes.reserveCapacity(count * 2)
    nodes.append(contentsOf: old[oldest...])
    nodes.append(contentsOf: old[..<oldest])
    (first, mask) = (0, mask * 2 + 1)
    buckets = Array(repeating: KeyedRing.none, count: buckets.count * 2)
    for i in 0..<count where nodes[i].isLinked {
      nodes[i].older = buckets[bucket(nodes[i].key)]
      buckets[bucket(nodes[i].key)] = UInt32(truncatingIfNeeded: i)
    }
  }
}
