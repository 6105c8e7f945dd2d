import Testing

@testable import Transactions

@Suite("A response that was captured before its query")
struct ReorderTests {
  @Test("waits, and is answered when the query comes within 50 ms")
  func mended() {
    var scene = Scene()
    let response = scene.response(at: 0)
    #expect(scene.outcome(response) == nil)
    let query = scene.query(at: 50)
    #expect(
      scene.outcome(response)
        == MatchOutcome(
          recordIndex: response, status: .answered, queryFrame: query, queryTime: scene.time(50),
          queryDO: false, sameCase: true))
  }

  @Test("is given up when the query comes later than that, or when the capture ends")
  func givenUp() {
    var scene = Scene()
    let first = scene.response(at: 0)
    scene.query(at: 50.000001)
    #expect(scene.outcome(first)?.status == .unknown)
    let last = scene.response(at: 60, id: 9)
    #expect(scene.outcome(last) == nil)
    scene.finish()
    #expect(scene.outcome(last)?.status == .unknown)
    #expect(scene.table.counters.openAtEnd == 1)
  }

  @Test("has its round-trip time when only the order of packets, not their times, is wrong")
  func rightTimes() {
    var scene = Scene()
    let response = scene.response(at: 3)
    scene.query(at: 1)
    #expect(scene.outcome(response)?.rttMicroseconds == 2_000)
  }

  @Test("two of them with different data and one query conflict")
  func twoAnswersThenTheQuery() {
    var scene = Scene()
    scene.response(at: 0, content: 1)
    scene.response(at: 1, content: 2)
    scene.query(at: 2)
    #expect(scene.words() == [.answered, .conflicting])
  }

  @Test("two of them with the same data and one query are answer and duplicate, in their order")
  func twiceThenTheQuery() {
    var scene = Scene()
    scene.response(at: 0)
    scene.response(at: 1)
    scene.query(at: 2)
    #expect(scene.words() == [.answered, .duplicate])
  }

  @Test("two of them with different data and two queries are answers")
  func twoAnswersThenTwoQueries() {
    var scene = Scene()
    let responses = [scene.response(at: 0, content: 1), scene.response(at: 1, content: 2)]
    let queries = [scene.query(at: 2), scene.query(at: 3)]
    #expect(scene.words() == [.answered, .answered])
    #expect(responses.map { scene.outcome($0)?.queryFrame } == queries)
  }

  @Test(
    "a rival is no conflict when its own query comes within 50 ms after it, and is one when it comes later")
  func rivalWithItsOwnQuery() {
    for (time, word) in [(60, TransactionStatus.answered), (60.000001, .conflicting)] {
      var scene = Scene()
      scene.query(at: 0)
      scene.response(at: 5, content: 1)
      scene.response(at: 10, content: 2)
      scene.query(at: time)
      #expect(scene.words() == [.answered, word])
    }
  }

  @Test("waits apart from others: only its own query ends the wait")
  func others() {
    var scene = Scene()
    let responses = (0..<10).map { scene.response(at: Double($0), id: UInt16($0)) }
    scene.query(at: 20, id: 4)
    #expect(responses.filter { scene.outcome($0) != nil } == [4])
  }
}
