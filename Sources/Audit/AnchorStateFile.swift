import DNSSEC
import Findings
import Glibc

/// The file that keeps between runs what was learned of trust points (RFC 5011).
package struct AnchorStateFile {
  private let path: String
  /// The file itself, open since before a live run gave up its privileges; else -1.
  private var descriptor: Int32 = -1

  /// The file of a name, which need not be there yet.
  package init(_ path: String) { self.path = path }

  /// What earlier runs learned; nothing when there is no such file yet.
  /// - Parameter anchors: those of this run, whose zones the states have to be of.
  package func states(for anchors: [TrustAnchor]) throws(AnchorSourceError) -> [TrustPoint] {
    guard unsafe access(path, F_OK) == 0 || errno != ENOENT else { return [] }
    let text = try AnchorSource.read(path), states: [TrustPoint]
    do throws(AnchorFileError) { states = try AutotrustFile.states(text, source: path) } catch {
      throw AnchorSourceError(path: path, error)
    }
    if let zone = TrustPoint.foreignZone(in: states, to: anchors) {
      throw AnchorSourceError(
        path: path, problem: "the keys that it has for \(zone) belong to other trust anchors",
        expected: "a file of states for the trust anchors of this run, or none yet")
    }
    return states
  }

  /// Opens the file while it may be opened, for a process that gives up its privileges before the end.
  package mutating func openAhead() throws(OutputError) {
    guard geteuid() == 0 else { return }
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, AnchorStateFile.mode)
    guard descriptor >= 0 else { throw .failed(path: path, errno: errno) }
  }

  /// Who may read and write it: the owner.
  private static let mode: mode_t = 0o600

  /// Writes what is known at the end of a run, whole or not at all: into a new file, which then takes the name.
  package func save(_ result: AuditResult) throws(OutputError) {
    guard let states = result.anchorStates else { return }
    let text = Array(AutotrustText.text(states).utf8), target = realPath
    let fresh = "\(target).\(getpid()).tmp"
    let file = unsafe open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, AnchorStateFile.mode)
    guard file >= 0 else {
      // Without privileges the folder may be closed, and the file open ahead is what is left to write to.
      guard descriptor >= 0 else { throw .failed(path: path, errno: errno) }
      return try overwrite(text)
    }
    var failure = write(text, to: file)
    if failure == 0, fsync(file) != 0 { failure = errno }
    close(file)
    if failure == 0, unsafe rename(fresh, target) != 0 { failure = errno }
    guard failure == 0 else {
      _ = unsafe unlink(fresh)
      throw .failed(path: path, errno: failure)
    }
    syncFolder(of: target)
  }

  /// Writes in place.
  private func overwrite(_ text: [UInt8]) throws(OutputError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .failed(path: path, errno: errno) }
    let failure = write(text, to: descriptor)
    guard failure == 0 else { throw .failed(path: path, errno: failure) }
    guard ftruncate(descriptor, text.count) == 0, fsync(descriptor) == 0 else {
      throw .failed(path: path, errno: errno)
    }
  }

  /// Writes all octets.
  /// - Returns: 0, or the system's error number.
  private func write(_ text: [UInt8], to file: Int32) -> Int32 {
    var done = 0
    while done < text.count {
      // The pointer is used within the call only, and the count is the buffer's own.
      let count = unsafe text[done...].withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno != EINTR { return errno }
      done += max(count, 0)
    }
    return 0
  }

  /// The file that a link leads to, so that the link stays one; the path itself where there is nothing yet.
  private var realPath: String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Has the new name of a file survive a loss of power. A folder that cannot be opened costs nothing but that.
  private func syncFolder(of file: String) {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }
}
