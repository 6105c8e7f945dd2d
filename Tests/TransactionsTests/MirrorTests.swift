import Testing

@testable import Transactions

@Suite("A mirrored copy: same flow, same bytes, same IP ID, within 5 ms")
struct MirrorTests {
  @Test("of a query is no second query: two different answers still conflict")
  func ofAQuery() {
    var scene = Scene()
    scene.query(at: 0, ipID: 5, ipTTL: 64)
    scene.query(at: 0.1, ipID: 5, ipTTL: 63)
    scene.response(at: 1, content: 1)
    scene.response(at: 2, content: 2)
    #expect(scene.words() == [.answered, .conflicting])
    #expect(scene.table.counters.queries == 1)
    #expect(scene.table.counters.mirroredQueries == 1)
  }

  @Test("of a response is a duplicate that says so, whatever its TTL")
  func ofAResponse() {
    var scene = Scene()
    scene.query(at: 0)
    let first = scene.response(at: 1, ipID: 9, ipTTL: 60)
    let copy = scene.response(at: 1.2, ipID: 9, ipTTL: 59)
    #expect(scene.outcome(copy)?.status == .duplicate)
    #expect(scene.outcome(copy)?.isMirrorCopy == true)
    #expect(scene.outcome(copy)?.duplicateOf == first)
    #expect(scene.table.counters.responses == 1)
    #expect(scene.table.counters.mirroredResponses == 1)
  }

  @Test("lies within 5 ms of the first, and not a nanosecond more")
  func window() {
    var scene = Scene()
    scene.query(at: 0, ipID: 5)
    scene.query(at: 5, ipID: 5)
    #expect(scene.table.counters.mirroredQueries == 1)
    scene.query(at: 5.000001, ipID: 5)
    #expect(scene.table.counters.mirroredQueries == 1)
    #expect(scene.table.counters.resends == 1)
    scene.response(at: 10, ipID: 9)
    let inside = scene.response(at: 15, ipID: 9)
    let outside = scene.response(at: 15.000001, ipID: 9)
    #expect(scene.outcome(inside)?.isMirrorCopy == true)
    #expect(scene.outcome(outside)?.isMirrorCopy == false)
  }

  @Test("may carry the earlier time")
  func earlierTime() {
    var scene = Scene()
    scene.query(at: 10, ipID: 5)
    scene.query(at: 5, ipID: 5)
    #expect(scene.table.counters.mirroredQueries == 1)
  }

  @Test("has the same IP ID: a resend within 5 ms with another one is a second query")
  func otherIPID() {
    var scene = Scene()
    scene.query(at: 0, ipID: 5)
    scene.query(at: 1, ipID: 6)
    scene.response(at: 2, content: 1)
    scene.response(at: 3, content: 2)
    #expect(scene.words() == [.answered, .answered])
  }

  @Test("over IPv6, which has no IP ID, the bytes decide")
  func withoutIPID() {
    var scene = Scene()
    scene.query(at: 0, ipID: .some(nil))
    scene.query(at: 1, ipID: .some(nil))
    scene.query(at: 2, spelling: 1, ipID: .some(nil))
    #expect(scene.table.counters.mirroredQueries == 1)
    #expect(scene.table.counters.resends == 1)
  }

  @Test("of a query is known after the answer, too, and opens nothing")
  func afterTheAnswer() {
    var scene = Scene()
    scene.query(at: 0, ipID: 5)
    scene.response(at: 1, ipID: 9)
    scene.query(at: 2, ipID: 5)
    let copy = scene.response(at: 3, ipID: 9)
    #expect(scene.outcome(copy)?.isMirrorCopy == true)
    scene.finish()
    #expect(scene.table.counters.openAtEnd == 0)
  }

  @Test("of a resend is no third query")
  func ofAResend() {
    var scene = Scene()
    scene.query(at: 0, ipID: 5)
    scene.query(at: 1_000, ipID: 6)
    scene.query(at: 1_001, ipID: 6)
    for (i, content) in [1, 2, 3].enumerated() {
      scene.response(at: 1_010 + Double(i), content: UInt32(content))
    }
    #expect(scene.words() == [.answered, .answered, .conflicting])
  }

  @Test("of each of two conflicting answers belongs to its own original")
  func ofRivals() {
    var scene = Scene()
    scene.query(at: 0)
    let first = scene.response(at: 1, content: 1, ipID: 8)
    let rival = scene.response(at: 1.5, content: 2, ipID: 9)
    let copies = [
      scene.response(at: 2, content: 1, ipID: 8), scene.response(at: 2.5, content: 2, ipID: 9),
    ]
    scene.finish()
    #expect(copies.map { scene.outcome($0)?.duplicateOf } == [first, rival])
    #expect(copies.allSatisfy { scene.outcome($0)?.isMirrorCopy == true })
    #expect(scene.table.counters.mirroredResponses == 2)
  }

  @Test("of a response without a query is a duplicate of it")
  func withoutQuery() {
    var scene = Scene()
    let first = scene.response(at: 0, ipID: 9)
    let copy = scene.response(at: 1, ipID: 9)
    #expect(scene.outcome(copy)?.isMirrorCopy == true)
    #expect(scene.outcome(copy)?.duplicateOf == first)
    #expect(scene.words() == [.unknown, .duplicate])
  }

  @Test("does not exist over TCP, where the reassembler drops repeated segments")
  func overTCP() {
    var scene = Scene()
    let flow = Scene.flow(over: .tcp)
    scene.query(at: 0, flow, ipID: .some(nil))
    scene.query(at: 1, flow, ipID: .some(nil))
    #expect(scene.table.counters.resends == 1)
  }

  @Test("keeps a two-hop mirror of a resolution free of conflicts")
  func twoHops() {
    var scene = Scene()
    for hop in 0..<2 { scene.query(at: Double(hop) * 0.2, ipID: 5, ipTTL: UInt8(64 - hop)) }
    for hop in 0..<2 { scene.response(at: 20 + Double(hop) * 0.2, ipID: 6, ipTTL: UInt8(57 - hop)) }
    #expect(scene.words() == [.answered, .duplicate])
    #expect(scene.table.counters.unanswered == 0)
  }
}
