import Bytes
import Packets
import TestSupport
import Testing

@testable import Transactions

@Suite("The study of who asks")
struct TrafficStudyTests {
  /// A scene in which a client asks so often, every 20 ms, with the ports and IDs of a closure.
  private func scene(_ count: Int, _ draw: (Int) -> (port: UInt16, id: UInt16)) -> Scene {
    var scene = Scene()
    for number in 0..<count {
      let (port, id) = draw(number)
      scene.query(at: Double(number) * 20, Scene.flow(port: port), id: id, question: UInt32(number))
    }
    return scene
  }

  @Test("knows a fixed port and an ID that counts up")
  func fixed() throws {
    let study = scene(40) { (5_353, UInt16($0) &* 2) }.table.study
    let client = try #require(study.clients.first)
    #expect(client.count == 40 && client.samePorts == 39 && client.nextIDs == 39 && client.sameIDs == 0)
    #expect(client.portDeviation == 0 && client.lowestPort == 5_353 && client.highestPort == 5_353)
    #expect(study.number(of: Scene.client) == 0 && study.number(of: Scene.server) == nil)
  }

  @Test("has the standard deviation of what was drawn")
  func deviation() throws {
    let study = scene(100) { ($0 % 2 == 0 ? 10_000 : 20_000, UInt16($0) % 4) }.table.study
    let client = try #require(study.clients.first)
    #expect(abs(client.portDeviation - 5_000) < 0.001 && abs(client.idDeviation - 1.118) < 0.001)
  }

  @Test("keeps a sample from all of a client's queries in bounded room")
  func sample() throws {
    let study = scene(1_000) { (UInt16(1_024 + $0), 7) }.table.study
    let ports = study.sample(ofClient: 0).map { Int($0.port) - 1_024 }
    #expect(ports.count <= TrafficStudy.samplesPerClient && ports.count >= TrafficStudy.samplesPerClient / 2)
    #expect(ports.first == 0 && (ports.last ?? 0) >= 980 && ports == ports.sorted())
    #expect(Set(zip(ports, ports.dropFirst()).map { $1 - $0 }) == [8])
  }

  @Test("leaves out TCP, and queries that are sent again with their port and ID")
  func leavesOut() {
    var scene = Scene()
    scene.query(at: 0, Scene.flow(over: .tcp), question: 1)
    for time in [10, 20, 30] as [Double] { scene.query(at: time, id: 9, question: 2) }
    #expect(scene.table.study.clients.map(\.count) == [1])
  }

  @Test("notes equal queries that are open at once from the fourth on, and not the tries of one question")
  func twins() throws {
    var scene = Scene()
    for number in 0..<6 {
      scene.query(at: Double(number), Scene.flow(port: UInt16(4_000 + number)), id: UInt16(number))
    }
    let burst = try #require(scene.table.study.twins.first)
    #expect(scene.table.study.twins.count == 1 && burst.depth == 6 && burst.client == Scene.client)
    var slow = Scene()
    for number in 0..<6 {
      slow.query(at: Double(number) * 1_100, Scene.flow(port: UInt16(4_000 + number)), id: UInt16(number))
    }
    #expect(slow.table.study.twins.isEmpty)
  }

  @Test("does not count a query as open that has its answer")
  func answered() {
    var scene = Scene()
    for number in 0..<6 {
      let flow = Scene.flow(port: UInt16(4_000 + number))
      scene.query(at: Double(number), flow, id: UInt16(number))
      scene.response(at: Double(number) + 0.5, flow, id: UInt16(number))
    }
    #expect(scene.table.study.twins.isEmpty)
  }

  @Test("sees that questions wait at one port together")
  func sharedPort() {
    var scene = Scene()
    for number in 0..<5 { scene.query(at: Double(number), id: UInt16(number), question: UInt32(number)) }
    #expect(scene.table.study.clients.first?.sharingPort == 4)
  }

  @Test("has room for so many clients, gives a place to another only when one has been idle, and counts")
  func bounds() {
    var scene = Scene()
    for number in 0..<6_000 {
      scene.query(at: Double(number), Scene.flow(client: IPAddress(v4: UInt32(number))), question: 1)
    }
    let full = scene.table.study
    #expect(
      full.clients.count == TrafficStudy.clientLimit && full.leftOut >= 6_000 - TrafficStudy.clientLimit)
    #expect(full.evicted == 0)
    scene.query(at: 70_000, Scene.flow(client: IPAddress(v4: 9_999)), question: 1)
    let later = scene.table.study
    #expect(later.evicted == 1 && later.number(of: IPAddress(v4: 9_999)) != nil)
    #expect(later.clients.count == TrafficStudy.clientLimit)
  }

  @Test("a set of numbers takes those of another one")
  func union() {
    var few = NumberSet([1, 5]), many = NumberSet((0..<100).map { $0 * 600 })
    few.formUnion(many)
    many.formUnion(NumberSet([1, 5]))
    #expect(
      few.count == 102 && many.count == 102 && few.range == 0...59_400 && few.contains(5) && many.contains(1))
  }
}
