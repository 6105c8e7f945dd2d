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

  /// Opens those of the three standard descriptors that are closed, the wrong way round: otherwise the next file
  /// that is opened would take its place, and get what is meant for standard output.
  static func openMissingDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Columns of the terminal behind a descriptor.
  static func width(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return TextOptions.defaultWidth
    }
    return Int(size.ws_col)
  }

  /// An environment variable.
  static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
