// The programs of Benchmarks use this module too, and are linked with Swift's static libraries, which hold no Testing.
#if canImport(Testing)
  import Crypto
  import Foundation
  import Testing

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
#endif
