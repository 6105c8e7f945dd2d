import Packets
import Transactions

/// What is usual for one server, learned from its answers that stand against nothing.
struct ServerHabits: Sendable {
  /// How many answers it was learned from.
  private(set) var count = 0
  /// Values of the IP headers, link addresses and EDNS sizes, each with how often it occurred.
  private(set) var ttls = Tally(), stations = Tally(), classes = Tally(), sizes = Tally()
  private var flagKinds = Tally()
  /// Answers with DF, without a checksum, with IP ID zero, with an IP ID.
  private var dontFragment = 0, withoutChecksum = 0, zeroIDs = 0, withID = 0
  /// Answers with EDNS to queries with EDNS, and these queries.
  private var withEDNS = 0, askedWithEDNS = 0
  /// Questions in mixed case that came back as they were, or not; cookies that came back, or not.
  private var caseKept = 0, caseChanged = 0, cookiesKept = 0, cookiesMissing = 0
  /// The two shortest round trips and a few quantiles' worth of them, microseconds.
  private(set) var shortest: UInt32 = .max, secondShortest: UInt32 = .max
  private(set) var trips = 0

  /// The fewest answers from which a habit is told: five, as the catalogue has it for round trips.
  static let least = 5
  /// Values that occur in less than one of so many answers are no habit.
  private static let rare = 25

  /// Learns from answers whose headers, and whose fit to their queries, are alike.
  mutating func learn(_ network: NetworkTraits, _ match: MatchTraits, times: UInt32) {
    let added = Int(times)
    count += added
    ttls.add(UInt32(network.ipTTL), times)
    stations.add(UInt32(network.station), times)
    classes.add(UInt32(network.trafficClass), times)
    if network.flags.contains(.dontFragment) { dontFragment += added }
    if network.flags.contains(.checksumAbsent) { withoutChecksum += added }
    if network.flags.contains(.hasIdentification) { withID += added }
    if match.contains(.queryHadEDNS) { askedWithEDNS += added }
    if match.contains(.mixedCaseEchoed) { caseKept += added }
    if match.contains(.caseDiffers) { caseChanged += added }
    if match.contains(.cookieEchoed) { cookiesKept += added }
    if match.contains(.cookieMissing) { cookiesMissing += added }
  }

  /// Learns from answers of one kind.
  /// - Parameters:
  ///   - edns: their EDNS size and one more; 0 without EDNS.
  ///   - kind: what kind of response they are in the upper half, and their flags and sections in the lower.
  mutating func learn(edns: UInt32, kind: UInt32, times: UInt32) {
    flagKinds.add(kind, times)
    if edns > 0 { sizes.add(edns - 1, times) }
  }

  /// Takes what was counted of each answer.
  mutating func learn(_ run: HabitRun) {
    (withEDNS, zeroIDs) = (Int(run.withEDNS), Int(run.zeroIDs))
    (shortest, secondShortest, trips) = (run.shortest, run.secondShortest, Int(run.trips))
  }

  /// Whether none of the answers that it was learned from departs from these habits, but for its cookie or its haste.
  var isSteady: Bool {
    guard count > ServerHabits.least else { return true }
    let isUsual = { (times: Int) in times == 0 || !isRare(times - 1) }
    let hasUsualIDs = withID <= ServerHabits.least || isUsual(zeroIDs) && isUsual(withID - zeroIDs)
    guard hasUsualIDs, isUsual(dontFragment), isUsual(count - dontFragment), isUsual(withoutChecksum),
      isUsual(count - withoutChecksum), isUsual(askedWithEDNS - withEDNS), caseChanged == 0,
      cookiesMissing == 0
    else { return false }
    return [ttls, stations, classes, sizes].allSatisfy { $0.holds(isUsual) }
      && flagKinds.holdsForSiblings(isUsual)
  }

  /// The round trip of those among the answers that it was learned from that came too fast; nil where none did.
  var hastyTrip: UInt32? { isTooFast(shortest) ? shortest : nil }

  /// In what an answer departs from these habits.
  /// - Parameter isLearned: whether the answer itself is among those that were learned from.
  @inline(__always)
  func deviation(
    of record: ResponseRecord, edns: UInt32, kind: UInt32, isLearned: Bool
  ) -> Deviation {
    let network = record.network, own = isLearned ? 1 : 0
    var found: Deviation = []
    guard count - own >= ServerHabits.least else { return found }
    if isRare(ttls.near(UInt32(network.ipTTL)) - own) { found.insert(.ipTTL) }
    if isRare(stations.of(UInt32(network.station)) - own) { found.insert(.station) }
    if isRare(classes.of(UInt32(network.trafficClass)) - own) { found.insert(.trafficClass) }
    let hasDF = network.flags.contains(.dontFragment), lacksSum = network.flags.contains(.checksumAbsent)
    if isRare((hasDF ? dontFragment : count - dontFragment) - own) { found.insert(.dontFragment) }
    if isRare((lacksSum ? withoutChecksum : count - withoutChecksum) - own) { found.insert(.checksum) }
    if network.flags.contains(.hasIdentification), withID - own >= ServerHabits.least {
      let isZero = network.identification == 0
      if isRare((isZero ? zeroIDs : withID - zeroIDs) - own) { found.insert(.identification) }
    }
    found.formUnion(structure(record, edns, kind, own))
    if isTooFast(record.rttMicroseconds) { found.insert(.tooFast) }
    return found
  }

  /// In what the message departs.
  private func structure(
    _ record: ResponseRecord, _ edns: UInt32, _ kind: UInt32, _ own: Int
  ) -> Deviation {
    var found: Deviation = []
    if record.match.contains(.queryHadEDNS), askedWithEDNS - own >= ServerHabits.least, edns == 0,
      isRare(askedWithEDNS - withEDNS - own)
    {
      found.insert(.ednsMissing)
    }
    if edns > 0, isRare(sizes.of(edns - 1) - own) { found.insert(.ednsSize) }
    if isRare(flagKinds.of(kind) - own), flagKinds.hasSibling(of: kind) { found.insert(.flags) }
    if record.match.contains(.caseDiffers), caseKept >= 1, caseChanged - own <= caseKept / 10 {
      found.insert(.letterCase)
    }
    if record.match.contains(.cookieWrong) { found.insert(.cookieWrong) }
    if record.match.contains(.cookieMissing), cookiesKept >= 1, cookiesMissing - own <= cookiesKept / 10 {
      found.insert(.cookieMissing)
    }
    return found
  }

  /// Whether so many answers make no habit.
  private func isRare(_ others: Int) -> Bool { others <= 0 || others * ServerHabits.rare < count }

  /// Whether an answer came in less than half the time that any other took (Hold-On, Duan 2012). Trips below a fifth of a
  /// millisecond are a matter of scheduling.
  private func isTooFast(_ trip: UInt32) -> Bool {
    guard trip != .max, trips > ServerHabits.least else { return false }
    let least = trip == shortest ? secondShortest : shortest
    return least > ServerHabits.schedulingMicroseconds && UInt64(trip) * 2 < UInt64(least)
  }

  /// See `isTooFast`.
  private static let schedulingMicroseconds: UInt32 = 200

  /// Whether any answer had these flags and sections, and whether any was of that kind at all.
  func hasShape(_ shape: UInt32) -> Bool { flagKinds.has(shape) }
  func hasKind(of shape: UInt32) -> Bool { flagKinds.hasUpperHalf(of: shape) }
  /// Whether its packets have several IP TTLs, or come from several stations on the link.
  var hasSeveralSenders: Bool { ttls.hasSeveral || stations.hasSeveral }
  /// Whether an answer had an IP TTL, give or take one.
  func hasTTL(near ttl: UInt8) -> Bool { ttls.near(UInt32(ttl)) > 0 }
  /// The words for people: usual IP TTLs, most frequent first.
  var usualTTLs: [UInt32] { ttls.frequent }
}

/// A few values with how often each occurred; further values share a place, which only makes them look usual. It has no
/// storage of its own, so that the habits of thousands of servers lie side by side.
struct Tally: Sendable {
  /// Values told apart: an anycast server behind several paths has a handful of IP TTLs.
  private static let limit = 8

  /// A value in the upper half, how often it occurred in the lower; as many as are in use.
  private var entries = InlineArray<8, UInt64>(repeating: 0)
  private var used = 0, others = 0

  /// Counts a value some times.
  @inline(__always)
  mutating func add(_ value: UInt32, _ times: UInt32) {
    for index in 0..<used where UInt32(entries[index] >> 32) == value {
      let count = UInt32(clamping: count(at: index) &+ Int(times))
      entries[index] = UInt64(value) << 32 | UInt64(count)
      // What occurs often comes to the front, where it is found at once.
      if index > 0, self.count(at: index) > self.count(at: index - 1) {
        (entries[index], entries[index - 1]) = (entries[index - 1], entries[index])
      }
      return
    }
    if used < Tally.limit {
      entries[used] = UInt64(value) << 32 | UInt64(times)
      used += 1
    } else {
      others += Int(times)
    }
  }

  /// Whether something holds for how often each value occurred, and for all together that found no place.
  func holds(_ condition: (Int) -> Bool) -> Bool {
    for index in 0..<used where !condition(count(at: index)) { return false }
    return others == 0 || condition(others)
  }

  /// The same of those values that have a sibling.
  func holdsForSiblings(_ condition: (Int) -> Bool) -> Bool {
    for index in 0..<used
    where !condition(count(at: index)) && hasSibling(of: UInt32(entries[index] >> 32)) { return false }
    return others == 0 || condition(others)
  }

  /// How often the value at a place occurred.
  private func count(at index: Int) -> Int { Int(UInt32(truncatingIfNeeded: entries[index])) }

  /// Whether a value occurred, or any with the same upper half; never where values found no place.
  func has(_ value: UInt32) -> Bool {
    for index in 0..<used where UInt32(entries[index] >> 32) == value { return true }
    return others > 0
  }
  func hasUpperHalf(of value: UInt32) -> Bool {
    for index in 0..<used where UInt32(entries[index] >> 48) == value >> 16 { return true }
    return false
  }

  /// Whether more than one value occurred.
  var hasSeveral: Bool { used > 1 }

  /// How often a value occurred; as often as all that found no place, when it is none of the others.
  func of(_ value: UInt32) -> Int {
    for index in 0..<used where UInt32(entries[index] >> 32) == value { return count(at: index) }
    return others
  }

  /// How often a value or one of its two neighbours occurred.
  func near(_ value: UInt32) -> Int {
    var near = 0
    for index in 0..<used {
      let known = UInt32(entries[index] >> 32)
      if known &+ 1 >= value, known <= value &+ 1 { near += count(at: index) }
    }
    return near == 0 ? others : near
  }

  /// Whether another value with the same upper half occurred at least as often as a habit needs.
  func hasSibling(of value: UInt32) -> Bool {
    for index in 0..<used {
      let known = UInt32(entries[index] >> 32)
      if known != value, known >> 16 == value >> 16, count(at: index) >= ServerHabits.least { return true }
    }
    return false
  }

  /// The values, most frequent first.
  var frequent: [UInt32] {
    (0..<used).map { (value: UInt32(entries[$0] >> 32), count: count(at: $0)) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }.map(\.value)
  }
}
