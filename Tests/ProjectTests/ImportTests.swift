import Foundation
import TestSupport
import Testing

/// The borders between the modules, as `make lint` keeps them.
@Suite("Imports") struct ImportTests {
  @Test("no source of this project imports across a border")
  func projectIsClean() throws {
    let outcome = try checkImports(in: Environment.project)
    #expect(outcome.status == 0, "\(outcome.errorText)")
  }

  @Test(
    "an import across a border is found in every form that Swift has for it",
    arguments: [
      "import Packets", "  import Packets", "import Packets // why", "/* why */ import Packets",
      "@testable import Packets", "@preconcurrency import Packets", "@_exported\nimport Packets",
      "@_spi(Tests) import Packets", "public import Packets", "private import Packets",
      "import struct Packets.Frame", "public import func Packets.decode", "import Packets.Frame",
      "import Bytes; import Packets", "import\n  Packets", "import `Packets`",
    ])
  func plantedImport(line: String) throws {
    let tree = try smallTree(dnsWire: line)
    let outcome = try checkImports(in: tree.url)
    #expect(outcome.status == 1)
    let number = 1 + line.count(where: { $0 == "\n" })
    #expect(
      outcome.errorText == "Sources/DNSWire/Message/File.swift:\(number): DNSWire may not import Packets\n")
  }

  @Test("an import of a system module that the table does not name is found")
  func systemModule() throws {
    let tree = try smallTree(dnsWire: "import Bytes\n\nimport Foundation\n")
    let outcome = try checkImports(in: tree.url)
    #expect(outcome.status == 1)
    #expect(outcome.errorText == "Sources/DNSWire/Message/File.swift:3: DNSWire may not import Foundation\n")
  }

  @Test(
    "what the table allows, and what only looks like an import, is let through",
    arguments: [
      "import Bytes", "public import struct Bytes.Timestamp", "// import Packets", "/// import Packets",
      "/*\nimport Packets\n*/", "let important = 1", "func f() { reimport(Packets) }",
    ])
  func allowedImport(line: String) throws {
    let tree = try smallTree(dnsWire: line)
    let outcome = try checkImports(in: tree.url)
    #expect(outcome.status == 0, "\(outcome.errorText)")
  }

  @Test("a target that the table does not know is found")
  func unknownTarget() throws {
    let tree = try smallTree(dnsWire: "import Bytes")
    try tree.write("let one = 1\n", to: "Sources/Newcomer/File.swift")
    let outcome = try checkImports(in: tree.url)
    #expect(outcome.status == 1)
    #expect(outcome.errorText == "Sources/Newcomer: the table .ci/imports has no line for it\n")
  }

  @Test("a line of the table whose target is gone is found")
  func missingTarget() throws {
    let tree = try smallTree(dnsWire: "import Bytes")
    try FileManager.default.removeItem(at: tree.url.appending(path: "Sources/Audit"))
    let outcome = try checkImports(in: tree.url)
    #expect(outcome.status == 1)
    #expect(outcome.errorText == ".ci/imports: there is no target Sources/Audit\n")
  }

  @Test("the table allows of this package exactly what Package.swift declares as dependencies")
  func tableEqualsManifest() throws {
    let table = try importTable()
    let manifest = try Manifest(of: Environment.project)
    for (target, modules) in table {
      #expect(manifest.dependencies(of: target) == modules, "\(target)")
    }
  }
}

/// Runs the check on a tree.
private func checkImports(in root: URL) throws -> Outcome {
  try run(Environment.project.appending(path: ".ci/check-imports"), [root.path()])
}

/// The modules of this package and its dependencies that each target may import.
private func importTable() throws -> [String: Set<String>] {
  let text = try String(contentsOf: Environment.project.appending(path: ".ci/imports"), encoding: .utf8)
  let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
  return Dictionary(
    uniqueKeysWithValues: lines.map { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let own = parts[1].split(separator: "|", omittingEmptySubsequences: false)[0]
      return (String(parts[0]), Set(own.split(separator: " ").map(String.init)))
    })
}

/// A tree with this project's table, an empty folder for each of its targets, and one source in DNSWire.
private func smallTree(dnsWire source: String) throws -> TemporaryFolder {
  let tree = try TemporaryFolder()
  let table = try Data(contentsOf: Environment.project.appending(path: ".ci/imports"))
  try tree.write(table, to: ".ci/imports")
  for target in try importTable().keys {
    try FileManager.default.createDirectory(
      at: tree.url.appending(path: "Sources/\(target)"), withIntermediateDirectories: true)
  }
  try tree.write(source, to: "Sources/DNSWire/Message/File.swift")
  return tree
}
