import Foundation
import TestSupport
import Testing

/// The paths that the Markdown pages name.
@Suite("Pages") struct PageTests {
  @Test("README.md and the other pages name no path that is missing")
  func projectIsClean() throws {
    let outcome = try checkPaths(in: Environment.project)
    #expect(outcome.status == 0, "\(outcome.errorText)")
  }

  @Test(
    "a missing path is found, as a link and as a word",
    arguments: [
      ("[the lab](captures/lab)", "captures/lab"),
      ("see `Sources/Nowhere/File.swift`.", "Sources/Nowhere/File.swift"),
      ("[one](Benchmarks/README.md#reading)", "Benchmarks/README.md"), ("    sh .ci/gone now", ".ci/gone"),
    ])
  func missingPath(line: String, path: String) throws {
    let tree = try TemporaryFolder()
    try tree.write("# A page\n\n\(line)\n", to: "README.md")
    let outcome = try checkPaths(in: tree.url)
    #expect(outcome.status == 1)
    #expect(outcome.errorText == "README.md:3: there is no \(path)\n")
  }

  @Test(
    "an existing path, an address and a pattern are let through",
    arguments: [
      "[here](Sources/Bytes)", "`Sources/Bytes/`, and so on", "https://example.org/Sources/Nowhere",
      "[there](https://example.org/a)", "[below](#below)", "`captures/*.pcap`", "`/usr/Sources/Nowhere`",
    ])
  func presentPath(line: String) throws {
    let tree = try TemporaryFolder()
    try tree.write("let one = 1\n", to: "Sources/Bytes/File.swift")
    try tree.write("\(line)\n", to: "README.md")
    let outcome = try checkPaths(in: tree.url)
    #expect(outcome.status == 0, "\(outcome.errorText)")
  }

  @Test("a page below the root may name its own neighbours")
  func neighbours() throws {
    let tree = try TemporaryFolder()
    try tree.write("[the table](table.txt)\n", to: "captures/README.md")
    try tree.write("", to: "captures/table.txt")
    #expect(try checkPaths(in: tree.url).status == 0)
  }
}

/// Runs the check on a tree.
private func checkPaths(in root: URL) throws -> Outcome {
  try run(Environment.project.appending(path: ".ci/check-paths"), [root.path()])
}
