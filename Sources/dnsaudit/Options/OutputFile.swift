import Glibc
import Reports

/// Where a report goes: a file made anew, or standard output.
struct OutputFile {
  /// The open descriptor.
  let descriptor: Int32
  private let path: String?

  /// Opens a file for writing; without a path it is standard output.
  init(_ path: String?) throws {
    self.path = path
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let reason = unsafe String(cString: strerror(errno))
      throw Failure(status: .usage, message: "\(path) cannot be written: \(reason)")
    }
  }

  /// A sink on it.
  var sink: ByteSink { ByteSink(descriptor: descriptor, path: path ?? "standard output") }

  /// Closes a file.
  func close() {
    if path != nil { _ = Glibc.close(descriptor) }
  }
}
