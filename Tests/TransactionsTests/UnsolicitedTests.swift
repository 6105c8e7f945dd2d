import Bytes
import Testing

@testable import Transactions

@Suite("A response without a query")
struct UnsolicitedTests {
  /// Another client and server of the same capture.
  private let other = Scene.flow(client: IPAddress(v4: 1), server: IPAddress(v4: 2))

  @Test("is unknown in the capture's first 15 s, and unsolicited from then on")
  func firstSeconds() {
    for (time, word) in [(15_000, TransactionStatus.unknown), (15_000.001, .unsolicited)] {
      var scene = Scene()
      scene.query(at: 0, id: 1)
      scene.response(at: time)
      #expect(scene.words() == [word])
    }
  }

  @Test("the capture's start is that of its first packet, when the caller has said when that was")
  func begin() {
    var scene = Scene()
    scene.table.begin(at: scene.time(0))
    scene.query(at: 16_000, id: 1)
    scene.response(at: 16_001)
    #expect(scene.words() == [.unsolicited])
  }

  @Test("is unknown in a capture of responses only")
  func oneWay() {
    var scene = Scene()
    for i in 0..<50 { scene.response(at: Double(i) * 1_000, id: UInt16(i)) }
    #expect(scene.words().allSatisfy { $0 == .unknown })
  }

  @Test("is unknown while neither queries of its client nor queries to its server are seen")
  func oneWayBesideOthers() {
    var scene = Scene()
    scene.query(at: 0, other)
    // The server of the pair asks someone itself, and the client is asked: other directions.
    scene.query(at: 1, Scene.flow(client: Scene.server, server: IPAddress(v4: 3)))
    scene.query(at: 2, Scene.flow(client: IPAddress(v4: 4), server: Scene.client))
    scene.response(at: 20_000)
    #expect(scene.words() == [.unknown])
  }

  @Test("is unsolicited once its client was seen to ask anybody")
  func clientAsks() {
    var scene = Scene()
    scene.query(at: 0, Scene.flow(server: IPAddress(v4: 2)))
    scene.response(at: 20_000)
    #expect(scene.words() == [.unsolicited])
  }

  @Test("is unsolicited once its server was seen to be asked by anybody")
  func serverIsAsked() {
    var scene = Scene()
    scene.query(at: 0, Scene.flow(client: IPAddress(v4: 1)))
    scene.response(at: 20_000)
    #expect(scene.words() == [.unsolicited])
  }

  @Test("is unknown for 30 s after a transaction had to be forgotten before its time")
  func afterEvictions() {
    var limits = TransactionLimits()
    limits.transactions = 4
    for (time, word) in [(50_000, TransactionStatus.unknown), (50_000.001, .unsolicited)] {
      var scene = Scene(limits: limits)
      for id in 0..<5 { scene.query(at: 20_000, id: UInt16(100 + id)) }
      #expect(scene.table.counters.evicted == 1)
      scene.response(at: time)
      #expect(scene.words() == [word])
    }
  }

  @Test("two with different data are no conflict: two queries may have been missed")
  func twoOfThem() {
    var scene = Scene()
    scene.query(at: 0, id: 1)
    scene.response(at: 20_000, content: 1)
    scene.response(at: 20_001, content: 2)
    #expect(scene.words() == [.unsolicited, .unsolicited])
  }
}
