import Glibc
import Reports

/// Tells on standard error how far reading has come; rewritten in place, and wiped at the end.
struct ProgressLine {
  /// Whether it is shown at all.
  let isShown: Bool

  /// Shows the packets read so far.
  func show(_ packets: Int) { show("\(packets) packets") }

  /// Shows how far a run has come.
  func show(_ text: String) {
    guard isShown else { return }
    write("\r\(text)\u{1b}[K")
  }

  /// Wipes the line.
  func clear() {
    guard isShown else { return }
    write("\r\u{1b}[K")
  }

  /// Writes without waiting for a line's end; that nobody can read it is no failure.
  private func write(_ text: String) {
    try? ByteSink(descriptor: STDERR_FILENO, path: "standard error").write(Array(text.utf8))
  }
}
