import Foundation
import TestSupport
import Testing

/// The patches that take out a check, and the script that shows that a test notices each.
@Suite("make mutants", .requiresPrograms("git", "python3", for: "mutants")) struct MutantTests {
  @Test("every patch applies to the sources as they are")
  func patchesApply() throws {
    for patch in try patches() {
      let outcome = try run(
        #require(Environment.program("git")), ["apply", "--check", patch.path()], in: Environment.project)
      #expect(outcome.status == 0, "\(patch.lastPathComponent): \(outcome.errorText)")
    }
  }

  @Test("every patch says what it takes out, and names a suite that has to notice")
  func patchesSayWhatTheyAre() throws {
    let suites = try validatorSuites()
    for patch in try patches() {
      let lines = try String(contentsOf: patch, encoding: .utf8).split(separator: "\n").prefix(2)
      let (first, second) = (try #require(lines.first), try #require(lines.last))
      #expect(first.hasPrefix("Takes out ") && first.hasSuffix("."), "\(patch.lastPathComponent): \(first)")
      #expect(second.hasPrefix("Noticed by: "), "\(patch.lastPathComponent): \(second)")
      let suite = String(second.dropFirst("Noticed by: ".count))
      #expect(suites.contains(suite), "\(patch.lastPathComponent): there is no suite \(suite)")
    }
  }

  @Test("a mutant that its suite notices is told with the test that failed, and is a success")
  func noticed() throws {
    let outcome = try mutants(["seen": "false"])
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.errorText)")
    #expect(outcome.text.contains("FileTests: the check is made") && outcome.text.contains("1 of 1 noticed"))
  }

  @Test(
    "a mutant that survives, that others notice, that does not compile or does not apply is a failure",
    arguments: [
      ("nil", "SURVIVES: no test notices"), ("other", "not noticed by FileTests, but by: the check is made"),
      ("broken", "does not compile: error: broken"), ("false\nlet", "does not apply"),
    ])
  func unnoticed(value: String, sentence: String) throws {
    let outcome = try mutants(["seen": "false", "unseen": value])
    #expect(outcome.status == 1)
    #expect(outcome.text.contains(sentence) && outcome.text.contains("1 of 2 noticed"), "\(outcome.text)")
  }

  @Test("each mutant is tried on sources without the others, and one may be tried alone")
  func oneByOne() throws {
    #expect(try mutants(["a": "false", "b": "false", "c": "false"]).text.contains("3 of 3 noticed"))
    let one = try mutants(["a": "false", "b": "nil"], "a")
    #expect(one.status == 0 && one.text.contains("1 of 1 noticed"))
    let none = try mutants(["a": "false"], "z")
    #expect(none.status == 1 && none.errorText.contains("there is no patch z"))
  }

  @Test("tests that fail without any mutant are a failure, and nothing is tried")
  func brokenBefore() throws {
    let outcome = try mutants(["seen": "nil"], original: "false")
    #expect(outcome.status == 1 && outcome.errorText.contains("the tests fail without any patch"))
    #expect(!outcome.text.contains("noticed"))
  }
}

/// The patches of this project.
private func patches() throws -> [URL] {
  let folder = Environment.project.appending(path: "Tests/Mutants")
  let found = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    .filter { $0.pathExtension == "patch" }
  try #require(found.count > 40)
  return found
}

/// The names of the suites that the script can run.
private func validatorSuites() throws -> Set<String> {
  var suites: Set<String> = []
  for name in ["DNSSECTests", "CryptoTests"] {
    let folder = Environment.project.appending(path: "Tests/\(name)")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: /@Suite[^\n]*struct (\w+)/) {
        suites.insert(String(match.1))
      }
    }
  }
  return suites
}

/// Runs the script on a tree of one source, `let check = VALUE`, with a patch to each of these values. In place of the
/// compiler a script builds what is not `broken`, and has tests that notice `false`, and `other` when all of them run.
private func mutants(_ values: [String: String], _ names: String..., original: String = "true") throws
  -> Outcome
{
  let tree = try TemporaryFolder(), source = "Sources/DNSSEC/File.swift"
  let script = try tree.write(
    Data(contentsOf: Environment.project.appending(path: ".ci/mutants")), to: ".ci/mutants")
  try tree.write("let check = \(original)\n", to: source)
  for path in ["Package.swift", "Tests/TestSupport/File.swift", "Tests/DNSSECTests/File.swift"] {
    try tree.write("// \(path)\n", to: path)
  }
  for (name, value) in values {
    let before = value.contains("\n") ? "let another = 1" : "let check = \(original)"
    try tree.write(
      """
      Takes out the check.
      Noticed by: FileTests
      --- a/\(source)
      +++ b/\(source)
      @@ -1 +1 @@
      -\(before)
      +let check = \(value.prefix { $0 != "\n" })

      """, to: "Tests/Mutants/\(name).patch")
  }
  let compiler = try tree.write(
    """
    #!/bin/sh
    case "$1 $*:$(cat \(source))" in
      build*broken) echo "error: broken"; exit 1 ;;
      build*) ;;
      test*--filter*other) echo "Test run with 1 test in 1 suite passed" ;;
      test*false | test*other) echo 'Test "the check is made" recorded an issue'; exit 1 ;;
      test*) echo "Test run with 2 tests in 1 suite passed" ;;
    esac
    """, to: "bin/swift")
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: compiler.path())
  let path = "\(tree.url.appending(path: "bin").path()):\(Environment.variable("PATH") ?? "/usr/bin:/bin")"
  return try run(
    #require(Environment.program("python3")), [script.path()] + names, environment: ["PATH": path])
}
