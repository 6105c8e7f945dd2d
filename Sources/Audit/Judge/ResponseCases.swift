import DNSWire

/// Numbers the distinct combinations of what a response says, who sent it and how it was asked for: all that its
/// judgement depends on besides time.
struct ResponseCases: Sendable {
  /// One combination.
  struct Case: Sendable {
    let body: UInt32, server: UInt32, traits: ResponseTraits
  }

  /// The combinations, in order of first sight.
  private(set) var cases: [Case] = []
  /// For every record, the number of its combination.
  private(set) var numbers: [UInt32] = []

  /// The traits that a judgement depends on.
  private static let judgedTraits: ResponseTraits = [.cut, .damaged, .querySeen, .queryDO]

  /// Numbers the combinations of records.
  init(_ records: [ResponseRecord]) {
    var known: [Key: UInt32] = [:]
    numbers.reserveCapacity(records.count)
    for record in records {
      let traits = record.traits.intersection(ResponseCases.judgedTraits)
      let key = Key(high: UInt64(record.body) << 32 | UInt64(record.source), low: traits.rawValue)
      if let number = known[key] {
        numbers.append(number)
      } else {
        let number = UInt32(truncatingIfNeeded: cases.count)
        known[key] = number
        numbers.append(number)
        cases.append(Case(body: record.body, server: record.source, traits: traits))
      }
    }
  }

  /// A combination as it is looked up: body and server, then traits.
  private struct Key: Hashable {
    let high: UInt64, low: UInt8
  }
}
