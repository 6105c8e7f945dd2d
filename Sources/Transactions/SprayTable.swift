import Bytes
import Packets

/// Follows answers that nobody asked for, or not so: guesses at IDs and ports (RFC 5452 §4), by client and server.
///
/// It sees every response without a query of its own, also those of a flood that are not kept, so that a flood of any
/// size is described in constant memory.
package struct SprayTable: Sendable {
  /// Sprays that have ended, and those that go on.
  private var ended: [Spray] = [], going: [Key: Int] = [:], current: [Spray] = []
  /// Sprays that found no room.
  package private(set) var leftOut = 0
  /// Responses that were not kept one by one.
  package private(set) var diverted = 0
  /// Frames of forged answers listed by all sprays together.
  private var listed = 0
  /// Suspicious responses to each client, by a hash of its address: see `isFlooded`.
  private var byClient = [UInt32](repeating: 0, count: clientSlots)
  /// Whether any client has so many that responses may be diverted.
  package private(set) var isFlooding = false
  /// Suspicious responses that are kept.
  private var kept = 0

  /// Sprays at a time, and all together: an attacker who spreads over more has guesses too few to hit.
  private static let limit = 1_024
  /// A spray ends after a pause of so many nanoseconds: resolvers give a name up after some tens of seconds.
  private static let pause: Int64 = 60_000_000_000
  /// Suspicious responses to one client that are kept one by one; those beyond are counted in their spray.
  package static let keptPerClient = 4_096
  /// Suspicious responses that are kept for all clients together: 64 MiB at 250 bytes.
  package static let keptInAll = 1 << 18
  private static let clientSlots = 1 << 12
  /// See `drowns`: so many times `keptPerClient`.
  private static let drowning = 16
  /// A single stray answer is forgotten after this, in nanoseconds, when room is needed.
  private static let strayAge: Int64 = 1_000_000_000
  /// Places that are looked at for one.
  private static let looks = 16
  private var hand = 0

  /// Whose answers to whom. Sources beyond `sourcesPerClient` share one spray.
  private struct Key: Hashable, Sendable {
    let client: IPAddress, server: IPAddress?
  }

  /// Nothing seen.
  package init() {}

  /// All sprays, in order of their first packet.
  package var sprays: [Spray] {
    (ended + current).sorted { ($0.firstTime, $0.firstFrame) < ($1.firstTime, $1.firstFrame) }
  }

  /// Whether a response without a query should only be counted: its client has had thousands, most of which repeat a
  /// port or a question as no honest traffic does, or all room is taken.
  private func diverts(to client: IPAddress) -> Bool {
    guard isFlooding else { return false }
    return kept >= SprayTable.keptInAll
      || byClient[SprayTable.slot(client)] >= UInt32(SprayTable.keptPerClient)
  }

  /// Whether a client has had so many suspicious responses that only the first one to each of its queries is kept.
  private func drowns(_ client: IPAddress) -> Bool {
    isFlooding && byClient[SprayTable.slot(client)] >= UInt32(SprayTable.keptPerClient * SprayTable.drowning)
  }

  /// Takes a response that has no query of its own.
  package mutating func receive(_ guess: Guess, isKept: Bool) {
    let index = index(of: guess)
    if !isKept { diverted += 1 }
    guard let index else { return leftOut += 1 }
    guard current[index].add(guess, isKept: isKept, listed: &listed) else { return }
    if isKept { kept += 1 }
    countSuspicious(to: guess.flow.destination)
  }

  /// Takes a further answer to a query that has had its own, of which nothing is kept.
  private mutating func receiveContest(_ answer: Guess) {
    diverted += 1
    guard let index = index(of: answer) else { return leftOut += 1 }
    current[index].addContest(answer)
    countSuspicious(to: answer.flow.destination)
  }

  /// Counts a suspicious response to a client: a guess, or one more answer to a query that has had its own.
  package mutating func countSuspicious(to client: IPAddress) {
    let slot = SprayTable.slot(client)
    byClient[slot] &+= byClient[slot] == .max ? 0 : 1
    if byClient[slot] >= UInt32(SprayTable.keptPerClient) || kept >= SprayTable.keptInAll {
      isFlooding = true
    }
  }

  /// The spray that a guess belongs to, begun if need be; nil when there is no room.
  private mutating func index(of guess: Guess) -> Int? {
    let own = Key(client: guess.flow.destination, server: guess.flow.source)
    let shared = Key(client: guess.flow.destination, server: nil)
    for key in [own, shared] {
      guard let known = going[key] else { continue }
      guard guess.time.age(of: current[known].lastTime) > SprayTable.pause else { return known }
      if current[known].isNotable, ended.count < SprayTable.limit { ended.append(current[known]) }
      current[known] = Spray(guess, server: key.server)
      return known
    }
    // A quarter of the room is for clients that are answered from everywhere.
    let key = current.count < SprayTable.limit / 4 * 3 ? own : shared
    guard let place = place(at: guess.time) else { return nil }
    going[key] = place
    if place == current.count {
      current.append(Spray(guess, server: key.server))
    } else {
      going[Key(client: current[place].client, server: current[place].server)] = nil
      if current[place].isNotable, ended.count < SprayTable.limit { ended.append(current[place]) }
      current[place] = Spray(guess, server: key.server)
    }
    return place
  }

  /// A place for another spray: a new one, or that of one that has ended or amounts to nothing; a few are looked at.
  private mutating func place(at time: Timestamp) -> Int? {
    if current.count < SprayTable.limit { return current.count }
    for _ in 0..<SprayTable.looks {
      hand = (hand + 1) % SprayTable.limit
      let age = time.age(of: current[hand].lastTime)
      if age > SprayTable.pause || (age > SprayTable.strayAge && !current[hand].isNotable) { return hand }
    }
    return nil
  }

  /// The slot of a client; two may share one, which only makes responses to them be diverted sooner.
  private static func slot(_ client: IPAddress) -> Int {
    let product = (client.low ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(
      by: client.high ^ 0xd1b5_4a32_d192_ed03)
    return Int(truncatingIfNeeded: (product.high ^ product.low) &* 0x9e37_79b9_7f4a_7c15 >> 40)
      & (clientSlots - 1)
  }
}

extension SprayTable {
  /// Counts a response of a flood.
  /// - Returns: false when it is to be kept, and was not counted.
  package mutating func divert(_ guess: Guess, _ knowledge: TransactionTable.Knowledge) -> Bool {
    let client = guess.flow.destination
    switch knowledge {
    case .some: return false
    case .answered:
      guard drowns(client) else { return false }
      receiveContest(guess)
    case .contested:
      guard diverts(to: client) else { return false }
      receiveContest(guess)
    case .overloaded: receiveContest(guess)
    case .none:
      guard diverts(to: client) else { return false }
      receive(guess, isKept: false)
    }
    return true
  }
}
