import Bytes
import Packets

/// Answers without a query of their own from one server, as it seems, to one client without a long pause.
package struct Spray: Sendable {
  /// To whom they went, and from whom they seem to be; nil for one that gathers many sources.
  package let client: IPAddress, server: IPAddress?
  /// First and last packet.
  package let firstFrame: Int, firstTime: Timestamp
  package private(set) var lastFrame: Int, lastTime: Timestamp
  /// All of them; those that are not kept one by one; those that nearly fit a query that was open; those that repeat a
  /// port or a question of one of the last few with another ID.
  package private(set) var count = 0, diverted = 0, nearMisses = 0, repetitive = 0
  /// Further answers to queries that had had theirs, which were only counted; not among the others.
  package private(set) var contested = 0
  /// Those whose question was open, and those that came to a port from which a query had gone to that server.
  package private(set) var questionOpen = 0, portOpen = 0
  /// How often an ID was the one after that of the guess before, the one before it, or the same.
  package private(set) var ascending = 0, descending = 0, sameID = 0
  /// Packets of the first ones, and the caller's numbers of those that are kept.
  package private(set) var packets: [PacketID] = [], records: [Int] = []
  /// IDs and ports that occurred, a bit each; IDs from 0, ports likewise.
  package private(set) var ids = NumberSet(), ports = NumberSet()
  private var ttls = NumberSet()
  private var lastID: UInt16?, recent: [Recent] = [], turn = 0

  /// Packets listed by one spray: as many as an attacker needs to try every ID once.
  private static let packetLimit = 65_536
  /// Packets listed by all sprays: four such, 2 MiB.
  private static let listLimit = 1 << 18
  /// Guesses that the next ones are compared with.
  private static let recentLimit = 8

  /// What the next guesses are compared with.
  private struct Recent: Sendable {
    var port: UInt16, id: UInt16, question: UInt64
  }

  /// Begins with a guess, which is still to be added.
  init(_ first: Guess, server: IPAddress?) {
    (client, self.server) = (first.flow.destination, server)
    (firstFrame, firstTime) = (first.packet.number, first.time)
    (lastFrame, lastTime) = (first.packet.number, first.time)
  }

  /// Distinct IDs and ports, and IP TTLs.
  package var idCount: Int { ids.count }
  package var portCount: Int { ports.count }
  package var ttlCount: Int { ttls.count }
  /// The lowest and the highest ID.
  package var idRange: ClosedRange<UInt16>? { ids.range }
  package var portRange: ClosedRange<UInt16>? { ports.range }
  /// Whether an ID was tried.
  package func hasTried(_ id: UInt16) -> Bool { ids.contains(id) }

  /// Whether it is more than a stray or late answer.
  package var isNotable: Bool { count >= Spray.notable || contested > 0 }
  /// POPS (USENIX Security 2025) raises its alarm at the fifth packet.
  package static let notable = 5

  /// Counts a further answer to a query that has had its own.
  mutating func addContest(_ answer: Guess) {
    contested += 1
    (lastFrame, lastTime) = (answer.packet.number, max(lastTime, answer.time))
  }

  /// Adds a guess.
  /// - Returns: whether it looks like one: it nearly fits a query, or repeats another one but for its ID.
  mutating func add(_ guess: Guess, isKept: Bool, listed: inout Int) -> Bool {
    count += 1
    if !isKept { diverted += 1 }
    (lastFrame, lastTime) = (guess.packet.number, max(lastTime, guess.time))
    let port = guess.flow.destinationPort
    ids.insert(guess.id)
    ports.insert(port)
    ttls.insert(UInt16(guess.ipTTL))
    if let lastID {
      if guess.id == lastID &+ 1 { ascending += 1 }
      if guess.id == lastID &- 1 { descending += 1 }
      if guess.id == lastID { sameID += 1 }
    }
    lastID = guess.id
    if packets.count < Spray.packetLimit, listed < Spray.listLimit {
      packets.append(guess.packet)
      listed += 1
      if let record = guess.record { records.append(record) }
    }
    let isNear = guess.traits.contains(.questionOpen) || guess.traits.contains([.portOpen, .serverAsked])
    if isNear { nearMisses += 1 }
    if guess.traits.contains(.questionOpen) { questionOpen += 1 }
    if guess.traits.contains([.portOpen, .serverAsked]) { portOpen += 1 }
    let repeats = recent.contains { ($0.port == port || $0.question == guess.question) && $0.id != guess.id }
    if repeats { repetitive += 1 }
    remember(Recent(port: port, id: guess.id, question: guess.question))
    return isNear || repeats
  }

  /// Remembers a guess in place of the oldest of the few.
  private mutating func remember(_ guess: Recent) {
    guard recent.count == Spray.recentLimit else { return recent.append(guess) }
    recent[turn] = guess
    turn = (turn + 1) % Spray.recentLimit
  }
}

/// A set of sixteen-bit numbers: a short list at first, 8 KiB of bits when it grows.
package struct NumberSet: Sendable {
  private var few: [UInt16] = [], bits: [UInt64] = []
  /// How many there are, and the lowest and highest.
  package private(set) var count = 0, range: ClosedRange<UInt16>?
  private static let fewLimit = 32

  /// An empty set.
  package init() {}
  /// The set of some numbers.
  package init(_ numbers: [UInt16]) { for number in numbers { insert(number) } }

  /// Whether a number is in it.
  package func contains(_ number: UInt16) -> Bool {
    if bits.isEmpty { return few.contains(number) }
    return bits[Int(number >> 6)] & 1 << UInt64(number & 63) != 0
  }

  /// Adds the numbers of another set.
  package mutating func formUnion(_ other: NumberSet) {
    for number in other.few { insert(number) }
    for (place, word) in other.bits.enumerated() {
      var rest = word
      while rest != 0 {
        insert(UInt16(truncatingIfNeeded: place << 6 | rest.trailingZeroBitCount))
        rest &= rest &- 1
      }
    }
  }

  /// Adds a number.
  package mutating func insert(_ number: UInt16) {
    guard !contains(number) else { return }
    count += 1
    range = min(range?.lowerBound ?? number, number)...max(range?.upperBound ?? number, number)
    if bits.isEmpty, few.count < NumberSet.fewLimit { return few.append(number) }
    if bits.isEmpty {
      bits = Array(repeating: 0, count: 1 << 10)
      for known in few { bits[Int(known >> 6)] |= 1 << UInt64(known & 63) }
      few = []
    }
    bits[Int(number >> 6)] |= 1 << UInt64(number & 63)
  }
}
