import DNSWire

/// The servers that gave an authoritative answer without signatures, by question: no list for each, since there is one
/// for nearly every question of a capture.
struct UnsignedSources {
  /// A server, and the place of the next one of its question; 0 for none, else plus one.
  private struct Entry {
    let server: UInt32
    var next: UInt32
  }

  /// The place of the first entry of a question. By the question itself: a table of names would keep all the names above,
  /// 16 KB for a name of 127 labels.
  private var places: [CanonicalQuestion: UInt32] = [:]
  private var entries: [Entry] = []

  /// Servers remembered for one question: enough to find one that serves the zone.
  private static let limit = 8

  /// Files a server.
  mutating func note(_ server: UInt32, _ question: CanonicalQuestion) {
    let new = UInt32(truncatingIfNeeded: entries.count)
    guard let first = places[question] else {
      places[question] = new
      return entries.append(Entry(server: server, next: 0))
    }
    var place = Int(first), count = 1
    while entries[place].server != server {
      guard entries[place].next != 0 else {
        guard count < UnsignedSources.limit else { return }
        entries[place].next = new &+ 1
        return entries.append(Entry(server: server, next: 0))
      }
      place = Int(entries[place].next) - 1
      count += 1
    }
  }

  /// Whether a condition holds for any of a question's servers.
  func contains(_ question: CanonicalQuestion, where matches: (UInt32) -> Bool) -> Bool {
    guard let first = places[question] else { return false }
    var place = Int(first)
    while !matches(entries[place].server) {
      guard entries[place].next != 0 else { return false }
      place = Int(entries[place].next) - 1
    }
    return true
  }
}
