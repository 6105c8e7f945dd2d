import DNSWire

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

  /// The traits that a judgement depends on.
  private static let judgedTraits: ResponseTraits = [.cut, .damaged, .querySeen, .queryDO]

  /// Numbers the combinations among the records of a collector.
  init(_ collector: MessageCollector) {
    var known: [Key: UInt32] = [:]
    numbers.reserveCapacity(collector.records.count)
    for record in collector.records {
      let traits = record.traits.intersection(ResponseCases.judgedTraits),
        body = BodyID(rawValue: record.body)
      let essence = collector.store.body(body).essence
      let key = Key(high: UInt64(essence) << 32 | UInt64(record.source), low: traits.rawValue)
      if let number = known[key] {
        numbers.append(number)
      } else {
        let number = UInt32(truncatingIfNeeded: cases.count)
        known[key] = number
        numbers.append(number)
        cases.append(Case(body: body, server: record.source, traits: traits))
      }
    }
  }

  /// A combination as it is looked up: essence and server, then traits.
  private struct Key: Hashable {
    let high: UInt64, low: UInt8
  }
}
