import Findings
import Glibc

/// A file descriptor that takes a report's bytes. Opening and closing it is its owner's business.
///
/// SIGPIPE has to be ignored in the process: then a reader that has gone shows as `OutputError.closed`.
package struct ByteSink: Sendable {
  /// The open descriptor.
  private let descriptor: Int32
  /// What messages call it: a path, or `standard output`.
  private let path: String

  /// How many bytes a report gathers before it hands them on: one full pipe of Linux (pipe(7)).
  package static let bufferSize = 65_536

  /// A sink on an open descriptor.
  package init(descriptor: Int32, path: String) { (self.descriptor, self.path) = (descriptor, path) }

  /// Writes all bytes, however many calls that takes.
  package func write(_ bytes: [UInt8]) throws(OutputError) {
    var done = 0
    while done < bytes.count {
      let (count, code) = writeSome(bytes[done...])
      guard count < 0 else {
        done += count
        continue
      }
      switch code {
      case EINTR: continue
      case EAGAIN: waitUntilWritable()
      case EPIPE: throw .closed
      default: throw .failed(path: path, errno: code)
      }
    }
  }

  /// One write(2): how many bytes it took, or -1 and errno.
  private func writeSome(_ bytes: ArraySlice<UInt8>) -> (count: Int, errno: Int32) {
    // The pointer is used within the call only, and the count is the buffer's own.
    unsafe bytes.withUnsafeBytes { buffer in
      let count = unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      return (count, count < 0 ? errno : 0)
    }
  }

  /// Waits for a descriptor that somebody made non-blocking, as terminals sometimes are.
  private func waitUntilWritable() {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = unsafe poll(&entry, 1, -1)
  }
}
