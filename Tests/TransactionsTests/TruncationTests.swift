import Packets
import Testing

@testable import Transactions

@Suite("A truncated response")
struct TruncationTests {
  @Test("followed by the whole answer over TCP makes two transactions without a conflict")
  func thenTCP() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1, tc: true)
    scene.query(at: 2, Scene.flow(over: .tcp))
    scene.response(at: 3, Scene.flow(over: .tcp), content: 2)
    #expect(scene.words() == [.answered, .answered])
  }

  @Test("before the whole answer to the same query: both are answers")
  func beforeTheWhole() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1, tc: true)
    scene.response(at: 2, content: 2)
    #expect(scene.words() == [.answered, .answered])
    #expect(scene.table.counters.conflicts == 0)
  }

  @Test("after the whole answer to the same query only repeats it")
  func afterTheWhole() {
    var scene = Scene()
    scene.query(at: 0)
    let whole = scene.response(at: 1, content: 2)
    let truncated = scene.response(at: 2, content: 1, tc: true)
    #expect(scene.words() == [.answered, .duplicate])
    #expect(scene.outcome(truncated)?.duplicateOf == whole)
  }

  @Test("hides no conflict between whole answers, and is not in its group")
  func besideAConflict() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1, tc: true)
    scene.response(at: 2, content: 2)
    scene.response(at: 3, content: 3)
    #expect(scene.words() == [.answered, .answered, .conflicting])
    #expect((0..<3).map { scene.outcome($0)?.conflictGroup } == [nil, 0, 0])
  }

  @Test("that was cut elsewhere than another one is no conflict")
  func cutElsewhere() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, content: 1, tc: true)
    scene.response(at: 2, content: 2, tc: true)
    #expect(scene.words() == [.answered, .duplicate])
  }

  @Test("answers a resend that is still open, as a server that limits its rate sends them")
  func answersAResend() {
    var scene = Scene()
    scene.query(at: 0)
    let resend = scene.query(at: 1_000)
    scene.response(at: 1_001, content: 1)
    let truncated = scene.response(at: 1_002, content: 2, tc: true)
    #expect(scene.words() == [.answered, .answered])
    #expect(scene.outcome(truncated)?.queryFrame == resend)
  }
}
