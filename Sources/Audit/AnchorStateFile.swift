import DNSSEC
import Findings
import Glibc

/// The file that keeps between runs what was learned of trust points (RFC 5011).
package struct AnchorStateFile: Sendable {
  /// What earlier runs learned; nothing when there is no such file yet.
  package let states: [TrustPoint]
  private let path: String
  /// What was in it when this run began; nothing where there was none.
  private let original: [UInt8]
  /// The file itself and its folder, open since before a live run gave up its privileges.
  private var held: (file: Int32, folder: Int32)?

  /// Reads the file of a name, which need not be there yet.
  /// - Parameter anchors: those of this run, whose zones the states have to be of.
  package init(_ path: String, for anchors: [TrustAnchor]) throws(AnchorSourceError) {
    (self.path, original) = (path, try AnchorStateFile.octets(of: path))
    do throws(AnchorFileError) {
      states = try AutotrustFile.states(AnchorSource.text(original), source: path)
    } catch {
      throw AnchorSourceError(path: path, error)
    }
    if let zone = TrustPoint.foreignZone(in: states, to: anchors) {
      throw AnchorSourceError(
        path: path, problem: "the keys that it has for \(zone) belong to other trust anchors",
        expected: "a file of states for the trust anchors of this run, or none yet")
    }
  }

  /// What is in a regular file; nothing where there is none. Opening a device or a pipe could do something by itself,
  /// and the file is to be replaced at the end, so that its kind is looked at first.
  private static func octets(of path: String) throws(AnchorSourceError) -> [UInt8] {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw AnchorSourceError(path: path, errno: errno) }
      return []
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw AnchorSourceError(
        path: path, problem: "it is no regular file", expected: "a file of states, or none yet")
    }
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw AnchorSourceError(path: path, errno: errno) }
    defer { close(descriptor) }
    return try AnchorSource.octets(of: descriptor, path)
  }

  /// Opens the file while it may be opened, for a process that gives up its privileges before the end.
  package mutating func openAhead() throws(OutputError) {
    guard geteuid() == 0 else { return }
    let target = LinkTarget(path), folder = FileFolder.open(of: target.path)
    guard folder >= 0 else { throw .failed(path: path, errno: errno) }
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    let file = unsafe open(target.path, flags, WholeFile.mode)
    guard file >= 0 else { throw .failed(path: path, errno: errno) }
    held = (file, folder)
  }

  /// Writes what is known at the end of a run, unless the file is no longer what this run began with: then another run
  /// has learned something that would be lost. Runs do this one after the other.
  package func save(_ result: AuditResult) throws(OutputError) {
    guard let states = result.anchorStates, !states.isEmpty else { return }
    let text = Array(AutotrustText.text(states).utf8)
    guard text != original else { return }
    let target = LinkTarget(path), folder = held?.folder ?? FileFolder.open(of: target.path)
    guard folder >= 0 else { throw .failed(path: path, errno: errno) }
    defer { if held == nil { close(folder) } }
    try FileFolder.lock(folder, for: path)
    defer { FileFolder.unlock(folder) }
    let file = unsafe held?.file ?? open(target.path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 || errno == ENOENT else { throw .failed(path: path, errno: errno) }
    defer { if held == nil, file >= 0 { close(file) } }
    guard isOriginal(file) else { throw .changed(path: path) }
    let writer = WholeFile(path: target.path, existing: file, folder: folder)
    let failure = writer.write(text, inPlace: held != nil)
    guard failure == 0 else { throw .failed(path: path, errno: failure) }
  }

  /// Whether the file is what this run began with: still there under its name, and the same octets.
  private func isOriginal(_ file: Int32) -> Bool {
    guard file >= 0 else { return original.isEmpty }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink > 0,
      lseek(file, 0, SEEK_SET) == 0
    else { return false }
    return (try? AnchorSource.octets(of: file, path)) == original
  }
}

/// The file that a path leads to over links, also one that is not there yet, so that links stay links.
private struct LinkTarget {
  private(set) var path: String

  /// As many links as the kernel follows (path_resolution(7)).
  private static let maximumLinks = 40

  /// Follows a path.
  init(_ path: String) {
    self.path = path
    for _ in 0..<LinkTarget.maximumLinks {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = unsafe readlink(self.path, &buffer, buffer.count)
      guard count > 0, count < buffer.count else { return }
      let link = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      self.path = link.hasPrefix("/") ? link : FileFolder.path(of: self.path) + link
    }
  }
}
