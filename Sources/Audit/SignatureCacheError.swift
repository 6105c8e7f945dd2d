import Findings
import Glibc

/// Why a file cannot be used as a cache of signatures.
package struct SignatureCacheError: Error, Sendable {
  /// What is wrong, and with which file.
  package let sentence: String

  /// From a sentence.
  private init(sentence: String) { self.sentence = sentence }

  /// From what is wrong with a file.
  init(_ path: String, problem: String) {
    self.init(
      sentence:
        "the signature cache \(path) cannot be used: \(problem); expected a file that an earlier run made, or none yet"
    )
  }

  /// From the system's error number.
  init(_ path: String, errno code: Int32) {
    let reason = unsafe String(cString: strerror(code))
    self.init(sentence: "the signature cache \(path) cannot be used: \(reason)")
  }

  /// From what keeps it from being written.
  init(_ path: String, _ error: OutputError) {
    if case .failed(_, let code) = error {
      self.init(path, errno: code)
    } else {
      self.init(
        sentence: "the signature cache \(path) is not written: another process keeps the lock of its folder")
    }
  }
}
