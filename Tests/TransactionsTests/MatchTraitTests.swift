import Bytes
import Packets
import Testing

@testable import Transactions

/// What is told of a response beside how it fits: which open query one without its own nearly fits.
@Suite("The marks of a response") struct MatchTraitTests {
  @Test(
    "a wrong ID at the open port, with the open question, in the name of the server that was asked, is a near miss"
  )
  func wrongID() {
    var scene = Scene()
    scene.query(at: 0, id: 7)
    let guess = scene.response(at: 1, id: 8, content: 5)
    scene.finish()
    #expect(scene.marks(guess) == [.questionOpen, .portOpen, .serverAsked, .clientAsks])
  }

  @Test("the right ID and port from another address fits in all but the server")
  func otherServer() {
    var scene = Scene()
    scene.query(at: 0, id: 7)
    let stray = scene.response(at: 1, Scene.flow(server: IPAddress(v4: 0x0102_0304)), id: 7)
    scene.finish()
    #expect(scene.marks(stray) == [.questionOpen, .portOpen, .idFits, .clientAsks])
  }

  @Test("the open question at another port misses the port alone")
  func otherPort() {
    var scene = Scene()
    scene.query(at: 0, id: 7)
    let stray = scene.response(at: 1, Scene.flow(port: 999), id: 7)
    scene.finish()
    #expect(scene.marks(stray) == [.questionOpen, .serverAsked, .idFits, .clientAsks])
  }

  @Test("a question is open for as long as it is waited for, and before it was asked it is not")
  func closed() {
    var scene = Scene()
    let early = scene.response(at: 0, id: 8)
    scene.query(at: 100, id: 7)
    let late = scene.response(at: 15_200, id: 9)
    scene.finish()
    #expect(scene.marks(early).isDisjoint(with: [.questionOpen, .portOpen]))
    #expect(scene.marks(late).isDisjoint(with: [.questionOpen, .portOpen]))
  }

  @Test("a response to a query that was sent twice says so, and tells the query's IP TTL")
  func resent() {
    var scene = Scene()
    scene.query(at: 0, ipTTL: 61)
    scene.query(at: 100, ipTTL: 61)
    let answer = scene.response(at: 200)
    scene.finish()
    #expect(scene.marks(answer).contains(.resent))
    #expect(scene.said.last?.queryTTL == 61)
  }

  @Test("a query without a readable question is nobody's twin")
  func noQuestion() {
    var scene = Scene()
    for number in 0..<40 { scene.query(at: Double(number), id: UInt16(number), question: nil) }
    scene.finish()
    #expect(scene.table.study.twins.isEmpty)
  }
}
