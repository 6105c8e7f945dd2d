import Foundation

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
