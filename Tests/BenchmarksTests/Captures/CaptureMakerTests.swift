import Foundation
import TestSupport
import Testing

/// The captures for the benchmarks, at a size of some thousand packets.
@Suite("Captures for benchmarks") struct CaptureMakerTests {
  @Test("every run makes the same bytes", arguments: ["mixed", "plain", "unique"])
  func repeatable(kind: String) throws {
    let files = try (0..<2).map { _ in
      let folder = try TemporaryFolder()
      let file = try make(kind, 2_000, in: folder)
      return (
        capture: try Data(contentsOf: file),
        anchors: try Data(contentsOf: file.deletingPathExtension().appendingPathExtension("anchors"))
      )
    }
    #expect(files[0].capture.count > 10_000)
    #expect(files[0].capture == files[1].capture)
    #expect(files[0].anchors == files[1].anchors)
  }

  @Test("the mixed one is judged to be sound, and nearly half of its responses are secure")
  func mixed() throws {
    let summary = try audit("mixed", 4_000)
    #expect(summary.responses == 2_000)
    #expect(summary.by_security["bogus"] == 0)
    #expect(summary.by_security["indeterminate"] == 0)
    #expect((800...1_400).contains(summary.by_security["secure"] ?? 0), "\(summary.by_security)")
    #expect(summary.signatures_seen > 2 * summary.signatures_verified)
    #expect(summary.nsec3_hashes > 0)
    #expect(summary.malformed == 0)
  }

  @Test("in the unique one every response is secure by a signature of its own")
  func unique() throws {
    let summary = try audit("unique", 4_000)
    #expect(summary.responses == 500)
    #expect(summary.by_security["secure"] == 500)
    #expect(summary.signatures_seen == summary.signatures_verified)
    #expect(summary.signatures_seen >= 500)
  }

  @Test("in the plain one nothing is signed, and what is asked comes again")
  func plain() throws {
    let summary = try audit("plain", 4_000)
    #expect(summary.responses == 2_000)
    #expect(summary.signatures_seen == 0)
    #expect((100..<1_900).contains(summary.unique_rrsets))
  }

  @Test("a capture that is there is left alone, and a wrong kind is refused")
  func present() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("mine", to: "plain-2000.pcap")
    #expect(try make("plain", 2_000, in: folder) == file)
    #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
    #expect(try run(maker, [folder.url.path(), "other"]).status == 2)
    #expect(try run(maker, ["--packets", "1", folder.url.path()]).status == 2)
  }

  /// The counts that are looked at.
  private struct Summary: Decodable {
    let responses: Int, by_security: [String: Int], signatures_seen: Int, signatures_verified: Int
    let nsec3_hashes: Int, malformed: Int, unique_rrsets: Int
  }

  /// Audits a capture with the anchors beside it.
  private func audit(_ kind: String, _ packets: Int) throws -> Summary {
    let folder = try TemporaryFolder()
    let file = try make(kind, packets, in: folder)
    let anchors = file.deletingPathExtension().appendingPathExtension("anchors").path()
    let outcome = try dnsaudit("audit", "--format", "jsonl", "-q", "--trust-anchor", anchors, file.path())
    let line = try #require(outcome.text.split(separator: "\n").last, "\(outcome.errorText)")
    return try JSONDecoder().decode(Summary.self, from: Data(line.utf8))
  }

  /// Makes a capture of a kind.
  private func make(_ kind: String, _ packets: Int, in folder: borrowing TemporaryFolder) throws -> URL {
    let outcome = try run(maker, ["--packets", String(packets), folder.url.path(), kind])
    try #require(outcome.status == 0, "\(outcome.errorText)")
    return folder.url.appending(path: "\(kind)-\(packets).pcap")
  }

  private var maker: URL { builtProgram("BenchmarkCaptures") }
}
