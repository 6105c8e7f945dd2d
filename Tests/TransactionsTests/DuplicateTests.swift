import Testing

@testable import Transactions

@Suite("A response with the data of an earlier one")
struct DuplicateTests {
  @Test("is a duplicate of it, and no mirrored copy, when another packet brings it")
  func resent() {
    var scene = Scene()
    let query = scene.query(at: 0)
    let first = scene.response(at: 1)
    let second = scene.response(at: 3)
    #expect(
      scene.outcome(second)
        == MatchOutcome(
          recordIndex: second, status: .duplicate, queryFrame: query, queryTime: scene.time(0),
          rttMicroseconds: 3_000, queryDO: false, sameCase: true, duplicateOf: first))
  }

  @Test("is a duplicate for as long as the transaction is remembered, and not a moment longer")
  func remembered() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1)
    scene.response(at: 30_000)
    scene.response(at: 30_000.001)
    #expect(scene.words() == [.answered, .duplicate, .unsolicited])
  }

  @Test("is a duplicate also when the query had been sent twice")
  func afterResend() {
    var scene = Scene()
    scene.query(at: 0)
    scene.query(at: 1_000)
    scene.response(at: 1_200)
    scene.response(at: 1_300)
    #expect(scene.words() == [.answered, .duplicate])
    #expect(scene.table.counters.resends == 1)
  }

  @Test("is a duplicate of the second answer when it has the second answer's data")
  func ofTheSecond() {
    var scene = Scene()
    scene.query(at: 0)
    scene.query(at: 1_000)
    scene.response(at: 1_100, content: 1)
    let second = scene.response(at: 1_200, content: 2)
    let third = scene.response(at: 1_300, content: 2)
    #expect(scene.outcome(third)?.duplicateOf == second)
    #expect(scene.words() == [.answered, .answered, .duplicate])
  }

  @Test("84 repeated answers, as a real root server's traffic has them, conflict with nothing")
  func rootServer() {
    var scene = Scene()
    for i in 0..<84 {
      let flow = Scene.flow(port: UInt16(2_000 + i))
      scene.query(at: Double(i) * 100, flow)
      scene.response(at: Double(i) * 100 + 1, flow)
      scene.response(at: Double(i) * 100 + 2, flow)
    }
    #expect(scene.words().filter { $0 == .duplicate }.count == 84)
    #expect(scene.table.counters.conflicts == 0)
  }
}
