import Foundation
import TestSupport
import Testing

@testable import Benchmarks

/// The check of the counts as `make counts` runs it, on the smallest of its jobs.
@Suite("Counts") struct CountRunTests {
  @Test(
    "what the command costs passes at its limit, and fails when the limit is planted lower",
    .requiresPrograms("valgrind", "strip", for: "limits of counts"),
    .requiresReleaseCommand("limits of counts"))
  func plantedExcess() throws {
    let folder = try TemporaryFolder()
    let first = try count(folder, "decode instructions 1\ndecode allocations 1\n")
    #expect(first.status == 1, "\(first.errorText)")
    #expect(first.text.contains(" where 1 is kept: more than 3 % above it"))
    let match = try #require(first.text.firstMatch(of: /instructions \| +(\d+) \|/))
    let limit = try #require(Int(match.1))
    #expect(limit > 100_000)
    let second = try count(folder, "decode instructions \(limit)\ndecode allocations 20\n")
    #expect(second.status == 0, "\(second.text)\(second.errorText)")
  }

  /// Runs the check of one job with limits.
  private func count(_ folder: borrowing TemporaryFolder, _ limits: String) throws -> Outcome {
    let file = try folder.write(limits, to: "limits.txt")
    return try run(
      benchmarks,
      [
        "counts", "--only", "decode", "--dnsaudit", Environment.command.path(), "--limits", file.path(),
        folder.url.path(),
      ])
  }

  @Test("the repository keeps a limit for each count of every job")
  func complete() throws {
    let file = Environment.project.appending(path: "Benchmarks/limits.txt")
    let limits = try CountLimits(String(contentsOf: file, encoding: .utf8))
    let entries = ["decode", "audit", "audit-signed"].flatMap { job in
      ["instructions", "allocations"].map { CountLimits.Entry(job: job, what: $0) }
    }
    #expect(Set(limits.kept.keys) == Set(entries))
  }

  @Test("a command line that is not understood ends with 2")
  func usage() throws {
    for arguments in [[], ["whole"], ["stages", "--rounds", "0", "a"], ["counts"], ["other"]] {
      #expect(try run(benchmarks, arguments).status == 2, "\(arguments)")
    }
  }
}

/// The program that was built with the tests.
private var benchmarks: URL { builtProgram("Benchmarks") }

/// A program in the folder of the tests' own executable.
func builtProgram(_ name: String) -> URL {
  URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name)
}
