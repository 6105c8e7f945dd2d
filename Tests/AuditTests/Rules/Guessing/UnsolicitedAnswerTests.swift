import Findings
import TestSupport
import Testing

/// Answers that nobody asked for, and those with another question than the query.
@Suite struct UnsolicitedAnswerTests {
  /// A scene in which so many answers come half a second after ordinary traffic, to ports that asked nothing.
  private func scene(_ count: Int, _ data: [UInt8], name: (Int) -> String = { "h\($0 % 3).bank.test." })
    -> GuessScene
  {
    var scene = GuessScene()
    scene.warm()
    scene.clock += 500
    for number in 0..<count {
      scene.say(name(number), id: UInt16(number * 977), port: UInt16(50_000 + number * 31), answer: data)
    }
    return scene
  }

  @Test("five with other data than the true ones are an attack, four are not")
  func contrary() throws {
    let run = try scene(5, GuessScene.forged).run(),
      found = try #require(run.findings(.unsolicitedAnswer).first)
    #expect(found.severity == .medium && found.count == 5)
    #expect(run.incidents.map(\.kind) == [.unsolicited] && run.incidents.first?.succeeded == false)
    #expect(try scene(4, GuessScene.forged).run().attacks.isEmpty)
  }

  @Test("names that nobody ever asks for are enough when the answers share data that nothing else has")
  func unknownNames() throws {
    let run = try scene(6, GuessScene.forged) { "x\($0).bank.test." }.run()
    #expect(run.incidents.map(\.kind) == [.unsolicited])
  }

  @Test("with the data that answers to queries have they are no attack, however many")
  func honest() throws {
    #expect(try scene(40, GuessScene.genuine).run().attacks.isEmpty)
  }

  @Test("to a host that never asks that server they are backscatter")
  func backscatter() throws {
    var scene = GuessScene()
    scene.ask("h1.bank.test.", id: 1)
    scene.clock += 20_000
    for number in 0..<40 {
      scene.say("any.shop.test.", id: UInt16(number * 977), port: 80, answer: GuessScene.forged)
    }
    let run = try scene.run()
    #expect(run.attacks.isEmpty && run.findings(.unsolicitedAnswer).map(\.severity) == [.low])
  }

  @Test(
    "a response with the ID of an open query and another question is low, and an attack when the right answer comes too"
  )
  func mismatch() throws {
    for hasRival in [false, true] {
      var scene = GuessScene()
      // Of a host that asked little it is not known whether it uses IDs again.
      for number in 0..<40 {
        let drawn = UInt64(number + 1) &* 0x9e37_79b9_7f4a_7c15
        scene.ask(
          "q\(number).bank.test.", id: UInt16(truncatingIfNeeded: drawn >> 40),
          port: UInt16(truncatingIfNeeded: drawn >> 20) | 1_024)
      }
      scene.clock += 2_000
      scene.say("www.bank.test.", id: 500, isQuery: true)
      let wrong = scene.say("login.bank.test.", id: 500, answer: GuessScene.forged)
      if hasRival { scene.say("www.bank.test.", id: 500, answer: GuessScene.genuine) }
      let found = try #require(try scene.run().findings(.questionMismatch).first)
      #expect(found.frames.contains(wrong) && found.severity == (hasRival ? .medium : .low))
    }
  }
}
