import Bytes
import Packets
import Testing

@testable import Transactions

@Suite("Random captures")
struct RandomTests {
  @Test(
    "with few keys, so that every rule meets every other, come out as the slow rules say", arguments: 0..<40)
  func fewKeys(seed: UInt64) { compare(RandomCapture(seed: seed, ports: 3, ids: 2, count: 400)) }

  @Test(
    "with many keys, so that the table grows and wraps around, come out as the slow rules say",
    arguments: 0..<2)
  func manyKeys(seed: UInt64) {
    compare(RandomCapture(seed: 1_000 + seed, ports: 200, ids: 40, count: 4_000))
  }

  @Test("hold every word there is, mirrored copies and conflicts")
  func everyWord() {
    let all = (0..<40).flatMap { RandomCapture(seed: $0, ports: 3, ids: 2, count: 400).outcomes().values }
    for status in TransactionStatus.allCases { #expect(all.filter { $0.status == status }.count > 20) }
    #expect(all.filter(\.isMirrorCopy).count > 20)
    #expect(all.contains { $0.status == .answered && $0.conflictGroup != nil })
  }

  @Test("come out the same from two tables, whose hash keys differ in other processes")
  func same() {
    let capture = RandomCapture(seed: 5, ports: 20, ids: 20, count: 3_000)
    #expect(capture.outcomes() == capture.outcomes())
  }

  /// Compares the table with the oracle, response by response.
  private func compare(_ capture: RandomCapture) {
    var oracle = Oracle()
    for message in capture.messages { oracle.receive(message) }
    oracle.finish()
    let outcomes = capture.outcomes()
    #expect(outcomes.count == oracle.outcomes.count)
    for (record, outcome) in oracle.outcomes.sorted(by: { $0.key < $1.key })
    where outcomes[record]?.withoutMarks != outcome {
      Issue.record("response \(record): table \(String(describing: outcomes[record])), rules \(outcome)")
      return
    }
  }
}

/// A capture of nonsense in which everything happens: resends, mirrored copies, rivals, reordering, clock steps.
private struct RandomCapture {
  var messages: [Observation] = []

  /// Draws a capture from a seed.
  init(seed: UInt64, ports: Int, ids: Int, count: Int) {
    var random = SplitMix64(state: seed), time: Int64 = 1_700_000_000_000_000_000, records = 0
    for frame in 1...count {
      time += RandomCapture.step(&random)
      var message = RandomCapture.message(&random, ports: ports, ids: ids, frame: frame, time: time)
      if random.below(100) < 20, let last = messages.last {
        message = last
        (message.frame, message.time) = (frame, Timestamp(nanoseconds: time))
        if random.below(4) == 0 { message.ipID = random.below(4) == 0 ? nil : UInt32(frame) }
      }
      message.recordIndex = message.isResponse ? records : -1
      records += message.isResponse ? 1 : 0
      messages.append(message)
    }
  }

  /// Nanoseconds to the next message; now and then back, and rarely far.
  private static func step(_ random: inout SplitMix64) -> Int64 {
    switch random.below(1_000) {
    case 0: -40_000_000_000
    case 1: 4_000_000_000_000
    case 2..<6: -3_000_000_000
    case 6..<20: Int64(random.below(30_000)) * 1_000_000
    case 20..<80: Int64(random.below(4_000)) * 1_000_000
    case 80..<150: -Int64(random.below(8)) * 1_000_000
    case 150..<250: 5_000_000
    case 250..<400: Int64(random.below(60)) * 1_000_000
    default: Int64(random.below(2_000)) * 1_000
    }
  }

  /// A message of a random kind.
  private static func message(
    _ random: inout SplitMix64, ports: Int, ids: Int, frame: Int, time: Int64
  ) -> Observation {
    let isResponse = random.below(5) < 3, tcp = random.below(5) == 0
    let flow = Scene.flow(port: UInt16(1_024 + random.below(ports)), over: tcp ? .tcp : .udp)
    let question = random.below(20) == 0 ? UInt32.max : UInt32(random.below(8) == 0 ? 2 : 1)
    let spelled = question == .max ? question : question * 10 + UInt32(random.below(2))
    let content = isResponse ? UInt32(random.below(4)) : .max, tc = isResponse && random.below(8) == 0
    let id = UInt16(random.below(ids))
    return Observation(
      recordIndex: -1, frame: frame, time: Timestamp(nanoseconds: time),
      flow: isResponse ? flow.reversed : flow,
      id: id, isResponse: isResponse, tc: tc, isTransfer: tcp && random.below(4) == 0, questionID: spelled,
      foldedQuestionID: question, contentID: content,
      bodyHash: UInt64(content) << 32 | UInt64(spelled) << 8 | UInt64(id) << 1 | (tc ? 1 : 0),
      ipID: random.below(10) == 0 ? nil : UInt32(frame), network: NetworkTraits(),
      dnssecOK: random.below(3) == 0 ? nil : random.below(2) == 0)
  }

  /// What the table says in the end of each response.
  func outcomes() -> [Int: MatchOutcome] {
    var limits = TransactionLimits()
    limits.perKey = 255
    var table = TransactionTable(limits: limits), last: [Int: MatchOutcome] = [:]
    for message in messages { table.receive(message) { last[$0.recordIndex] = $0 } }
    table.finish { last[$0.recordIndex] = $0 }
    return last
  }
}

/// Sebastiano Vigna's splitmix64.
private struct SplitMix64 {
  var state: UInt64

  /// A number from 0 up to a bound.
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ z >> 31) % UInt64(bound))
  }
}
