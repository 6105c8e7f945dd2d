import DNSSEC
import Findings
import Foundation
import TestSupport
import Testing

/// Captures of others, where they lie beside the project: nothing above medium is found in them but what they really hold.
@Suite("Captures of others") struct OpenCorpusTests {
  /// A finding that a capture really deserves.
  private struct Deserved {
    let capture: String, rule: Rule, reason: String
  }

  /// What is above medium, and why.
  private static let deserved = [
    Deserved(
      capture: "pops_out_of_bailiwick.pcap", rule: .outOfBailiwick,
      reason:
        "made by its authors to show one: an answer about example.com. names a server in abc.com. and its address"
    )
  ]

  /// The captures; none where they are not beside the project.
  private static let captures: [URL] = {
    let folder = Environment.project.appending(path: "../shared/corpus/open")
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.lastPathComponent.contains(".pcap") }.sorted { $0.path() < $1.path() }
  }()

  @Test("nothing above medium is found but what is listed, and that is found", arguments: captures)
  func findings(_ capture: URL) throws {
    let run = try audit(capture)
    let name = capture.lastPathComponent
    let deserved = OpenCorpusTests.deserved.filter { $0.capture == name }
    let grave = run.findings.filter { $0.severity > .medium }
    #expect(grave.filter { found in !deserved.contains { $0.rule == found.rule } }.map(\.summary) == [])
    for known in deserved {
      #expect(run.findings.contains { $0.rule == known.rule && $0.severity >= .medium }, "\(known.reason)")
    }
  }

  @Test(
    "the repeated identical answers of a busy resolver raise no finding",
    arguments: captures.filter { $0.path().contains("knot-live") })
  func repeated(_ capture: URL) throws {
    let run = try audit(capture)
    #expect(run.responses.count { $0.transaction == .duplicate } > 0)
    let about: Set<Rule> = [
      .sameAnswerTwice, .conflictingAnswer, .rcodeConflict, .txidSpray, .unsolicitedAnswer,
    ]
    #expect(run.findings.filter { about.contains($0.rule) }.map(\.summary) == [] && run.incidents.isEmpty)
  }

  /// The audit of a capture with the root's real anchors, which any capture from the Internet is judged by.
  private func audit(_ capture: URL) throws -> AuditRun {
    try AuditRun(paths: [capture.path()], anchors: try CapturePair(name: "clean").text("anchors")) {
      $0.anchors = TrustAnchor.builtIn
    }
  }
}
