import Bytes
import DNSWire
import Transactions

/// Resolutions: a client's question, and the upstream answers that came between it and the client's answer. They tell
/// which addresses belong to one resolver, which may ask authorities from another address, or in another family, than it
/// answers clients from.
struct Resolutions {
  /// By the number of an address the number of the first address of its host.
  private var hosts: [UInt32]
  /// By the number of the first address of a host all its addresses, of hosts that have several.
  private var members: [UInt32: [UInt32]] = [:]

  /// Resolutions that make two addresses one host: two, since one may be chance.
  private static let least = 2
  /// Pairs of addresses that are counted; a resolver has a handful.
  private static let pairLimit = 4_096

  /// An address that answers clients, and one that asks upstream.
  private struct Pair: Hashable {
    let answers: UInt32, asks: UInt32
  }

  /// By the number of a question the last upstream answer to it that no client's answer followed yet.
  private var upstream: [UInt32] = []
  private var pairs: [Pair: Int] = [:]
  private let traffic: Traffic

  /// None yet: every address is a host of its own.
  init(_ traffic: Traffic) {
    self.traffic = traffic
    hosts = traffic.addresses.count == 0 ? [] : Array(0..<UInt32(clamping: traffic.addresses.count))
  }

  /// Takes a response with the facts of its body.
  @inline(__always)
  mutating func see(_ index: Int, _ record: ResponseRecord, _ facts: BodyFacts) {
    let isUpstream = !facts.marks.contains(.rd)
    guard facts.question != BodyFacts.noQuestion, isUpstream || facts.marks.contains(.ra),
      Resolutions.isOfQuery(record)
    else { return }
    let question = Int(facts.question)
    if isUpstream {
      if upstream.count <= question {
        upstream.append(contentsOf: repeatElement(.max, count: question + 1 - upstream.count))
      }
      upstream[question] = UInt32(truncatingIfNeeded: index)
    } else if question < upstream.count, upstream[question] != .max {
      note(record, after: Int(upstream[question]))
      // The first resolver that answers is the one that asked; forwarders in front of it answer later.
      upstream[question] = .max
    }
  }

  /// Whether a query of its own was seen, or one that it nearly fits.
  @inline(__always)
  private static func isOfQuery(_ record: ResponseRecord) -> Bool {
    switch record.transaction {
    case .unknown, .unsolicited: false
    case .answered, .duplicate, .conflicting, .late, .mismatched: true
    }
  }

  /// Notes who answered a client after an upstream answer.
  private mutating func note(_ record: ResponseRecord, after index: Int) {
    let before = traffic.records[index]
    let pair = Pair(answers: record.source, asks: before.destination)
    guard pair.answers != pair.asks, Resolutions.isInside(before, record),
      pairs.count < Resolutions.pairLimit || pairs[pair] != nil
    else { return }
    pairs[pair, default: 0] += 1
  }

  /// After the last response: the hosts.
  mutating func finish() {
    for (pair, count) in pairs where count >= Resolutions.least { unite(pair.answers, pair.asks) }
    noteMembers(Set(pairs.keys.flatMap { [$0.answers, $0.asks] }))
    upstream = []
  }

  /// Notes which of some addresses are those of one host.
  private mutating func noteMembers(_ addresses: Set<UInt32>) {
    for address in addresses.sorted() { members[root(address), default: []].append(address) }
    members = members.filter { $0.value.count > 1 }
  }

  /// Whether two addresses are of one host.
  func isSameHost(_ a: UInt32, _ b: UInt32) -> Bool { root(a) == root(b) }

  /// The number that stands for an address's host.
  func root(_ address: UInt32) -> UInt32 {
    var next = address
    while hosts[Int(next)] != next { next = hosts[Int(next)] }
    return next
  }

  /// All addresses of a host.
  func addresses(ofHost address: UInt32) -> [UInt32] {
    let own = root(address)
    return members[own] ?? [own]
  }

  /// Makes two addresses those of one host; the smaller number stands for it, whatever the order.
  private mutating func unite(_ a: UInt32, _ b: UInt32) {
    let (first, second) = (root(a), root(b))
    hosts[Int(max(first, second))] = min(first, second)
  }

  /// Whether an upstream answer came between a client's question and its answer.
  private static func isInside(_ upstream: ResponseRecord, _ answer: ResponseRecord) -> Bool {
    guard answer.rttMicroseconds != .max else { return false }
    let (age, overflow) = answer.time.subtractingReportingOverflow(upstream.time)
    return !overflow && age >= 0 && age <= Int64(answer.rttMicroseconds) * 1_000 + 1_000
  }
}
