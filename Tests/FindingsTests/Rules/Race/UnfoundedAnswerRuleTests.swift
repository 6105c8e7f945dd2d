import DNSWire
@testable import Findings
import Testing
import Transactions

/// R10 by provenance: a box answers a client in a resolver's name, and nothing but what the resolver can know tells.
@Suite struct UnfoundedAnswerRuleTests {
  private static let box = "192.0.2.3", other = "192.0.2.2", lie = "203.0.113.66"

  /// A resolver that asks upstream for two names for each of two clients; then, in its name, answers to one of them; then
  /// what it finds when another client asks for the same.
  private struct Network {
    var scene = CaseScene()
    /// Record numbers of answers without a known origin.
    var unfounded: [Int] = []

    /// The resolver has asked for so many names for each client, as the lab's do before an attack.
    init(warm: Int = 4) {
      for number in 0..<warm {
        resolve("warm\(number).test.", "198.51.100.9", to: UnfoundedAnswerRuleTests.box, at: Double(number))
        resolve(
          "other\(number).test.", "198.51.100.8", to: UnfoundedAnswerRuleTests.other, at: Double(number) + 0.5
        )
      }
    }

    /// The resolver asks upstream 15 ms before it answers, and its client 20 ms before.
    /// - Parameter early: whether it asks upstream before the client asks it.
    mutating func resolve(
      _ name: String, _ address: String, to client: String, at seconds: Double, ttl: Int = 3_600,
      early: Bool = false
    ) {
      scene.answer("\(name) A", ["\(name) \(ttl) A \(address)"], at: seconds - 0.005) {
        $0.trip = early ? 30_000 : 10_000
      }
      _ = tell(name, address, to: client, at: seconds, ttl: ttl)
    }

    /// An answer in the resolver's name.
    mutating func tell(
      _ name: String, _ address: String, to client: String, at seconds: Double, ttl: Int = 600
    ) -> Int {
      scene.answer("\(name) A", address.isEmpty ? [] : ["\(name) \(ttl) A \(address)"], at: seconds) {
        ($0.server, $0.client) = (CaseScene.resolver, client)
        ($0.isRecursive, $0.isAuthoritative) = (true, false)
      }
    }

    /// The true answer about one name and a false one about another, at 20 s and with a TTL.
    mutating func deceive(
      _ lies: [String] = [UnfoundedAnswerRuleTests.lie], truths: Int = 1, ttl: Int = 600,
      client: String = UnfoundedAnswerRuleTests.box
    ) {
      for number in 0..<truths {
        unfounded.append(tell("true\(number).test.", "198.51.100.1", to: client, at: 20, ttl: ttl))
      }
      for (number, lie) in lies.enumerated() {
        unfounded.append(tell("lie\(number).test.", lie, to: client, at: 21, ttl: ttl))
      }
    }

    /// The resolver asks for the same itself.
    mutating func clear(at seconds: Double = 30, early: Bool = false) {
      resolve("true0.test.", "198.51.100.1", to: UnfoundedAnswerRuleTests.other, at: seconds, early: early)
      resolve("lie0.test.", "198.51.100.2", to: UnfoundedAnswerRuleTests.other, at: seconds + 1, early: early)
    }

    /// What the rule says.
    var charges: [Charge] { scene.charges(UnfoundedAnswerRule.self) }
  }

  @Test("answers that a resolver cannot know, and asks for itself, are accused when one of them is false")
  func attack() {
    var network = Network()
    network.deceive()
    network.clear()
    let charges = network.charges
    #expect(charges.map(\.standing) == [.accuses] && charges.first?.severity == .medium)
    #expect(charges.first?.records == network.unfounded && charges.first?.kind == .interception)
    #expect(charges.first?.host == CaseScene.address(Self.box) && charges.first?.lies.count == 1)
    let last = network.unfounded.count + 16
    #expect(charges.first?.genuine == [last + 2, last + 3])
    #expect(charges.first?.arithmetic.map(\.family) == [.content, .history, .history, .history])
  }

  @Test("nothing is said of a box that only tells the truth")
  func truthful() {
    var network = Network()
    network.deceive(["198.51.100.2"])
    network.clear()
    #expect(network.charges.isEmpty)
  }

  @Test("other data for one client alone may be the resolver's policy: low")
  func policy() {
    var network = Network()
    network.deceive(truths: 0)
    network.clear()
    #expect(network.charges.map(\.standing) == [.stands] && network.charges.first?.severity == .low)
  }

  @Test("a client that nothing from upstream ever reaches may ask another node: low")
  func otherNode() {
    var network = Network()
    network.deceive(client: "192.0.2.99")
    network.clear()
    #expect(network.charges.map(\.standing) == [.stands])
  }

  @Test("a flushed cache asks early for what it was told in the capture: nothing")
  func flush() {
    var network = Network()
    network.resolve("true0.test.", "198.51.100.1", to: Self.box, at: 19)
    network.resolve("lie0.test.", "198.51.100.7", to: Self.box, at: 20)
    network.clear()
    #expect(network.charges.isEmpty, "both answers have an origin")
    var flushed = Network()
    flushed.deceive()
    flushed.clear()
    flushed.resolve("other0.test.", "198.51.100.8", to: Self.other, at: 40)
    #expect(flushed.charges.isEmpty, "it forgets names, so that the others may be older than the capture")
  }

  @Test("a cache from before the capture asks when its data run out: nothing", arguments: [579.9, 545])
  func midStart(seconds: Double) {
    var network = Network()
    network.deceive()
    network.clear(at: 20 + seconds)
    #expect(network.charges.isEmpty)
  }

  @Test("a resolver that knew much before the capture, or has several nodes, proves nothing")
  func warmCache() {
    var network = Network()
    for number in 0..<2 { _ = network.tell("known\(number).test.", "198.51.100.5", to: Self.other, at: 15) }
    network.deceive()
    network.clear()
    #expect(network.charges.isEmpty, "two of eight answers to others have no origin")
    var small = Network(warm: 2)
    small.deceive()
    small.clear()
    #expect(small.charges.isEmpty, "four answers to others make no habit")
  }

  @Test("stale data are served for 30 s and asked for at once: nothing")
  func stale() {
    var network = Network()
    network.deceive(ttl: 30)
    network.clear()
    #expect(network.charges.isEmpty)
    var refreshed = Network()
    refreshed.deceive()
    refreshed.clear(early: true)
    #expect(refreshed.charges.isEmpty, "no client made it ask")
  }

  @Test("data that change, or that others have too, are no lies")
  func contentNetwork() {
    var changing = Network()
    changing.deceive()
    changing.clear()
    changing.resolve("lie0.test.", "198.51.100.3", to: Self.other, at: 4_000)
    #expect(changing.charges.isEmpty)
    var shared = Network()
    shared.deceive()
    shared.clear()
    shared.scene.answer("lie0.test. A", ["lie0.test. 600 A \(Self.lie)"], at: 50) { $0.client = "192.0.2.77" }
    #expect(shared.charges.isEmpty, "an authority gives them to somebody else")
    var later = Network()
    later.deceive()
    later.clear()
    later.scene.answer("lie0.test. A", ["lie0.test. 600 A \(Self.lie)"], at: 50)
    #expect(later.charges.isEmpty, "the resolver itself gets them afterwards")
  }

  @Test("forged data that a resolver was told are its own answer, and a denial is none")
  func poisoned() {
    var network = Network()
    network.scene.answer("lie0.test. A", ["lie0.test. 600 A \(Self.lie)"], at: 19) {
      ($0.transaction, $0.traits) = (.conflicting, [.conflicting])
    }
    network.deceive()
    network.clear()
    #expect(network.charges.isEmpty)
    var denied = Network()
    denied.deceive([""])
    denied.clear()
    #expect(denied.charges.isEmpty)
  }
}
