import Bytes
import Packets
import Testing

@testable import Transactions

@Suite("The capture's clock")
struct ClockTests {
  @Test("stands still when a packet's time lies a little before another's")
  func jitter() {
    var scene = Scene()
    scene.query(at: 1_000)
    scene.query(at: 10, id: 8)
    scene.response(at: 20, id: 8)
    scene.response(at: 1_010)
    #expect(scene.words() == [.answered, .answered])
    #expect(scene.table.counters.clockSteps == 0)
  }

  @Test("starts anew when it goes back more than 30 s, and then knows nothing of what was before")
  func back() {
    for (time, steps) in [(70_000.0, 0), (69_999.999, 1)] {
      var scene = Scene()
      scene.query(at: 0, id: 9)
      scene.query(at: 100_000)
      let waiting = scene.response(at: 100_000, id: 10)
      scene.query(at: time, id: 8)
      scene.response(at: time + 1, id: 11)
      #expect(scene.table.counters.clockSteps == steps)
      #expect(scene.words() == [.unsolicited, steps == 0 ? .unsolicited : .unknown])
      #expect(scene.outcome(waiting)?.status == .unsolicited)
    }
  }

  @Test("after a silence of more than an hour the absence of a query means nothing for 15 s")
  func silence() {
    for (time, word) in [(3_600_000.0, TransactionStatus.unsolicited), (3_600_000.001, .unknown)] {
      var scene = Scene()
      scene.query(at: 0)
      scene.response(at: time)
      #expect(scene.words() == [word])
    }
  }

  @Test("bears the greatest and the least time that there are")
  func extremes() {
    var table = TransactionTable(), words: [TransactionStatus] = []
    for (i, time) in [Int64.min, .max, 0, .max, .min, -1, 1, .max].enumerated() {
      for isResponse in [false, true] {
        table.receive(
          Observation(
            recordIndex: i, frame: i, time: Timestamp(nanoseconds: time),
            flow: isResponse ? Scene.flow().reversed : Scene.flow(), id: UInt16(i), isResponse: isResponse,
            questionID: 1, foldedQuestionID: 1, bodyHash: 0, network: NetworkTraits())
        ) { words.append($0.status) }
      }
    }
    #expect(words == Array(repeating: .answered, count: 8))
  }
}
