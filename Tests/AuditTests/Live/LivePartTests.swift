import DNSSEC
import Findings
import TestSupport
import Testing

@testable import Audit

/// A live run that keeps little, against an audit that keeps everything.
@Suite struct LivePartTests {
  @Test("every response is told once and in order, whatever is let go of", arguments: CapturePair.all)
  func allTold(_ pair: CapturePair) throws {
    let audit = try AuditedCaptures.run(pair),
      live = try LiveRun(pair, packetsPerWindow: 50, limits: keeping(16))
    #expect(live.earlyParts >= min(2, audit.summary.packets / 60))
    #expect(live.responses.map(\.frame) == audit.responses.map(\.frame))
    #expect(live.quality.contains { $0.contains("judged for good \(live.earlyParts) times") })
    guard case .summary(let summary)? = live.events.last else {
      Issue.record("the last event is no summary")
      return
    }
    #expect(summary.packets == audit.summary.packets)
    #expect(summary.messages == audit.summary.messages)
    #expect(summary.queries == audit.summary.queries)
    #expect(summary.responses == audit.summary.responses)
    #expect(summary.malformed == audit.summary.malformed)
    #expect(summary.bySecurity.reduce(0) { $0 + $1.count } == audit.responses.count)
  }

  @Test("an answer behind what was let go of is judged by the chains seen before it")
  func chainsStay() throws {
    let pair = CapturePair(name: "clean"), audit = try AuditedCaptures.run(pair)
    let live = try LiveRun(pair, packetsPerWindow: 50, limits: keeping(16))
    let late = live.responses.suffix(live.responses.count / 4)
    #expect(late.contains { $0.verdict.security == .secure })
    for event in late {
      #expect(
        event.verdict.security == audit.words[event.frame], "frame \(event.frame): \(event.verdict.reason)")
    }
    var forgetful = keeping(16)
    forgetful.chainMessages = 0
    let without = try LiveRun(pair, packetsPerWindow: 50, limits: forgetful).responses
    #expect(without.suffix(without.count / 4).contains { $0.verdict.security != audit.words[$0.frame] })
  }

  @Test("what is let go of turns no answer bogus that is not", arguments: CapturePair.all)
  func noFalseBogus(_ pair: CapturePair) throws {
    let audit = try AuditedCaptures.run(pair).words
    for event in try LiveRun(pair, packetsPerWindow: 50, limits: keeping(16)).responses {
      let word = event.verdict.security
      #expect(word == audit[event.frame] || word != .bogus, "frame \(event.frame): \(event.verdict.reason)")
    }
  }

  @Test(
    "the limit of responses is reached with the last one that it allows",
    arguments: [(-1, 1), (0, 1), (1, 0)])
  func responseLimit(_ more: Int, _ parts: Int) throws {
    let pair = CapturePair(name: "insecure"), count = try AuditedCaptures.run(pair).responses.count
    #expect(try LiveRun(pair, packetsPerWindow: 1_000, limits: keeping(count + more)).earlyParts == parts)
  }

  @Test("bytes are bounded as well")
  func byteLimit() throws {
    var limits = LiveLimits()
    limits.bytes = 32_768
    #expect(try LiveRun(CapturePair(name: "clean"), packetsPerWindow: 1_000, limits: limits).earlyParts >= 1)
    limits.bytes = 4 << 20
    #expect(try LiveRun(CapturePair(name: "clean"), packetsPerWindow: 1_000, limits: limits).earlyParts == 0)
  }

  @Test("chain links beyond the limit are counted and said")
  func chainLimit() throws {
    var limits = keeping(16)
    limits.chainMessages = 4
    let live = try LiveRun(CapturePair(name: "clean"), packetsPerWindow: 50, limits: limits)
    #expect(live.quality.contains { $0.contains("links of chains of trust were let go of") })
    let roomy = try LiveRun(CapturePair(name: "clean"), packetsPerWindow: 50, limits: keeping(16))
    #expect(!roomy.quality.contains { $0.contains("links of chains of trust") })
  }

  /// Limits that let few responses stay.
  private func keeping(_ responses: Int) -> LiveLimits {
    var limits = LiveLimits()
    limits.responses = responses
    return limits
  }
}
