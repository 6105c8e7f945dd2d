import Bytes
import DNSWire
import Transactions

/// Questions that a resolver's host asked upstream although an answer in the resolver's name still held: what it has in
/// its cache it does not ask for, but for prefetching near the end.
struct EarlyResolutions {
  /// The questions by number, and the hosts by the address number that stands for each.
  private(set) var questions: Set<UInt32> = [], hosts: Set<UInt32> = []

  /// The first answer to clients since its host was told upstream, and the last one: records. Of more than two resolvers
  /// that are asked the same at the same time some are not watched.
  private struct Slot {
    var first = UInt32.max, last = UInt32.max
  }

  /// Questions and hosts that are looked at further: a resolver that forgets so much is not accused anyway.
  private static let questionLimit = 65_536, hostLimit = 64

  /// Looks through all responses once.
  init(_ investigation: Investigation) {
    let caseFile = investigation.caseFile, facts = caseFile.facts, records = caseFile.records
    // Without answers to clients nothing can be asked early.
    guard facts.contains(where: { $0.isAnswer && $0.answersClient }) else { return }
    let hostOf = EarlyResolutions.hosts(investigation),
      isResolver = EarlyResolutions.resolvers(hostOf, investigation)
    var slots: [Slot] = []
    for index in records.pass() where facts[Int(records.body(index))].isAnswer {
      let record = records[index], body = facts[Int(record.body)], question = body.question
      let asker = hostOf[Int(record.destination)]
      guard record.isOrdinary, asker != hostOf[Int(record.source)] else { continue }
      if Int(question) >= slots.count {
        slots.append(contentsOf: repeatElement(Slot(), count: Int(question) + 1 - slots.count))
      }
      if isResolver[Int(asker)], slots[Int(question)].last != .max {
        settle(&slots[Int(question)], question, asker, index, hostOf, caseFile)
      }
      if body.answersClient {
        let number = UInt32(truncatingIfNeeded: index)
        if slots[Int(question)].first == .max { slots[Int(question)].first = number }
        slots[Int(question)].last = number
      }
    }
  }

  /// Compares an answer to a host with what had been answered in its name.
  private mutating func settle(
    _ slot: inout Slot, _ question: UInt32, _ host: UInt32, _ source: Int, _ hostOf: [UInt32],
    _ caseFile: CaseFile
  ) {
    let isOwn = { (earlier: UInt32) in
      earlier != .max && hostOf[Int(caseFile.records[Int(earlier)].source)] == host
    }
    let asked = caseFile.queryTime(source), own = [slot.first, slot.last].filter(isOwn)
    if own.contains(where: { caseFile.holds(Int($0), at: asked) }) { note(question, host) }
    if isOwn(slot.first) { slot.first = .max }
    if isOwn(slot.last) { slot.last = slot.first }
  }

  /// The responses from and to each of the hosts, in frame order.
  func members(_ investigation: Investigation) -> [UInt32: [Int]] {
    let hostOf = EarlyResolutions.hosts(investigation)
    var members: [UInt32: [Int]] = [:]
    let isWanted = hostOf.map(hosts.contains)
    for (index, record) in investigation.caseFile.records.enumerated() {
      let (source, destination) = (Int(record.source), Int(record.destination))
      guard hostOf[source] != hostOf[destination] else { continue }
      if isWanted[source] { members[hostOf[source], default: []].append(index) }
      if isWanted[destination] { members[hostOf[destination], default: []].append(index) }
    }
    return members
  }

  /// Notes a question that a host asked early.
  private mutating func note(_ question: UInt32, _ host: UInt32) {
    guard hosts.contains(host) || hosts.count < EarlyResolutions.hostLimit,
      questions.count < EarlyResolutions.questionLimit
    else { return }
    hosts.insert(host)
    questions.insert(question)
  }

  /// For every address the number that stands for its host.
  private static func hosts(_ investigation: Investigation) -> [UInt32] {
    (0..<investigation.caseFile.addresses.count).map {
      investigation.resolutions.root(UInt32(truncatingIfNeeded: $0))
    }
  }

  /// Whether each host resolves for others.
  private static func resolvers(_ hostOf: [UInt32], _ investigation: Investigation) -> [Bool] {
    var isResolver = Array(repeating: false, count: hostOf.count)
    for address in hostOf.indices where investigation.roles.isResolver(UInt32(truncatingIfNeeded: address)) {
      isResolver[Int(hostOf[address])] = true
    }
    return isResolver
  }
}

extension BodyFacts {
  /// Whether it is an answer without an error, and whether a resolver answers somebody who asked for recursion.
  fileprivate var isAnswer: Bool { marks.contains(.noError) && question != BodyFacts.noQuestion }
  fileprivate var answersClient: Bool { marks.contains(.ra) && marks.contains(.rd) }
}

extension ResponseBody {
  /// Whether a resolver answers somebody who asked for recursion.
  var answersClient: Bool { flags.ra && flags.rd }
}

extension CaseFile {
  /// Part of its life in which an answer may be fetched anew, one in so many: the last tenth (Unbound `prefetch`); and
  /// nanoseconds that TTLs are uncertain by (catalogue, A1).
  private static let prefetchShare: Int64 = 10, slack: Int64 = 2_000_000_000

  /// Seconds that the data of a response may be kept: the lowest TTL, one with its first bit set as 0 (RFC 2181 §8).
  func lifetime(_ record: Int) -> UInt32 {
    var lowest = UInt32.max
    for rrset in answer(record).rrsets where rrset.section == .answer { lowest = min(lowest, rrset.ttl) }
    return lowest > UInt32(Int32.max) ? 0 : lowest
  }

  /// When the query of a response was captured; when the response was, where that is not known.
  func queryTime(_ record: Int) -> Timestamp {
    let response = records[record]
    guard response.rttMicroseconds != .max else { return time(record) }
    let (sent, overflow) = response.time.subtractingReportingOverflow(Int64(response.rttMicroseconds) * 1_000)
    return Timestamp(nanoseconds: overflow ? .min : sent)
  }

  /// Whether the data of an answer may be kept for a good while more at a later time.
  func holds(_ record: Int, at later: Timestamp) -> Bool {
    let age = later.distance(from: time(record)), whole = Int64(lifetime(record)) * 1_000_000_000
    return age >= 0 && whole - age > max(whole / CaseFile.prefetchShare, CaseFile.slack)
  }
}
