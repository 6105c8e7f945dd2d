import Bytes
import DNSWire
import Findings
import Packets
import Testing

/// A1 to A4: what comes of forged data that were taken.
@Suite("The time after an attack") struct AftermathTests {
  @Test("answers that pass forged data on are named, with the countdown of their TTL and the clients")
  func served() throws {
    let run = try PoisonScene().run()
    let finding = try #require(run.findings(.poisonServed).first)
    #expect(run.findings(.poisonServed).count == 1)
    #expect((finding.severity, finding.confidence) == (.critical, .high))
    #expect(finding.frames == [7, 9, 11])
    #expect(Set(finding.clients) == Set(PoisonScene.clients.prefix(2)))
    #expect(finding.number("countdowns_compared") == 3)
    #expect(finding.number("countdowns_that_fit") == 3)
    #expect(
      finding.texts("families").contains(
        "H: frame 9 has www.bank.test. A with TTL 290, 10 s after frame 4 with TTL 300: it counts down from the forged one"
      ))
    #expect(run.incidents.map(\.severity) == [.critical])
    #expect(run.incidents.first?.findings.contains(finding.id) == true)
  }

  @Test("a TTL that is two seconds off still counts down, and one that is three off does not")
  func countdown() throws {
    for (off, fitting) in [(UInt32(2), 3), (3, 0)] {
      let finding = try #require(try PoisonScene(off: off).run().findings(.poisonServed).first)
      #expect(finding.number("countdowns_compared") == 3)
      #expect(finding.number("countdowns_that_fit") == fitting)
      #expect(finding.confidence == (fitting > 0 ? .high : .medium))
    }
  }

  @Test("who got forged data is told with first and last time, and when the last copy runs out")
  func exposure() throws {
    let run = try PoisonScene().run()
    let finding = try #require(run.findings(.exposure).first)
    #expect(finding.severity == .medium)
    #expect(finding.number("victim_count") == 2)
    #expect(finding.number("contact_count") == 0)
    let incident = try #require(run.incidents.first)
    #expect(incident.victims.map(\.client) == Array(PoisonScene.clients.prefix(2)))
    #expect(incident.victims.map { $0.packets.map(\.number) } == [[7, 11], [9]])
    let last = try #require(incident.victims.map(\.expires).max())
    #expect(finding.summary.contains("runs out at \(last.rfc3339)"))
  }

  @Test(
    "a client that went to the forged address afterwards makes it graver; one that got no forged data does not"
  )
  func contacts() throws {
    var scene = PoisonScene()
    let frame = scene.connect(1, to: PoisonScene.forgedAddress, at: 135)
    let run = try scene.run(), finding = try #require(run.findings(.exposure).first)
    #expect(finding.severity == .high)
    #expect(finding.frames.contains(frame))
    #expect(finding.texts("contacts").first?.hasPrefix("192.0.2.130 to 203.0.113.66 port 443/tcp") == true)
    #expect(run.incidents.first?.contacts.map(\.packet.number) == [frame])
    var other = PoisonScene()
    _ = other.connect(2, to: PoisonScene.forgedAddress, at: 135)
    #expect(try other.run().findings(.exposure).map(\.severity) == [.medium])
  }

  @Test("the first clean answer is told, and whether the cache forgot the forged data before their time")
  func recovery() throws {
    #expect(try PoisonScene().run().findings(.recovery).isEmpty)
    for (seconds, sentence) in [(150.0, "s before the forged data would have run out"), (430, "had run out")]
    {
      var scene = PoisonScene()
      let frame = scene.serve(PoisonScene.genuine, ttl: 60, to: 0, at: seconds)
      let finding = try #require(try scene.run().findings(.recovery).first)
      #expect(finding.severity == .info)
      #expect(finding.frames == [frame])
      #expect(finding.summary.contains(sentence), "\(finding.summary)")
    }
  }

  @Test("a forged address beside another name is told, unless a clean answer has it too")
  func pivot() throws {
    #expect(try PoisonScene().run().findings(.pivot).isEmpty)
    var scene = PoisonScene()
    let frame = scene.serve(PoisonScene.forged, ttl: 60, to: 2, at: 145, "login.shop.test.")
    let finding = try #require(try scene.run().findings(.pivot).first)
    #expect(finding.severity == .medium)
    #expect(finding.frames == [frame])
    #expect(finding.names.contains { "\($0)" == "login.shop.test." })
    scene.ask(
      "www.host.test.", of: PoisonScene.authority, by: PoisonScene.resolver, at: 150,
      [PoisonScene.Answer(data: PoisonScene.forged)])
    #expect(try scene.run().findings(.pivot).isEmpty)
  }

  @Test("an attack that was not taken has no aftermath")
  func failed() throws {
    var scene = PoisonScene.empty
    scene.ask(
      "www.bank.test.", of: PoisonScene.authority, by: PoisonScene.resolver, at: 0,
      [PoisonScene.Answer(data: PoisonScene.genuine)])
    scene.ask(
      "www.bank.test.", of: PoisonScene.authority, by: PoisonScene.resolver, at: 120,
      [
        PoisonScene.Answer(data: PoisonScene.genuine, milliseconds: 5),
        PoisonScene.Answer(data: PoisonScene.forged, milliseconds: 15),
      ])
    scene.serve(PoisonScene.genuine, ttl: 300, to: 0, at: 120.01)
    let run = try scene.run()
    #expect(run.incidents.map(\.succeeded) == [false])
    for rule in [Rule.poisonServed, .exposure, .recovery, .pivot] {
      #expect(run.findings(rule).isEmpty, "\(rule)")
    }
  }
}
