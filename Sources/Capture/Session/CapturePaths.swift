import Glibc

/// A file to be read.
struct CapturePath {
  /// Its name; `-` is standard input.
  let path: String
  /// The directory that it was found in, or that it is, when there is nothing in it; nil when it was named itself.
  let directory: String?
}

/// Turns what the user named into files.
package struct CapturePaths {
  /// Files of one run: as many as a capture rotated every minute makes in six weeks.
  static let limit = 65_536
  /// Members of a directory that are named when they are passed over; a screenful shows what kind they are of.
  private static let namedMembers = 16

  /// The files in order: those named, and in the place of a directory the files in it, by the bytes of their names.
  private(set) var files: [CapturePath] = []
  /// What was left out and why, a sentence each.
  private(set) var warnings: [String] = []
  /// The files and directories so far, as the kernel knows them.
  private var seen: Set<FileIdentity> = []

  /// The files that these names stand for. A directory stands for the files in it, one level deep, without those whose
  /// names begin with a dot. A file that is there already is left out.
  package init(_ paths: [String]) {
    for path in paths {
      guard let status = Self.status(path) else {
        // Whoever opens it says why that fails.
        add(CapturePath(path: path, directory: nil))
        continue
      }
      guard seen.insert(FileIdentity(status)).inserted else {
        warnings.append("\(shown(path)) was named before, and is read once")
        continue
      }
      if status.st_mode & S_IFMT == S_IFDIR {
        addMembers(of: path)
      } else {
        add(CapturePath(path: path, directory: nil))
      }
    }
  }

  /// The names of the files.
  package var names: [String] { files.map(\.path) }

  /// What the kernel says of a path; nil when there is nothing.
  static func status(_ path: String) -> stat? {
    var status = stat()
    let result = path == "-" ? unsafe fstat(STDIN_FILENO, &status) : unsafe stat(path, &status)
    return result == 0 ? status : nil
  }

  /// Adds the files of a directory. What is no regular file is passed over: opening a pipe may wait for ever. Without any
  /// file the directory itself is added, for whoever opens it to say so.
  private mutating func addMembers(of directory: String) {
    let names = Self.names(in: directory)
    var passedOver = 0
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let found = Self.status(prefix + name)
      guard let status = found, status.st_mode & S_IFMT == S_IFREG else {
        passedOver += 1
        if passedOver <= Self.namedMembers {
          warnings.append("passed over: \(shown(prefix + name)) is \(Self.kind(found))")
        }
        continue
      }
      if seen.insert(FileIdentity(status)).inserted {
        add(CapturePath(path: prefix + name, directory: directory))
      } else {
        warnings.append("\(shown(prefix + name)) was named before, and is read once")
      }
    }
    if passedOver > Self.namedMembers {
      let more = passedOver - Self.namedMembers
      warnings.append("passed over: \(more) more in \(shown(directory)) that are no regular files")
    }
    if passedOver == names.count { add(CapturePath(path: directory, directory: directory)) }
  }

  /// What a member of a directory is that is no regular file.
  private static func kind(_ status: stat?) -> String {
    switch status.map({ $0.st_mode & S_IFMT }) {
    case nil: "a link that leads nowhere"
    case S_IFDIR: "a directory in a directory"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }

  /// Adds a file, if there is room.
  private mutating func add(_ file: CapturePath) {
    if files.count < Self.limit {
      files.append(file)
    } else if warnings.last != Self.limitWarning {
      warnings.append(Self.limitWarning)
    }
  }

  /// What is said when there are too many.
  private static let limitWarning = "only the first \(limit) files are read"

  /// The names in a directory that do not begin with a dot.
  private static func names(in directory: String) -> [String] {
    guard let stream = unsafe opendir(directory) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}

/// What a file is known as to the kernel.
private struct FileIdentity: Hashable {
  let device: dev_t, inode: ino_t

  /// Of a file with this status.
  init(_ status: stat) { (device, inode) = (status.st_dev, status.st_ino) }
}
