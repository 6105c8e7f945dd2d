import Bytes
import Packets
import Testing

@testable import Transactions

@Suite("A response that answers its query")
struct AnsweredTests {
  @Test("is answered at once, with the query's frame, time, DO bit and the time between in microseconds")
  func atOnce() {
    var scene = Scene()
    scene.query(at: 0, id: 8)
    let query = scene.query(at: 10, dnssecOK: true)
    let response = scene.response(at: 12.345678)
    #expect(
      scene.said.map(\.withoutMarks) == [
        MatchOutcome(
          recordIndex: response, status: .answered, queryFrame: query, queryTime: scene.time(10),
          rttMicroseconds: 2_345, queryDO: true, sameCase: true)
      ])
  }

  @Test("to a query without EDNS was not asked with DO")
  func withoutEDNS() {
    var scene = Scene()
    scene.query(at: 0, dnssecOK: nil)
    let response = scene.response(at: 1)
    #expect(scene.outcome(response)?.queryDO == false)
  }

  @Test("is answered whatever its letters' case, and the outcome says that the case differs")
  func caseInsensitive() {
    var scene = Scene()
    scene.query(at: 0, spelling: 3)
    let other = scene.response(at: 1, spelling: 4)
    scene.query(at: 2, id: 8, spelling: 3)
    let same = scene.response(at: 3, id: 8, spelling: 3)
    #expect(scene.outcome(other)?.status == .answered)
    #expect(scene.outcome(other)?.sameCase == false)
    #expect(scene.outcome(same)?.sameCase == true)
  }

  @Test("needs the same addresses, ports, transport and ID", arguments: 0..<6)
  func everyPartOfTheKey(part: Int) {
    let flows = [
      Scene.flow(client: IPAddress(v4: 9)), Scene.flow(server: IPAddress(v4: 9)), Scene.flow(port: 9),
      Scene.flow(serverPort: 54), Scene.flow(over: .tcp), Scene.flow(),
    ]
    var scene = Scene()
    scene.query(at: 0)
    scene.response(at: 1, flows[part], id: part == 5 ? 8 : 7)
    scene.response(at: 2)
    #expect(scene.words() == [.unknown, .answered])
  }

  @Test("an IPv6 address is not the IPv4 address with the same low bits")
  func families() {
    var scene = Scene()
    scene.query(at: 0, Scene.flow(client: IPAddress(v4: 5), server: IPAddress(v4: 6)))
    scene.response(
      at: 1, Scene.flow(client: IPAddress(v6High: 0, low: 5), server: IPAddress(v6High: 0, low: 6)))
    scene.query(at: 2, Scene.flow(client: IPAddress(v6High: 1, low: 5)))
    scene.response(at: 3, Scene.flow(client: IPAddress(v6High: 2, low: 5)))
    #expect(scene.words() == [.unknown, .unknown])
  }

  @Test("without a question (QDCOUNT 0) it fits by flow and ID, and nothing is said of the case")
  func withoutQuestion() {
    var scene = Scene()
    scene.query(at: 0)
    let response = scene.response(at: 1, question: nil)
    #expect(scene.outcome(response)?.status == .answered)
    #expect(scene.outcome(response)?.sameCase == nil)
  }

  @Test("a query without a question, as DNS cookies allow, has an answer without one")
  func cookieQuery() {
    var scene = Scene()
    scene.query(at: 0, question: nil)
    scene.response(at: 1, question: nil)
    scene.query(at: 2, id: 8, question: nil)
    scene.response(at: 3, id: 8, question: 1)
    #expect(scene.words() == [.answered, .mismatched])
  }

  @Test("many queries on one TCP connection have their answers in any order")
  func pipelined() {
    var scene = Scene()
    let flow = Scene.flow(over: .tcp)
    let queries = (0..<20).map { scene.query(at: Double($0), flow, id: UInt16($0), question: UInt32($0)) }
    for i in (0..<20).reversed() {
      let response = scene.response(at: 100 - Double(i), flow, id: UInt16(i), question: UInt32(i))
      #expect(scene.outcome(response)?.queryFrame == queries[i])
      #expect(scene.outcome(response)?.status == .answered)
    }
  }

  @Test("a response whose time lies before its query's has no round-trip time")
  func timeRunsBackward() {
    var scene = Scene()
    scene.query(at: 10)
    let response = scene.response(at: 9)
    #expect(scene.outcome(response)?.status == .answered)
    #expect(scene.outcome(response)?.rttMicroseconds == nil)
  }
}
