import Foundation
import TestSupport
import Testing

@Suite("README") struct ReadMeTests {
  @Test("the run that the README shows is what the command prints")
  func run() throws {
    let page = try String(contentsOf: Environment.project.appending(path: "README.md"), encoding: .utf8)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let command = "    $ dnsaudit --trust-anchor captures/spoofed.anchors captures/spoofed.pcap"
    let start = try #require(lines.firstIndex { $0 == command })
    let shown = lines[(start + 1)...].prefix { $0.isEmpty || $0.hasPrefix("    ") }
    let outcome = try TestSupport.run(
      Environment.command, command.split(separator: " ").dropFirst(2).map(String.init),
      in: Environment.project)
    #expect(outcome.status == 1)
    #expect(words(shown.joined(separator: " ")) == words(outcome.text))
    #expect(words(outcome.text).count > 300)
  }

  /// The words, whatever the line breaks; libcrypto's version is the machine's own.
  private func words(_ text: String) -> [Substring] {
    text.replacing(/OpenSSL[^,]+,/, with: "OpenSSL,").split(whereSeparator: \.isWhitespace)
  }
}
