import Crypto
import Foundation
import Testing

/// What the tests find around them: the project's files, the command, and what the machine allows.
package enum Environment {
  /// Set by `.ci/run`: then a test that cannot run has failed.
  package static let isCI = variable("CI") == "true"

  /// Whether the tests may make network namespaces and open raw sockets.
  package static let isRoot = geteuid() == 0

  /// The folder that holds Package.swift.
  package static let project = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The `dnsaudit` to run: what the variable DNSAUDIT names (`make test` names the release binary), or
  /// the one that was built with the tests, which lies in the folder of their own executable.
  package static let command: URL =
    variable("DNSAUDIT").map { URL(filePath: $0) }
    ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "dnsaudit")

  /// The path of a program on PATH, or nil.
  package static func program(_ name: String) -> URL? {
    (variable("PATH") ?? "/usr/sbin:/usr/bin:/sbin:/bin").split(separator: ":")
      .map { URL(filePath: String($0)).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
  }

  /// The value of an environment variable, nil when it is unset or empty.
  package static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// Why a test that had to run could not.
private struct NotRun: Error, CustomStringConvertible {
  let description: String
}

extension Trait where Self == ConditionTrait {
  /// The test needs root. Without it the test is named as not run, and fails where CI=true.
  package static func requiresRoot(_ name: String) -> Self {
    condition(name, needs: "root") { Environment.isRoot }
  }

  /// The test needs programs on PATH. Without one it is named as not run, and fails where CI=true.
  package static func requiresPrograms(_ programs: String..., for name: String) -> Self {
    condition(name, needs: programs.joined(separator: ", ")) {
      programs.allSatisfy { Environment.program($0) != nil }
    }
  }

  /// The test needs libcrypto's engine for GOST. Without it the test is named as not run, and fails where CI=true.
  package static func requiresGOSTEngine(_ name: String) -> Self {
    condition(name, needs: "the engine gost of libcrypto") { DigestAlgorithm.gost94.isAvailable }
  }

  /// The test measures, so that the command has to be a release build, as `make test` gives it.
  package static func requiresReleaseCommand(_ name: String) -> Self {
    condition(name, needs: "DNSAUDIT to name a release build, as in make test") {
      Environment.variable("DNSAUDIT") != nil
    }
  }

  /// A test that says so itself when it is left out.
  private static func condition(
    _ name: String, needs: String, _ holds: @escaping @Sendable () -> Bool
  ) -> Self {
    .enabled("needs \(needs)") {
      if holds() { return true }
      let sentence = "not run: \(name) (needs \(needs))"
      if Environment.isCI { throw NotRun(description: sentence) }
      FileHandle.standardError.write(Data((sentence + "\n").utf8))
      return false
    }
  }
}
