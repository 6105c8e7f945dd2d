import Packets
import Transactions

/// What the last answers of a server have in common, and how many they are: a server changes its ways rarely, so that its
/// habits, which fill several lines of a cache, are not touched for each answer.
struct HabitRun {
  /// How headers and match were: all of `NetworkTraits` but the identification, then `MatchTraits`; `none` before the
  /// first answer.
  private var manner = HabitRun.none
  /// See `BodyFacts`.
  private var kind: UInt32 = 0, edns: UInt32 = 0
  /// Answers with the same manner, and with the same kind and EDNS size. No run has 2^32 answers.
  private var mannerTimes: UInt32 = 0, kindTimes: UInt32 = 0
  /// Of all answers: those with EDNS to queries with EDNS, those with IP ID zero, those with a known round trip, and the
  /// two shortest round trips in microseconds.
  private(set) var withEDNS: UInt32 = 0, zeroIDs: UInt32 = 0, trips: UInt32 = 0
  private(set) var shortest: UInt32 = .max, secondShortest: UInt32 = .max

  /// No manner: 56 bits are in use.
  private static let none = UInt64.max

  /// Learns from an answer.
  /// - Parameter habits: those of the server, for what came before when this one is different.
  @inline(__always)
  mutating func learn(_ record: ResponseRecord, _ facts: BodyFacts, _ habits: inout ServerHabits) {
    let manner = record.network.manner &<< 16 | UInt64(record.match.rawValue)
    if manner != self.manner {
      endManner(&habits)
      self.manner = manner
    }
    if facts.shape != kind || facts.edns != edns {
      endKind(&habits)
      (kind, edns) = (facts.shape, facts.edns)
    }
    (mannerTimes, kindTimes) = (mannerTimes &+ 1, kindTimes &+ 1)
    if facts.edns > 0, record.match.contains(.queryHadEDNS) { withEDNS &+= 1 }
    if record.network.identification == 0, record.network.flags.contains(.hasIdentification) { zeroIDs &+= 1 }
    learn(trip: record.rttMicroseconds)
  }

  /// Learns a round trip.
  @inline(__always)
  private mutating func learn(trip: UInt32) {
    guard trip != .max else { return }
    trips &+= 1
    if trip < shortest {
      (shortest, secondShortest) = (trip, shortest)
    } else if trip < secondShortest {
      secondShortest = trip
    }
  }

  /// After the last answer.
  mutating func end(_ habits: inout ServerHabits) {
    endManner(&habits)
    endKind(&habits)
    habits.learn(self)
  }

  /// Hands over answers with one manner.
  private mutating func endManner(_ habits: inout ServerHabits) {
    guard mannerTimes > 0 else { return }
    habits.learn(
      NetworkTraits(manner: manner &>> 16, identification: 0),
      MatchTraits(rawValue: UInt16(truncatingIfNeeded: manner)), times: mannerTimes)
    mannerTimes = 0
  }

  /// Hands over answers of one kind.
  private mutating func endKind(_ habits: inout ServerHabits) {
    guard kindTimes > 0 else { return }
    habits.learn(edns: edns, kind: kind, times: kindTimes)
    kindTimes = 0
  }
}

/// What tells of most answers at a glance that nothing about them departs from the habits of their server.
struct HabitGlance {
  /// Whether none of the answers that the habits were learned from departs from them, but for the two below.
  private let isSteady: Bool
  /// The round trip of one that came too fast, microseconds; no trip has the number that stands for none.
  private let hastyTrip: UInt32

  /// Of the habits of a server.
  init(_ habits: ServerHabits) {
    isSteady = habits.isSteady
    hastyTrip = habits.hastyTrip ?? .max &- 1
  }

  /// Whether nothing about an answer that was learned from departs from the habits; false where that is not seen at a glance.
  @inline(__always)
  func isUsual(_ record: ResponseRecord) -> Bool {
    isSteady && record.rttMicroseconds != hastyTrip && !record.match.contains(.cookieWrong)
  }
}
