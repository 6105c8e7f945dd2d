import Testing

@testable import Transactions

@Suite("A late response")
struct LateTests {
  @Test("comes more than 15 s after its query; after exactly 15 s it is answered")
  func givenUp() {
    for (time, word) in [(15_000, TransactionStatus.answered), (15_000.000001, .late)] {
      var scene = Scene()
      let query = scene.query(at: 0)
      let response = scene.response(at: time)
      #expect(scene.words() == [word])
      #expect(scene.outcome(response)?.queryFrame == query)
      #expect(scene.outcome(response)?.rttMicroseconds == 15_000_000)
    }
  }

  @Test("is late up to 30 s after its query; then nobody remembers the query")
  func forgotten() {
    for (time, word) in [(30_000, TransactionStatus.late), (30_000.000001, .unsolicited)] {
      var scene = Scene()
      scene.query(at: 0)
      scene.response(at: time)
      #expect(scene.words() == [word])
    }
  }

  @Test("counts from the resend")
  func resend() {
    var scene = Scene()
    scene.query(at: 0)
    let resend = scene.query(at: 10_000)
    let response = scene.response(at: 20_000)
    #expect(scene.words() == [.answered])
    #expect(scene.outcome(response)?.queryFrame == resend)
  }

  @Test("is remembered 30 s after the resend, though the first query is older")
  func resendRemembered() {
    var scene = Scene()
    scene.query(at: 0)
    scene.query(at: 10_000)
    scene.query(at: 35_000, id: 8)
    scene.response(at: 40_000)
    scene.response(at: 40_000.001, content: 101)
    #expect(scene.words() == [.late, .unsolicited])
  }

  @Test("repeated is a duplicate; with other data it is late again, and no conflict")
  func twice() {
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 16_000, content: 1)
    scene.response(at: 17_000, content: 1)
    scene.response(at: 18_000, content: 2)
    #expect(scene.words() == [.late, .duplicate, .late])
    #expect(scene.table.counters.conflicts == 0)
  }

  @Test("beside a new query's answer belongs to the query given up, and is no conflict")
  func besideANewQuery() {
    var scene = Scene()
    let first = scene.query(at: 0)
    scene.query(at: 16_000)
    scene.response(at: 16_010, content: 1)
    let late = scene.response(at: 16_020, content: 2)
    #expect(scene.words() == [.answered, .late])
    #expect(scene.outcome(late)?.queryFrame == first)
  }

  @Test("the figures can be set")
  func configured() {
    var timing = TransactionTiming()
    (timing.giveUp, timing.remember) = (1_000_000_000, 500_000_000)
    var scene = Scene(timing: timing)
    for (id, time) in [1_000.0, 1_001, 1_500, 1_501].enumerated() {
      scene.query(at: Double(id) * 10_000, id: UInt16(id))
      scene.response(at: Double(id) * 10_000 + time, id: UInt16(id))
    }
    #expect(scene.words() == [.answered, .late, .late, .unsolicited])
  }

  @Test("queries without any response are counted as unanswered, and as open when the capture ends too early")
  func counters() {
    var scene = Scene()
    scene.query(at: 0, id: 1)
    scene.query(at: 1_000, id: 1)
    scene.query(at: 10_000, id: 2)
    scene.response(at: 10_001, id: 2)
    scene.query(at: 10_002, id: 3)
    scene.query(at: 25_000, id: 4)
    scene.finish()
    #expect(scene.table.counters.unanswered == 1)
    #expect(scene.table.counters.openAtEnd == 2)
  }
}
