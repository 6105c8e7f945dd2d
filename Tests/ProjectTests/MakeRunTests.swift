import Foundation
import TestSupport
import Testing

/// `make run`, with a script in place of the command and no build.
@Suite("make run") struct MakeRunTests {
  @Test(
    "status 1 says that something was found and is no failure; statuses above it are",
    arguments: [(0, true), (1, true), (2, false), (3, false), (4, false), (5, false), (139, false)])
  func exitStatus(status: Int, passes: Bool) throws {
    let outcome = try makeRun(script: "exit \(status)")
    #expect((outcome.status == 0) == passes, "\(outcome.errorText)")
  }

  @Test("a capture is audited with the built-in anchors unless others are given")
  func arguments() throws {
    let script = #"printf '<%s>' "$@""#
    #expect(try makeRun(script: script, "CAPTURE=it's mine.pcap").text.hasSuffix("\n<it's mine.pcap>"))
    #expect(
      try makeRun(script: script, "CAPTURE=a.pcap", "ANCHOR=my anchors").text
        .hasSuffix("\n<--trust-anchor><my anchors><a.pcap>"))
  }

  @Test("the sample is a capture of this project with its anchors")
  func sample() throws {
    let outcome = try makeRun(script: #"test -f "$2" && test -f "$3" && printf '<%s>' "$@""#)
    #expect(outcome.text.hasSuffix("\n<--trust-anchor><captures/clean.anchors><captures/clean.pcap>"))
  }
}

/// Runs `make run` with a shell script as the command.
private func makeRun(script: String, _ variables: String...) throws -> Outcome {
  let folder = try TemporaryFolder()
  let command = try folder.write("#!/bin/sh\n\(script)\n", to: "dnsaudit")
  try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: command.path())
  return try run(
    #require(Environment.program("make")),
    ["--no-print-directory", "run", "release=true", "dnsaudit=\(command.path())"] + variables,
    environment: ["MAKEFLAGS": "", "CAPTURE": "", "ANCHOR": ""], in: Environment.project)
}
