import Testing

@testable import Transactions

@Suite("A query with the addresses, ports, ID and question of an earlier one")
struct ReuseTests {
  @Test("repeats that one within 15 s while no response has come")
  func resend() {
    var scene = Scene()
    scene.query(at: 0)
    scene.query(at: 15_000)
    #expect(scene.table.counters.resends == 1)
  }

  @Test("is a new one after that, or when the earlier one has its response")
  func new() {
    var scene = Scene()
    scene.query(at: 0)
    scene.query(at: 15_000.001)
    scene.response(at: 15_001)
    scene.query(at: 15_002)
    #expect(scene.table.counters.resends == 0)
  }

  @Test("after its answer on the same TCP connection has an answer of its own with the same data")
  func answeredAgain() {
    var scene = Scene()
    for i in 0..<5 {
      let query = scene.query(at: Double(i) * 10, Scene.flow(over: .tcp))
      let response = scene.response(at: Double(i) * 10 + 1, Scene.flow(over: .tcp))
      #expect(scene.outcome(response)?.status == .answered)
      #expect(scene.outcome(response)?.queryFrame == query)
    }
  }

  @Test("gives the first answer to the first query, so that a resend makes no slow server look fast")
  func slowServer() {
    var scene = Scene()
    let first = scene.query(at: 0)
    scene.query(at: 5_000)
    let response = scene.response(at: 5_001)
    #expect(scene.outcome(response)?.queryFrame == first)
    #expect(scene.outcome(response)?.rttMicroseconds == 5_001_000)
  }

  @Test("gives the answers to the queries in their order, whatever their number")
  func manyResends() {
    var scene = Scene()
    let queries = (0..<6).map { scene.query(at: Double($0) * 100, spelling: UInt32($0)) }
    let responses = (0..<6).map {
      scene.response(at: 600 + Double($0), spelling: UInt32($0), content: UInt32($0))
    }
    let again = scene.response(at: 620, content: 3)
    #expect(scene.words() == Array(repeating: .answered, count: 6) + [.duplicate])
    #expect(responses.map { scene.outcome($0)?.queryFrame } == queries)
    #expect(responses.allSatisfy { scene.outcome($0)?.sameCase == true })
    #expect(scene.outcome(again)?.queryFrame == queries[3])
  }
}
