import Glibc
import Reports

/// What is known of the terminal, and messages to it.
enum Terminal {
  /// Whether a descriptor is a terminal.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// A line on standard error; nothing in it can steer a terminal.
  static func warn(_ text: String) {
    Diagnostic(text).write(to: ByteSink(descriptor: STDERR_FILENO, path: "standard error"))
  }

  /// Whether colours are wanted: a terminal, and neither NO_COLOR nor a dumb one (no-color.org).
  static func wantsColor(_ descriptor: Int32, noColor: Bool) -> Bool {
    guard !noColor, isTerminal(descriptor) else { return false }
    return variable("NO_COLOR")?.isEmpty ?? true && variable("TERM") != "dumb"
  }

  /// Columns of the terminal.
  static var width: Int {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return TextOptions.defaultWidth
    }
    return Int(size.ws_col)
  }

  /// An environment variable.
  static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
