/// Short lists, newest first, in one array with a free list: the rare second and later queries and answers.
struct NotePool<Note: Sendable>: Sendable {
  /// The newest note of a list; nil for an empty list.
  struct List: Sendable {
    fileprivate var head = NotePool.none
    /// How many notes are in it.
    fileprivate(set) var count: UInt16 = 0
  }

  /// No place.
  private static var none: UInt32 { .max }

  /// The notes, each with the next older one of its list, or the next free place.
  private var places: [(note: Note, next: UInt32)] = []
  /// The first free place below the array's end.
  private var free = none
  /// How many notes all lists may hold together.
  private let limit: Int

  /// A pool of at most `limit` notes.
  init(limit: Int) { self.limit = limit }

  /// Adds a note to a list; false when the pool is full.
  mutating func push(_ note: Note, to list: inout List) -> Bool {
    let place: UInt32
    if free != NotePool.none {
      place = free
      free = places[Int(place)].next
      places[Int(place)] = (note, list.head)
    } else {
      guard places.count < limit else { return false }
      place = UInt32(truncatingIfNeeded: places.count)
      places.append((note, list.head))
    }
    list.head = place
    list.count &+= 1
    return true
  }

  /// Calls `body` with each note, newest first, until it says true.
  @inline(__always)
  func scan(_ list: List, until body: (Note) -> Bool) {
    var place = list.head
    while place != NotePool.none {
      if body(places[Int(place)].note) { return }
      place = places[Int(place)].next
    }
  }

  /// Frees all notes of a list.
  @inline(__always)
  mutating func release(_ list: inout List) {
    while list.head != NotePool.none {
      let place = list.head
      list.head = places[Int(place)].next
      places[Int(place)].next = free
      free = place
    }
    list.count = 0
  }

  /// Frees all lists, and keeps the memory.
  mutating func removeAll() {
    places.removeAll(keepingCapacity: true)
    free = NotePool.none
  }
}
