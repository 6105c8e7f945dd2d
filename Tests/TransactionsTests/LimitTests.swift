import Bytes
import Testing

@testable import Transactions

@Suite("The table's bounds")
struct LimitTests {
  /// Limits with one of them changed.
  private func limits(_ change: (inout TransactionLimits) -> Void) -> TransactionLimits {
    var limits = TransactionLimits()
    change(&limits)
    return limits
  }

  @Test("as many transactions as the limit are kept; one more, and the oldest is evicted and counted")
  func transactions() {
    for (count, evicted, word) in [(10, 0, TransactionStatus.answered), (11, 1, .unknown)] {
      var scene = Scene(limits: limits { $0.transactions = 10 })
      for id in 0..<count { scene.query(at: 20_000, id: UInt16(id)) }
      #expect(scene.table.counters.evicted == evicted)
      scene.response(at: 20_001, id: 0)
      scene.response(at: 20_001, id: 1)
      #expect(scene.words() == [word, .answered])
    }
  }

  @Test("as many responses wait as the limit says; one more, and the first is judged at once")
  func waiting() {
    var scene = Scene(limits: limits { $0.waiting = 10 })
    for id in 0..<10 { scene.response(at: 0, id: UInt16(id)) }
    #expect(scene.said.isEmpty)
    #expect(scene.table.counters.hurried == 0)
    scene.response(at: 0, id: 10)
    #expect(scene.said.map(\.recordIndex) == [0])
    #expect(scene.table.counters.hurried == 1)
  }

  @Test("sixteen transactions share a key; one more, and the oldest of them is evicted, while others stay")
  func perKey() {
    var scene = Scene()
    scene.query(at: 0, id: 9)
    for question in 0..<16 { scene.query(at: 1, question: UInt32(question)) }
    #expect(scene.table.counters.evicted == 0)
    scene.query(at: 2, question: 16)
    #expect(scene.table.counters.evicted == 1)
    scene.response(at: 3, question: 0)
    scene.response(at: 3, question: 1)
    scene.response(at: 3, id: 9)
    #expect(scene.words() == [.unknown, .answered, .answered])
  }

  @Test("sixteen responses with one key wait; one more, and the first of them is judged at once")
  func waitingPerKey() {
    var scene = Scene()
    scene.response(at: 0, id: 9)
    for content in 0..<16 { scene.response(at: 1, content: UInt32(content)) }
    #expect(scene.said.isEmpty)
    scene.response(at: 1, content: 16)
    #expect(scene.said.map(\.recordIndex) == [1])
  }

  @Test("sixteen answers of a transaction are told apart; the data of a seventeenth are not kept")
  func answers() {
    var scene = Scene()
    scene.query(at: 0)
    for content in 0..<17 { scene.response(at: 1 + Double(content) * 60, content: UInt32(content)) }
    let known = scene.response(at: 2_000, content: 15)
    let unknown = scene.response(at: 2_001, content: 16)
    scene.finish()
    #expect(scene.outcome(known)?.status == .duplicate)
    #expect(scene.outcome(unknown)?.status == .conflicting)
    #expect(scene.table.counters.unkept == 2)
    #expect((0..<17).allSatisfy { scene.outcome($0)?.conflictGroup == 0 })
  }

  @Test("sixteen queries of a transaction keep their frames; further ones count as queries all the same")
  func resends() {
    var scene = Scene()
    let queries = (0..<18).map { scene.query(at: Double($0)) }
    #expect(scene.table.counters.unkept == 2)
    let responses = (0..<19).map { scene.response(at: 20 + Double($0), content: UInt32($0)) }
    #expect(scene.words() == Array(repeating: .answered, count: 18) + [.conflicting])
    #expect(responses.prefix(18).map { scene.outcome($0)?.queryFrame } == queries.prefix(16) + [16, 16])
  }

  @Test("the notes of all transactions share a pool, which is free again when they end")
  func notes() {
    var scene = Scene(limits: limits { $0.notes = 4 })
    for id in 0..<5 { for time in [0, 1] { scene.query(at: Double(time), id: UInt16(id)) } }
    #expect(scene.table.counters.unkept == 1)
    for id in 0..<4 { for time in [40_000, 40_001] { scene.query(at: Double(time), id: UInt16(id)) } }
    #expect(scene.table.counters.unkept == 1)
  }

  @Test("a flood of distinct queries and of responses that nobody asked for is held within the bounds")
  func floods() {
    var scene = Scene(
      limits: limits {
        ($0.transactions, $0.waiting, $0.notes) = (3_000, 500, 100)
      })
    for i in 0..<20_000 {
      let flow = Scene.flow(port: UInt16(i % 60_000))
      scene.query(at: Double(i) / 100, flow, question: UInt32(i))
      scene.response(at: Double(i) / 100, flow, id: 8, question: UInt32(i))
    }
    #expect(scene.table.transactions.count == 3_000)
    #expect(scene.table.waiting.count == 500)
    #expect(scene.table.counters.evicted == 17_000)
    #expect(scene.table.counters.hurried == 19_500)
    #expect(scene.said.count == 19_500)
    scene.finish()
    #expect(scene.said.count == 20_000)
  }

  @Test("a flood of differing answers to one query is one conflict")
  func rivals() {
    var scene = Scene()
    scene.query(at: 0)
    for i in 0..<5_000 { scene.response(at: 1 + Double(i) / 1_000, content: UInt32(i)) }
    let words = scene.words()
    #expect(words.first == .answered)
    #expect(words.dropFirst().allSatisfy { $0 == .conflicting })
    #expect(scene.table.counters.conflicts == 1)
    #expect(scene.said.last?.conflictGroup == 0)
  }

  @Test("the memory is what the limits say")
  func memory() {
    #expect(KeyedRing<Transaction>.bytesPerElement <= 104)
    #expect(KeyedRing<Observation>.bytesPerElement <= 176)
    #expect(MemoryLayout<Sequel>.stride + MemoryLayout<UInt32>.stride <= 44)
    #expect(MemoryLayout<(QueryNote, UInt32)>.stride <= 40)
    #expect(MemoryLayout<(AnswerNote, UInt32)>.stride <= 40)
  }
}
