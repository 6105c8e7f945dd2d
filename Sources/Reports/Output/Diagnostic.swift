import Findings
import Glibc

/// A message for standard error: several lines at most, nothing in it can steer a terminal.
package struct Diagnostic: Sendable {
  /// The text with its line ends, escaped.
  package let text: String

  /// Escapes a message; its line ends stay.
  package init(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    text = lines.map { Printable($0).description + "\n" }.joined()
  }

  /// Writes it; that nobody reads it is no failure.
  package func write(to sink: ByteSink) { try? sink.write(Array(text.utf8)) }
}

extension OutputError {
  /// What happened and to which output.
  package var sentence: String {
    switch self {
    case .closed: "the reader of the output has gone"
    case .failed(let path, let code): "\(path) cannot be written: \(unsafe String(cString: strerror(code)))"
    case .changed(let path):
      "\(path) is not written: another run has changed it since this one began; repeat this run, which then goes on with it"
    case .locked(let path):
      "\(path) is not written: another process keeps the lock of its folder; repeat this run"
    case .template(let problem): "the template of the report is wrong: \(problem)"
    }
  }
}
