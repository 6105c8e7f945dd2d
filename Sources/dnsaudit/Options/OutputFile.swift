import Glibc
import Reports

/// Where a report goes: a file, or standard output.
struct OutputFile {
  /// The open descriptor.
  let descriptor: Int32
  /// What messages call it.
  private let name: String

  /// Opens a file for writing and keeps what is in it; without a path, or for `-`, it is standard output.
  /// - Parameter files: what the run reads and writes already; the file must not be among them.
  init(_ path: String?, _ files: inout FilesInUse) throws {
    if let path, path != "-" {
      name = path
      descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        let reason = unsafe String(cString: strerror(errno))
        throw Failure(status: .usage, message: "\(path) cannot be written: \(reason)")
      }
    } else {
      (name, descriptor) = ("standard output", STDOUT_FILENO)
    }
    try files.add(descriptor, name)
  }

  /// Empties a file that had something in it. What standard output had is its owner's business.
  func truncate() {
    if descriptor != STDOUT_FILENO { _ = ftruncate(descriptor, 0) }
  }

  /// A sink on it.
  var sink: ByteSink { ByteSink(descriptor: descriptor, path: name) }

  /// Closes a file.
  func close() {
    if descriptor != STDOUT_FILENO { _ = Glibc.close(descriptor) }
  }
}

/// The files of a run, told by device and inode, so that a link does not hide that two are the same.
struct FilesInUse {
  /// What a file is known as to the kernel.
  private struct Identity: Hashable {
    let device: dev_t, inode: ino_t

    /// Of a regular file; nil for devices, pipes and terminals, which take any number of users.
    init?(_ status: stat) {
      guard status.st_mode & S_IFMT == S_IFREG else { return nil }
      (device, inode) = (status.st_dev, status.st_ino)
    }
  }

  /// What each file is to the run.
  private var uses: [Identity: String] = [:]

  /// The files that a run reads; `-` is standard input. What cannot be opened is told by who reads it.
  init(reading paths: [String]) {
    for path in paths {
      var status = stat()
      let result = path == "-" ? unsafe fstat(STDIN_FILENO, &status) : unsafe stat(path, &status)
      if result == 0, let identity = Identity(status) { uses[identity] = "read by this run as \(path)" }
    }
  }

  /// Adds a file that is read and written anew under its name, and refuses it when it is in use.
  mutating func add(_ path: String) throws {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return }
    try add(Identity(status), path)
  }

  /// Adds a file that is written, and refuses it when it is in use.
  mutating func add(_ descriptor: Int32, _ name: String) throws {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return }
    try add(Identity(status), name)
  }

  /// Adds a file, and refuses it when it is in use.
  private mutating func add(_ identity: Identity?, _ name: String) throws {
    guard let identity else { return }
    if let use = uses[identity] {
      throw Failure(status: .usage, message: "\(name) cannot be written: it is \(use); write to another file")
    }
    uses[identity] = "written by this run as \(name)"
  }
}
