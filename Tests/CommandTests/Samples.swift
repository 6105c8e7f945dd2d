import Foundation
import TestSupport
import Testing

/// One of the project's own captures.
struct Sample: CustomTestStringConvertible, Sendable {
  /// Its name in `captures/`.
  let name: String

  /// Those that `captures/README.md` lists.
  static let all = ["clean", "broken", "insecure", "spoofed", "names", "types"].map { Sample(name: $0) }
  static let clean = all[0], broken = all[1], spoofed = all[3], names = all[4]

  var testDescription: String { name }
  /// The capture and its trust anchor.
  var path: String { file("pcap").path() }
  var anchors: String { file("anchors").path() }
  /// The capture's bytes.
  var bytes: Data { get throws { try Data(contentsOf: file("pcap")) } }

  /// Audits it with its anchor.
  func audit(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(
      Environment.command, ["--trust-anchor", anchors] + arguments + [path], environment: environment)
  }

  private func file(_ ending: String) -> URL {
    Environment.project.appending(path: "captures/\(name).\(ending)")
  }
}

extension Outcome {
  /// Its output as events.
  var events: [[String: Any]] {
    get throws {
      try output.split(separator: 0x0a).map { line in
        try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
      }
    }
  }

  /// The events of one kind.
  func events(_ kind: String) throws -> [[String: Any]] {
    try events.filter { $0["event"] as? String == kind }
  }
}

/// Runs a shell script: the command is `$0`, the arguments are `$1` and so on.
func shell(_ script: String, _ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
  try run(
    URL(filePath: "/bin/sh"), ["-c", script, Environment.command.path()] + arguments, environment: environment
  )
}
