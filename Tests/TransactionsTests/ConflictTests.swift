import Testing

@testable import Transactions

@Suite("Responses with different data")
struct ConflictTests {
  @Test("to one query conflict: the first stays answered, and both share a group")
  func oneQuery() {
    var scene = Scene()
    let query = scene.query(at: 0, dnssecOK: false)
    let first = scene.response(at: 1, content: 1)
    let second = scene.response(at: 2, content: 2)
    #expect(scene.outcome(first)?.conflictGroup == nil)
    #expect(scene.words() == [.answered, .conflicting])
    #expect(scene.outcome(first)?.conflictGroup == 0)
    #expect(
      scene.outcome(second)
        == MatchOutcome(
          recordIndex: second, status: .conflicting, queryFrame: query, queryTime: scene.time(0),
          rttMicroseconds: 2_000, queryDO: false, sameCase: true, conflictGroup: 0))
  }

  @Test("to a query and its resend are two answers of a pool")
  func resend() {
    var scene = Scene()
    let queries = [scene.query(at: 0), scene.query(at: 1_000)]
    let answers = [scene.response(at: 1_010, content: 1), scene.response(at: 1_020, content: 2)]
    #expect(scene.words() == [.answered, .answered])
    #expect(answers.map { scene.outcome($0)?.queryFrame } == queries)
    #expect(answers.allSatisfy { scene.outcome($0)?.conflictGroup == nil })
  }

  @Test("conflict when there is one more than queries, and all of them share the group")
  func oneMoreThanQueries() {
    var scene = Scene()
    scene.query(at: 0)
    scene.query(at: 1_000)
    let answers = (1...3).map { scene.response(at: 1_010 + Double($0), content: UInt32($0)) }
    #expect(scene.words() == [.answered, .answered, .conflicting])
    #expect(answers.map { scene.outcome($0)?.conflictGroup } == [0, 0, 0])
  }

  @Test("are counted by data: a repeated one takes no query from another")
  func repeatedDataTakesNoQuery() {
    var scene = Scene()
    scene.query(at: 0)
    scene.query(at: 1_000)
    for (i, content) in [1, 1, 2, 3].enumerated() {
      scene.response(at: 1_010 + Double(i), content: UInt32(content))
    }
    #expect(scene.words() == [.answered, .duplicate, .answered, .conflicting])
  }

  @Test("conflict in groups of their own for each transaction")
  func groups() {
    var scene = Scene()
    for i in 0..<3 {
      scene.query(at: Double(i) * 100, id: UInt16(i))
      scene.response(at: Double(i) * 100 + 1, id: UInt16(i), content: 1)
      scene.response(at: Double(i) * 100 + 2, id: UInt16(i), content: 2)
    }
    scene.finish()
    #expect((0..<6).map { scene.outcome($0)?.conflictGroup } == [0, 0, 1, 1, 2, 2])
    #expect(scene.table.counters.conflicts == 3)
  }

  @Test("to a new query after the answer are answers each, as a resolver with TTL 0 asks again")
  func newQueryAfterTheAnswer() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1)
    let query = scene.query(at: 100)
    let second = scene.response(at: 101, content: 2)
    #expect(scene.words() == [.answered, .answered])
    #expect(scene.outcome(second)?.queryFrame == query)
  }

  @Test("to a new query conflict although the one before had an answer to itself")
  func rivalOfTheSecondQuery() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1)
    scene.query(at: 100)
    scene.response(at: 101, content: 2)
    scene.response(at: 102, content: 3)
    #expect(scene.words() == [.answered, .answered, .conflicting])
  }

  @Test("an answer that the query before had already is a duplicate of that one, no conflict")
  func dataOfTheQueryBefore() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1)
    scene.query(at: 100)
    scene.response(at: 101, content: 2)
    let late = scene.response(at: 102, content: 1)
    #expect(scene.words() == [.answered, .answered, .duplicate])
    #expect(scene.outcome(late)?.duplicateOf == 0)
  }

  @Test("conflict within 15 s of the query, and are late after that")
  func window() {
    for (time, word) in [(15_000, TransactionStatus.conflicting), (15_000.001, .late)] {
      var scene = Scene()
      scene.query(at: 0)
      scene.response(at: 1, content: 1)
      scene.response(at: time, content: 2)
      #expect(scene.words() == [.answered, word])
    }
  }

  @Test("a copy of the rival that comes while the rival waits is a duplicate of it")
  func repeatedRival() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1)
    let rival = scene.response(at: 2, content: 2)
    let again = scene.response(at: 20, content: 2)
    #expect(scene.words() == [.answered, .conflicting, .duplicate])
    #expect(scene.outcome(again)?.duplicateOf == rival)
    #expect(scene.outcome(again)?.isMirrorCopy == false)
  }

  @Test("an answer without a question conflicts with one that has it")
  func withoutQuestion() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1)
    scene.response(at: 2, question: nil, content: 2)
    #expect(scene.words() == [.answered, .conflicting])
  }
}
