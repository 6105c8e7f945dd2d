import Bytes
import DNSWire
import Packets

/// A1: honest hosts pass forged data on.
enum PoisonServedRule: AftermathRule {
  /// Seconds by which a TTL may miss its countdown: caches round, and an answer waits in queues (catalogue, A1).
  private static let slack: Int64 = 2
  /// Forged copies of one RRset that an answer is compared with, and comparisons that are told.
  private static let copyLimit = 256, told = 16

  static func charge(_ story: PoisonStory, _ outcome: AttackOutcome, _ investigation: Investigation)
    -> Charge?
  {
    let caseFile = investigation.caseFile
    guard let first = story.served.first else { return nil }
    let origins = origins(story, caseFile)
    let copies = story.served.prefix(Finding.frameLimit).compactMap { copy($0, story, origins, caseFile) }
    let counting = copies.count { $0.isCountingDown }
    let clients = Set(story.served.map { caseFile.records[$0].destination }).count
    let servers = Set(story.served.map { caseFile.records[$0].source }).count
    let from = servers == 1 ? "\(caseFile.server(first))" : "\(servers) hosts"
    var charge = Charge(
      .poisonServed, .history, .follows, .critical, counting > 0 || copies.isEmpty ? .high : .medium,
      "\(counted(story.served.count, "answer")) of \(from) \(story.served.count == 1 ? "passes" : "pass") forged data on to \(counted(clients, "host")), the first in frame \(caseFile.packet(first).number)"
    )
    charge.records = story.served
    charge.arithmetic = copies.prefix(told).map { (.history, $0.text) }
    charge.facts = [
      ("countdowns_compared", .number(copies.count)), ("countdowns_that_fit", .number(counting)),
      ("denials", .number(story.served.prefix(Finding.frameLimit).count - copies.count)),
    ]
    charge.benign = ["the data are true, and the answer that was taken for genuine is not"]
    charge.references = ["RFC 2181 §5.2", "RFC 5452"]
    return charge
  }

  /// A forged copy of an RRset, and an answer that passes it on.
  private struct Copy {
    var isCountingDown: Bool, text: String
  }

  /// Forged copies of each RRset, in frame order, that a host would have taken.
  private static func origins(_ story: PoisonStory, _ caseFile: CaseFile) -> [RRsetID: [(
    record: Int, ttl: UInt32
  )]] {
    var origins: [RRsetID: [(record: Int, ttl: UInt32)]] = [:]
    for record in story.forged {
      guard [.answered, .conflicting].contains(caseFile.records[record].transaction) else { continue }
      for rrset in caseFile.answer(record).rrsets where story.rrsets.contains(rrset.rrset) {
        guard (origins[rrset.rrset]?.count ?? 0) < copyLimit else { continue }
        origins[rrset.rrset, default: []].append((record, rrset.ttl))
      }
    }
    return origins
  }

  /// The arithmetic of one answer; nil for a denial and where the forged copy was not captured.
  private static func copy(
    _ record: Int, _ story: PoisonStory, _ origins: [RRsetID: [(record: Int, ttl: UInt32)]],
    _ caseFile: CaseFile
  ) -> Copy? {
    guard let rrset = caseFile.answer(record).rrsets.first(where: { origins[$0.rrset] != nil }) else {
      return nil
    }
    let before = (origins[rrset.rrset] ?? []).filter { $0.record < record }
    let missed = before.map { origin in
      Int64(rrset.ttl) - (Int64(origin.ttl) - age(of: origin.record, at: record, caseFile))
    }
    guard let best = missed.indices.min(by: { (missed[$0].magnitude, $1) < (missed[$1].magnitude, $0) })
    else { return nil }
    let origin = before[best], fits = missed[best].magnitude <= UInt64(slack)
    let seconds = age(of: origin.record, at: record, caseFile)
    let store = caseFile.store.rrsets
    let subject = "\(store.owner(of: rrset.rrset)) \(store.type(of: rrset.rrset).mnemonic)"
    let result = fits ? "it counts down from the forged one" : "\(missed[best].magnitude) s off a countdown"
    return Copy(
      isCountingDown: fits,
      text:
        "frame \(caseFile.packet(record).number) has \(subject) with TTL \(rrset.ttl), \(seconds) s after frame \(caseFile.packet(origin.record).number) with TTL \(origin.ttl): \(result)"
    )
  }

  /// Seconds from one response to a later one, to the nearest.
  private static func age(of origin: Int, at record: Int, _ caseFile: CaseFile) -> Int64 {
    let nanoseconds = caseFile.time(record).distance(from: caseFile.time(origin))
    return nanoseconds / 1_000_000_000 + (nanoseconds % 1_000_000_000 >= 500_000_000 ? 1 : 0)
  }
}
