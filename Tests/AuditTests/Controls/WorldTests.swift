import DNSSEC
import DNSWire
import Testing
import TestSupport

/// The world before anything in it is changed.
@Suite struct WorldTests {
  @Test("the capture holds at least 500 signed positive answers")
  func size() throws {
    let world = try ControlWorld.shared.get()
    #expect(world.signedPositive.count >= 500)
  }

  @Test("the same seeds make the same capture to the last bit")
  func repeatable() throws {
    #expect(try ControlWorld().capture.file() == ControlWorld.shared.get().capture.file())
  }

  @Test("answers of every kind are there, and each of them in a zone that proves it and in one with opt-out")
  func kinds() throws {
    let world = try ControlWorld.shared.get()
    for kind in [ZoneAnswer.Kind.wildcard, .nxDomain] {
      let words = world.capture.exchanges.filter { $0.answer.kind == kind }.map(ControlWorld.expectedWord)
      #expect(Set(words) == [.secure, .insecure], "\(kind)")
    }
    for kind in [ZoneAnswer.Kind.positive, .noData, .wildcardNoData, .referral] {
      #expect(world.capture.exchanges.contains { $0.answer.kind == kind }, "\(kind)")
    }
  }

  @Test("every answer gets the word that the zones were made for")
  func words() throws {
    let world = try ControlWorld.shared.get()
    let run = try AuditRun([world.capture.file()], anchors: world.anchor)
    #expect(run.responses.count == world.capture.exchanges.count)
    for event in run.responses {
      let exchange = world.capture.exchanges[event.frame / 2 - 1]
      #expect(
        event.verdict.security == ControlWorld.expectedWord(of: exchange),
        "\(exchange.name) \(exchange.type.mnemonic) \(exchange.answer.kind) from \(exchange.zone): \(event.verdict.reason)"
      )
    }
    #expect(!run.result.hasBogus)
  }
}
