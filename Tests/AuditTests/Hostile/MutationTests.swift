import TestSupport
import Testing

/// Captures changed by chance: whatever they hold, the audit ends with a summary.
@Suite struct MutationTests {
  @Test(
    "changed messages of every capture are judged to the end", arguments: CapturePair.all, [1, 2] as [UInt64])
  func messages(_ pair: CapturePair, _ seed: UInt64) throws {
    var capture = try ClassicPackets(try pair.bytes()), mutator = Mutator(seed: seed)
    mutator.mutatePackets(&capture)
    let run = try AuditRun([capture.file], anchors: try pair.text("anchors"))
    #expect(run.summary.packets == capture.packets.count)
    #expect(run.summary.responses == run.responses.count)
    #expect(run.responses.count > capture.packets.count / 5)
    #expect(run.responses.contains { $0.verdict.security != .secure })
  }

  @Test(
    "a file changed anywhere is read as far as it goes, or refused with a sentence",
    arguments: CapturePair.all)
  func files(_ pair: CapturePair) throws {
    let original = try pair.bytes(), anchors = try pair.text("anchors")
    for seed in 1...4 {
      var file = original, mutator = Mutator(seed: UInt64(seed))
      mutator.mutateFile(&file)
      let run = try AuditRun([file], anchors: anchors)
      #expect(run.summary.responses == run.responses.count)
      let faults = run.result.unreadable + run.result.damaged
      #expect(faults.allSatisfy { !$0.isEmpty })
      #expect(run.summary.packets > 0 || !faults.isEmpty)
    }
  }

  @Test("a file cut at any octet is judged up to the cut", arguments: [24, 25, 40, 41, 1000, 4097, 30_001])
  func cut(_ length: Int) throws {
    let pair = CapturePair(name: "spoofed")
    let whole = try ClassicPackets(try pair.bytes())
    let run = try AuditRun([Array(try pair.bytes().prefix(length))], anchors: try pair.text("anchors"))
    var left = length - 24, packets = 0
    while packets < whole.packets.count, left >= 16 + whole.packets[packets].bytes.count {
      left -= 16 + whole.packets[packets].bytes.count
      packets += 1
    }
    #expect(run.summary.packets == packets)
    #expect(run.result.damaged.isEmpty == (left == 0))
  }
}
