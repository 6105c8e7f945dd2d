import Transactions

/// Responses of a part of a run by who sent them to whom: one pass for all that is asked of them, where each charge made
/// one of its own.
struct Conversations {
  private var pairs = PairTable()
  /// Responses, those of one pair side by side and in frame order; by the number of a pair where its own end.
  private var members: [UInt32], ends: [Int] = []

  /// Responses of one pair that are handed over: what a finding lists.
  private static let limit = Finding.frameLimit

  /// Looks through the responses twice: to count those of each pair, and to put them there.
  init(_ caseFile: CaseFile) {
    members = Array(repeating: 0, count: caseFile.responses.count)
    var numbers: [UInt32] = []
    numbers.reserveCapacity(members.count)
    for index in caseFile.pass {
      let record = caseFile.records[index], (pair, isNew) = pairs.number(record.source, record.destination)
      if isNew { ends.append(0) }
      ends[pair] += 1
      numbers.append(UInt32(truncatingIfNeeded: pair))
    }
    var start = 0
    for pair in ends.indices { (ends[pair], start) = (start, start + ends[pair]) }
    for (offset, pair) in numbers.enumerated() {
      members[ends[Int(pair)]] = UInt32(truncatingIfNeeded: caseFile.responses.lowerBound + offset)
      ends[Int(pair)] += 1
    }
  }

  /// The first responses of a server to a host after another one, in frame order.
  func responses(from server: UInt32, to host: UInt32, after record: Int) -> [Int] {
    guard let pair = pairs.find(server, host) else { return [] }
    var low = pair > 0 ? ends[pair - 1] : 0, high = ends[pair]
    while low < high {
      let middle = (low + high) / 2
      if Int(members[middle]) <= record { low = middle + 1 } else { high = middle }
    }
    return members[low..<ends[pair]].prefix(Conversations.limit).map { Int($0) }
  }
}
