import Packets
import Testing

@testable import Transactions

@Suite("A zone transfer")
struct TransferTests {
  private let tcp = Scene.flow(over: .tcp)

  @Test("has many answers to one query over TCP, with and without a question, and none conflicts")
  func manyAnswers() {
    var scene = Scene()
    let query = scene.query(at: 0, tcp, isTransfer: true)
    for i in 0..<100 {
      scene.response(
        at: 1 + Double(i), tcp, question: i == 0 ? 1 : nil, content: UInt32(i % 60), isTransfer: i == 0)
    }
    #expect(scene.said.allSatisfy { $0.status == .answered && $0.queryFrame == query })
    #expect(scene.said.count == 100)
    #expect(scene.table.counters.conflicts == 0)
  }

  @Test("may last: it is remembered 30 s after its latest message, and not a moment longer")
  func lasting() {
    var scene = Scene()
    scene.query(at: 0, tcp, isTransfer: true)
    for second in stride(from: 10, through: 600, by: 10) {
      scene.response(at: Double(second) * 1_000, tcp, question: nil, content: UInt32(second))
      scene.query(at: Double(second) * 1_000, id: UInt16(second))
    }
    scene.response(at: 630_000, tcp, question: nil, content: 1)
    scene.response(at: 660_000.001, tcp, question: nil, content: 2)
    let words = scene.words()
    #expect(words.dropLast().allSatisfy { $0 == .answered })
    #expect(words.last == .unsolicited)
  }

  @Test("does not hold back what lies behind it in the table")
  func holdsNothingBack() {
    var limits = TransactionLimits()
    limits.transactions = 100
    var scene = Scene(limits: limits)
    scene.query(at: 0, tcp, isTransfer: true)
    for i in 1..<1_000 {
      scene.response(at: Double(i) * 1_000, tcp, question: nil, content: UInt32(i))
      scene.query(at: Double(i) * 1_000, id: UInt16(i))
    }
    #expect(scene.table.counters.evicted == 0)
  }

  @Test("over UDP (IXFR) is like any other query")
  func overUDP() {
    var scene = Scene()
    scene.query(at: 0, isTransfer: true)
    scene.response(at: 1, content: 1, isTransfer: true)
    scene.response(at: 2, content: 2, isTransfer: true)
    #expect(scene.words() == [.answered, .conflicting])
  }

  @Test("asked again with the same ID on the same connection gets its own messages")
  func again() {
    var scene = Scene()
    scene.query(at: 0, tcp, isTransfer: true)
    scene.response(at: 1, tcp, content: 1, isTransfer: true)
    let second = scene.query(at: 100, tcp, isTransfer: true)
    let response = scene.response(at: 101, tcp, content: 1, isTransfer: true)
    #expect(scene.outcome(response)?.queryFrame == second)
  }
}
