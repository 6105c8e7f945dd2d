import Testing

@testable import Transactions

@Suite("A response to another question")
struct MismatchTests {
  @Test("with the flow and ID of an open query is mismatched, and names that query")
  func mismatched() {
    var scene = Scene()
    let query = scene.query(at: 0, dnssecOK: true)
    let response = scene.response(at: 1, question: 2)
    scene.finish()
    #expect(
      scene.outcome(response)
        == MatchOutcome(
          recordIndex: response, status: .mismatched, queryFrame: query, queryTime: scene.time(0)))
  }

  @Test("leaves the query open for its true answer")
  func leavesTheQueryOpen() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, question: 2)
    scene.response(at: 2)
    #expect(scene.words() == [.mismatched, .answered])
  }

  @Test("is mismatched for the 15 s in which the query is open, and not a moment longer")
  func window() {
    for (time, word) in [(15_000, TransactionStatus.mismatched), (15_000.001, .unsolicited)] {
      var scene = Scene()
      scene.query(at: 0)
      scene.response(at: time, question: 2)
      #expect(scene.words() == [word])
    }
  }

  @Test("fits the new question of a client that uses its port and ID again")
  func reusedID() {
    var scene = Scene()
    let queries = [scene.query(at: 0, question: 1), scene.query(at: 10, question: 2)]
    let responses = [scene.response(at: 20, question: 1), scene.response(at: 21, question: 2)]
    #expect(scene.words() == [.answered, .answered])
    #expect(responses.map { scene.outcome($0)?.queryFrame } == queries)
  }

  @Test("waits for its own query, which a mirrored capture may hold after it")
  func waits() {
    var scene = Scene()
    scene.query(at: 0, question: 1)
    let response = scene.response(at: 1, question: 2)
    let query = scene.query(at: 2, question: 2)
    #expect(scene.words() == [.answered])
    #expect(scene.outcome(response)?.queryFrame == query)
  }

  @Test("is unknown where so many share the key that its query may have been forgotten")
  func crowded() {
    for (queries, word) in [(15, TransactionStatus.mismatched), (16, .unknown)] {
      var scene = Scene()
      for i in 0..<queries { scene.query(at: 16_000 + Double(i), question: UInt32(10 + i)) }
      scene.response(at: 16_100, question: 2)
      #expect(scene.words() == [word])
    }
  }
}
