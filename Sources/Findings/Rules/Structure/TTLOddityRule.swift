import DNSWire
import Transactions

/// B9: an authority gives data with a TTL far above that of all its other answers to the question. Who poisons a cache
/// wants to stay there for long.
enum TTLOddityRule: CaseRule {
  /// The TTLs of the answers to one question: the longest, the next one below it, where the longest is, and how many.
  private struct Span {
    var longest: UInt32 = 0, next: UInt32 = 0, record = 0, count: UInt32 = 0

    /// Takes an answer.
    mutating func add(_ ttl: UInt32, _ index: Int) {
      count &+= 1
      if ttl > longest { (longest, next, record) = (ttl, longest, index) } else { next = max(next, ttl) }
    }
  }

  /// Other answers from which a habit is told; how many times as long, and how long at least, seconds (a day against
  /// minutes, as the catalogue has it).
  private static let least: UInt32 = 3, factor: UInt32 = 100, longTTL: UInt32 = 43_200

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    var spans: [Span] = [], ttls: [UInt32?] = Array(repeating: nil, count: caseFile.store.bodies.count)
    for (index, record) in caseFile.records.enumerated() where record.transaction == .answered {
      let body = caseFile.body(of: record)
      guard body.flags.aa, !body.flags.ra, let question = body.foldedQuestion else { continue }
      let ttl = ttls[Int(record.body)] ?? caseFile.data(index).map(\.ttl).max() ?? 0
      ttls[Int(record.body)] = ttl
      guard ttl > 0 else { continue }
      if Int(question) >= spans.count {
        spans.append(contentsOf: repeatElement(Span(), count: Int(question) + 1 - spans.count))
      }
      spans[Int(question)].add(ttl, index)
    }
    return spans.compactMap { span in
      guard span.count > least, span.longest >= longTTL, span.longest / factor >= max(span.next, 1) else {
        return nil
      }
      return caseFile.responses.contains(span.record) ? charge(span, caseFile) : nil
    }.sorted { ($0.records.first ?? 0) < ($1.records.first ?? 0) }
  }

  /// The charge of one answer.
  private static func charge(_ span: Span, _ caseFile: CaseFile) -> Charge? {
    var charge = Charge(
      .ttlOddity, .history, .supports, .low, .low,
      "\(caseFile.server(span.record)) gives data with a TTL of \(span.longest) s, and of at most \(span.next) s in \(span.count - 1) other answers to that question"
    )
    charge.records = [span.record]
    charge.benign = ["the zone's TTL was changed"]
    return charge
  }
}
