import DNSWire
import Findings
import Transactions

/// Numbers the distinct combinations of what a response says, who sent it and how it was asked for: all that its
/// judgement depends on besides time.
struct ResponseCases: Sendable {
  /// One combination.
  struct Case: Sendable {
    /// A body that says it, the server, and how it was asked for and came.
    let body: BodyID, server: UInt32, traits: ResponseTraits
  }

  /// The combinations, in order of first sight.
  private(set) var cases: [Case] = []
  /// For every record, the number of its combination.
  private(set) var numbers: [UInt32] = []

  /// The traits that a judgement depends on, or what rules make of it.
  private static let judgedTraits: ResponseTraits = [.cut, .damaged, .querySeen, .queryDO, .wantsAD]

  /// Numbers the combinations among the records of a collector.
  init(_ collector: MessageCollector) {
    var known: [Key: UInt32] = [:], first: [UInt32] = []
    let records = collector.records, essences = collector.store.bodies.map(\.essence)
    let judged = ResponseCases.judgedTraits.rawValue
    numbers.reserveCapacity(records.count)
    for index in records.pass() {
      let record = records[index], traits = ResponseTraits(rawValue: record.traits.rawValue & judged)
      let essence = Int(essences[Int(record.body)])
      while first.count <= essence { first.append(.max) }
      // Most things are said by one server, asked in one way: these are found without a hash.
      if first[essence] != .max, cases[Int(first[essence])].isSame(record.source, traits) {
        numbers.append(first[essence])
        continue
      }
      if first[essence] == .max {
        first[essence] = add(record, traits)
        numbers.append(first[essence])
        continue
      }
      let key = Key(high: UInt64(essence) << 32 | UInt64(record.source), low: traits.rawValue)
      let number = known[key] ?? add(record, traits)
      known[key] = number
      numbers.append(number)
    }
  }

  /// Numbers a new combination.
  private mutating func add(_ record: ResponseRecord, _ traits: ResponseTraits) -> UInt32 {
    let number = UInt32(truncatingIfNeeded: cases.count)
    cases.append(Case(body: BodyID(rawValue: record.body), server: record.source, traits: traits))
    return number
  }

  /// A combination as it is looked up: essence and server, then traits.
  private struct Key: Hashable {
    let high: UInt64, low: UInt8
  }
}

extension ResponseCases.Case {
  /// Whether it is that of a server and these traits.
  fileprivate func isSame(_ server: UInt32, _ traits: ResponseTraits) -> Bool {
    self.server == server && self.traits.rawValue == traits.rawValue
  }
}
