import DNSWire

/// The servers that gave an authoritative answer without signatures, by question: numbers, since there is one for nearly
/// every question of a capture.
struct UnsignedSources {
  /// A server, and the place of the next one of its question; 0 for none, else plus one.
  private struct Entry {
    let server: UInt32
    var next: UInt32
  }

  private var names = NameTable()
  /// Finds the first entry of a question by the numbers of its name, and of type and class.
  private var places = NumberTable(), entries: [Entry] = []

  /// Servers remembered for one question: enough to find one that serves the zone.
  private static let limit = 8

  /// Files a server.
  mutating func note(_ server: UInt32, _ question: CanonicalQuestion) {
    let name = names.id(of: question.name), new = entries.count
    guard let first = places.find(name.rawValue, question.kind) else {
      places.insert(name.rawValue, question.kind, new)
      return entries.append(Entry(server: server, next: 0))
    }
    var place = first, count = 1
    while entries[place].server != server {
      guard entries[place].next != 0 else {
        guard count < UnsignedSources.limit else { return }
        entries[place].next = UInt32(truncatingIfNeeded: new) &+ 1
        return entries.append(Entry(server: server, next: 0))
      }
      place = Int(entries[place].next) - 1
      count += 1
    }
  }

  /// Whether a condition holds for any of a question's servers.
  func contains(_ question: CanonicalQuestion, where matches: (UInt32) -> Bool) -> Bool {
    guard let name = names.find(question.name),
      var place = places.find(name.rawValue, question.kind)
    else { return false }
    while !matches(entries[place].server) {
      guard entries[place].next != 0 else { return false }
      place = Int(entries[place].next) - 1
    }
    return true
  }
}

extension CanonicalQuestion {
  /// Type and class in one number.
  fileprivate var kind: UInt32 { UInt32(type.rawValue) << 16 | UInt32(recordClass.rawValue) }
}
