import Foundation
import TestSupport
import Testing

/// A test that does not run says so by name, and fails where CI=true: `TestConditions.swift` sees to both.
@Suite("Tests that do not run") struct SkippedTestsTests {
  @Test("no test is left out in a way that would not be said")
  func noSilentSkips() throws {
    let tests = Environment.project.appending(path: "Tests")
    let silent = [".disabled" + "(", ".enabled" + "(", "XCTSkip" + "(", "Test.cancel" + "("]
    let files = try #require(FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil))
    var read = 0
    for case let file as URL in files
    where file.pathExtension == "swift" && file.lastPathComponent != "TestConditions.swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for construct in silent {
        #expect(!text.contains(construct), "\(file.lastPathComponent): \(construct)")
      }
      read += 1
    }
    #expect(read > 10)
  }
}
