import Bytes
import Packets

/// Later fragments that waited for a beginning, or did so in vain, in bursts; those that honest networks reorder left out.
struct WaitingFragments {
  /// Fragments in the name of one host to another without a long pause.
  struct Burst {
    fileprivate(set) var fragments: [LoneFragment]

    /// Different identifications.
    var identifications: Set<UInt32> { Set(fragments.map(\.identification)) }
  }

  /// In order of their first fragments.
  private(set) var bursts: [Burst] = []
  private let investigation: Investigation
  private var caseFile: CaseFile { investigation.caseFile }
  /// Responses by the packets of their fragments; fragmented answers of each server, and those whose tail came first.
  private var responses: [PacketID: [Int]] = [:], fragmented: [UInt32: (all: Int, tailFirst: Int)] = [:]

  /// Fragments with so many identifications are guesses where hardly any datagram was seen whole: a resolver has a
  /// handful of large answers of one server under way, and Linux keeps 64 datagrams of one sender (`ipfrag_max_dist`).
  private static let guesses = 4
  /// A burst ends after a pause of so many nanoseconds: a kernel keeps fragments for 30 s (Linux `ipfrag_time`).
  private static let pause: Int64 = 30_000_000_000
  /// Nanoseconds by which honest fragments change places (catalogue, F2).
  private static let reordering: Int64 = 1_000_000

  /// Of all that were witnessed.
  init(_ investigation: Investigation) {
    self.investigation = investigation
    let fragments = investigation.caseFile.witness.loneFragments
    guard !fragments.isEmpty else { return }
    for record in caseFile.fragmentFrames.keys.sorted() {
      for packet in caseFile.fragmentFrames[record] ?? [] { responses[packet, default: []].append(record) }
      let response = caseFile.records[record], isTailFirst = response.network.flags.contains(.tailFirst)
      let known = fragmented[response.source] ?? (0, 0)
      fragmented[response.source] = (known.all + 1, known.tailFirst + (isTailFirst ? 1 : 0))
    }
    gather(fragments.filter { !isReordered($0) })
  }

  /// The responses that a fragment was put together to.
  func records(of fragment: LoneFragment) -> [Int] {
    guard let beginning = fragment.beginning else { return [] }
    return (responses[fragment.packet] ?? []).filter { caseFile.packets($0).contains(beginning) }
  }

  /// What of a fragment's headers is other than its beginning's, or than all that its sender has; nil for nothing.
  func oddity(of fragment: LoneFragment) -> (family: EvidenceFamily, text: String)? {
    let own = fragment.network, frame = fragment.packet.number
    if let record = records(of: fragment).first {
      let beginning = caseFile.records[record].network
      var texts: [String] = []
      if own.ipTTL != beginning.ipTTL {
        texts.append("has IP TTL \(own.ipTTL), and the beginning of its datagram \(beginning.ipTTL)")
      }
      if own.station != beginning.station {
        texts.append("came from another station on the link than the beginning of its datagram")
      }
      return texts.isEmpty ? nil : (.network, "frame \(frame) \(texts.joined(separator: ", and "))")
    }
    guard let number = caseFile.addresses.known(fragment.source) else { return nil }
    let habits = investigation.habits.server(number)
    guard habits.count >= ServerHabits.least else { return nil }
    if habits.ttls.near(UInt32(own.ipTTL)) == 0 {
      return (.network, "frame \(frame) has an IP TTL (\(own.ipTTL)) that its sender does not have")
    }
    if habits.stations.of(UInt32(own.station)) == 0 {
      return (.network, "frame \(frame) came from another station on the link than what its sender sends")
    }
    return nil
  }

  /// Whether a fragment that was put together to a response was planted. One of its headers alone differs where packets
  /// take several ways through a network, so that the answer must be odd too: bogus, with a rival, or with data that its
  /// server gives at no other time.
  func isPlanted(_ fragment: LoneFragment) -> Bool {
    guard let record = records(of: fragment).first, oddity(of: fragment) != nil else { return false }
    let own = fragment.network, beginning = caseFile.records[record].network
    if own.ipTTL != beginning.ipTTL, own.station != beginning.station { return true }
    return records(of: fragment).contains { record in
      caseFile.word(record) == .bogus || investigation.race(of: record) != nil
        || investigation.fragments.records.contains(record)
        || investigation.deviation(record).contains(.otherData)
    } || investigation.fragments.all.contains { $0.forged == fragment.packet }
  }

  /// Whether a burst tries identifications: there are several, and more than loss explains, which leaves most datagrams
  /// whole.
  func areGuesses(_ burst: Burst) -> Bool {
    guard burst.identifications.count >= WaitingFragments.guesses, let first = burst.fragments.first else {
      return false
    }
    let whole = caseFile.addresses.known(first.source).flatMap { fragmented[$0]?.all } ?? 0
    let alone = burst.fragments.filter { $0.outcome != .joined }.count
    // Answers that lost their beginning leave a query each without one.
    let unanswered = caseFile.quality.unanswered + caseFile.quality.open
    return alone > whole && alone > unanswered
  }

  /// Whether a fragment only changed places with its beginning, or its host always sends in this order.
  private func isReordered(_ fragment: LoneFragment) -> Bool {
    guard let record = records(of: fragment).first, oddity(of: fragment) == nil else { return false }
    if caseFile.time(record).distance(from: fragment.time) <= WaitingFragments.reordering { return true }
    let habit = fragmented[caseFile.records[record].source] ?? (0, 0)
    return habit.tailFirst > 1 && habit.tailFirst * 2 >= habit.all
  }

  /// Puts fragments into bursts.
  private mutating func gather(_ fragments: [LoneFragment]) {
    struct Pair: Hashable {
      let source: IPAddress, destination: IPAddress
    }
    var going: [Pair: Int] = [:]
    for fragment in fragments.sorted(by: { ($0.time, $0.packet) < ($1.time, $1.packet) }) {
      let pair = Pair(source: fragment.source, destination: fragment.destination)
      if let known = going[pair], let last = bursts[known].fragments.last,
        fragment.time.distance(from: last.time) <= WaitingFragments.pause
      {
        bursts[known].fragments.append(fragment)
      } else {
        going[pair] = bursts.count
        bursts.append(Burst(fragments: [fragment]))
      }
    }
  }
}
