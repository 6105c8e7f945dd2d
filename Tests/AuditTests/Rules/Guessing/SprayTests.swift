import Findings
import TestSupport
import Testing

/// Guesses at IDs and ports (catalogue P1, P2), from packets to incidents.
@Suite struct SprayTests {
  /// A round: an open question, wrong IDs, then what a test says, then the true answer.
  private func round(
    _ scene: inout GuessScene, _ name: String, guesses: Int, then act: (inout GuessScene) -> Void = { _ in }
  ) -> (forged: [Int], genuine: Int) {
    scene.say(name, id: 500, isQuery: true)
    let forged = (0..<guesses).map { scene.say(name, id: UInt16(2_000 + $0), answer: GuessScene.forged) }
    act(&scene)
    return (forged, scene.say(name, id: 500, rcode: 3))
  }

  @Test("five answers to an open question with wrong IDs are an attack that missed; four are nothing")
  func miss() throws {
    var scene = GuessScene()
    scene.warm()
    let (forged, genuine) = round(&scene, "r1.bank.test.", guesses: 5)
    let run = try scene.run(), found = try #require(run.findings(.txidSpray).first)
    #expect(
      found.severity == .medium && found.text("outcome") == "miss" && found.text("id_order") == "counting up")
    #expect(found.text("tried_ids") == "2000 to 2004, 5 different" && found.number("ports_to_cover") == 1)
    let incident = try #require(run.incidents.first)
    #expect(run.incidents.count == 1 && incident.kind == .kaminsky && incident.succeeded == false)
    #expect(incident.forged.map(\.number) == forged && incident.genuine.map(\.number).contains(genuine))
    #expect(incident.attempts == 5)
    var few = GuessScene()
    few.warm()
    _ = round(&few, "r1.bank.test.", guesses: 4)
    #expect(try few.run().attacks.isEmpty)
  }

  @Test(
    "the guess that has the right ID is found among the answers, whether it repeats a guess or shares data with them"
  )
  func hit() throws {
    for isFirst in [false, true] {
      var scene = GuessScene(), hit = 0
      scene.warm()
      var (forged, _) = round(&scene, "r1.bank.test.", guesses: 20)
      if isFirst {
        scene.say("r2.bank.test.", id: 501, isQuery: true)
        hit = scene.say("r2.bank.test.", id: 501, answer: GuessScene.forged)
      } else {
        forged +=
          round(&scene, "r2.bank.test.", guesses: 20) {
            hit = $0.say("r2.bank.test.", id: 500, answer: GuessScene.forged)
          }
          .forged
      }
      let run = try scene.run(), incident = try #require(run.incidents.first)
      #expect(run.incidents.count == 1 && incident.severity >= .high && incident.kind == .kaminsky)
      #expect(incident.forged.map(\.number).sorted() == (forged + [hit]).sorted(), "first: \(isFirst)")
      #expect(run.findings(.txidSpray).first?.text("outcome") == "hit")
    }
  }

  @Test("a true answer that repeats the zone's NS RRset, as guesses do, is no hit")
  func copiedAuthority() throws {
    var scene = GuessScene()
    let server = wire("ns1.bank.test.")
    scene.warm()
    scene.say("r1.bank.test.", id: 500, isQuery: true)
    for guess in 0..<20 {
      scene.say("r1.bank.test.", id: UInt16(2_000 + guess), answer: GuessScene.forged, authority: server)
    }
    let genuine = scene.say("r1.bank.test.", id: 500, answer: GuessScene.genuine, authority: server)
    let incident = try #require(try scene.run().incidents.first)
    #expect(!incident.forged.map(\.number).contains(genuine) && incident.succeeded == false)
  }

  @Test("answers to an open question at many ports are guesses at ports")
  func ports() throws {
    var scene = GuessScene()
    scene.warm()
    scene.say("r1.bank.test.", id: 500, port: 44_444, isQuery: true)
    for guess in 0..<30 {
      scene.say(
        "r1.bank.test.", id: UInt16(guess * 901), port: UInt16(1_024 + guess * 1_009),
        answer: GuessScene.forged)
    }
    scene.say("r1.bank.test.", id: 500, port: 44_444, rcode: 3)
    let run = try scene.run(), found = try #require(run.findings(.portSpray).first)
    #expect(found.severity == .medium && found.number("guesses") == 30 && run.findings(.txidSpray).isEmpty)
    #expect((found.number("ports_to_cover") ?? 0) > 10_000)
  }

  @Test("answers whose queries the capture lost say what is true, and are none")
  func loss() throws {
    var scene = GuessScene()
    scene.warm(40)
    for _ in 0..<3 {
      scene.say("h1.bank.test.", id: 500, isQuery: true)
      for lost in 0..<6 {
        scene.say("h1.bank.test.", id: UInt16(2_000 + lost), port: 40_000, answer: GuessScene.genuine)
      }
      scene.say("h1.bank.test.", id: 500, answer: GuessScene.genuine)
    }
    #expect(try scene.run().attacks.isEmpty)
  }

  @Test("guesses at two zones are two incidents, and so are guesses with two minutes between them")
  func several() throws {
    for (name, pause) in [("r2.shop.test.", 0.0), ("r2.bank.test.", 120_000)] {
      var scene = GuessScene()
      scene.warm()
      _ = round(&scene, "r1.bank.test.", guesses: 10)
      scene.clock += pause
      _ = round(&scene, name, guesses: 10)
      #expect(try scene.run().incidents.map(\.attempts) == [10, 10], "\(name) after \(pause) ms")
    }
  }

  @Test("a flood of which most is only counted is one incident with all of it")
  func flood() throws {
    var scene = GuessScene()
    scene.warm()
    for number in 0..<7 {
      scene.clock -= 990
      _ = round(&scene, "r\(number).bank.test.", guesses: 1_000)
    }
    let run = try scene.run(), found = try #require(run.findings(.txidSpray).first)
    #expect(run.incidents.map(\.attempts) == [7_000] && found.number("guesses") == 7_000)
  }
}
