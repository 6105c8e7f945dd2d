import Findings
import Glibc

/// The folder of a file that is replaced by a new one under its name.
enum FileFolder {
  /// Its path, with a slash behind.
  static func path(of file: String) -> String {
    file.lastIndex(of: "/").map { String(file[...$0]) } ?? "./"
  }

  /// Opens it.
  /// - Returns: a descriptor, or -1 and `errno`.
  static func open(of file: String) -> Int32 {
    unsafe Glibc.open(path(of: file), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }

  /// Attempts to lock it, and microseconds between them: two seconds, where a run writes for some milliseconds. Whoever
  /// may read the folder may lock it for ever.
  private static let lockAttempts = 40, lockPause: UInt32 = 50_000

  /// Locks it (flock(2)): the file itself is another one after each run.
  static func lock(_ folder: Int32, for file: String) throws(OutputError) {
    for _ in 0..<lockAttempts {
      if flock(folder, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw .failed(path: file, errno: errno) }
      usleep(lockPause)
    }
    throw .locked(path: file)
  }

  /// Unlocks it.
  static func unlock(_ folder: Int32) { _ = flock(folder, LOCK_UN) }
}
