import Glibc

/// Writes a file whole or not at all: into a new one, which then takes the name, and is its owner's and of its mode as
/// the old one was.
struct WholeFile {
  /// Its name, which is no link.
  let path: String
  /// It, open for reading and writing, or -1 where there is none; and its folder.
  let existing: Int32, folder: Int32

  /// Who may read and write a new file: the owner.
  static let mode: mode_t = 0o600

  /// Writes a text. Where no other file may take the place of this one, or none with its owner, it is written in place.
  /// - Returns: 0, or the system's error number.
  func write(_ text: [UInt8], inPlace: Bool) -> Int32 {
    if inPlace { return overwrite(text) }
    let fresh = "\(path).\(getpid()).tmp"
    let file = unsafe open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, WholeFile.mode)
    guard file >= 0 else { return fallBack(errno, text) }
    var failure = takeOver(file)
    guard failure == 0 else {
      close(file)
      _ = unsafe unlink(fresh)
      return fallBack(failure, text)
    }
    failure = write(text, to: file)
    if failure == 0, fsync(file) != 0 { failure = errno }
    close(file)
    if failure == 0, unsafe rename(fresh, path) != 0 { failure = errno }
    if failure != 0 { _ = unsafe unlink(fresh) }
    // Has the new name survive a loss of power; where that fails, it costs nothing but that.
    _ = fsync(folder)
    return failure
  }

  /// Gives a new file owner and mode of the old one.
  /// - Returns: 0, or the system's error number.
  private func takeOver(_ file: Int32) -> Int32 {
    guard existing >= 0 else { return 0 }
    var old = stat(), new = stat()
    guard unsafe fstat(existing, &old) == 0, unsafe fstat(file, &new) == 0 else { return errno }
    if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid), fchown(file, old.st_uid, old.st_gid) != 0 {
      return errno
    }
    return fchmod(file, old.st_mode & 0o7777) == 0 ? 0 : errno
  }

  /// Writes in place when a new file failed for want of rights alone.
  private func fallBack(_ failure: Int32, _ text: [UInt8]) -> Int32 {
    existing >= 0 && (failure == EACCES || failure == EPERM) ? overwrite(text) : failure
  }

  /// Writes in place.
  private func overwrite(_ text: [UInt8]) -> Int32 {
    guard lseek(existing, 0, SEEK_SET) == 0 else { return errno }
    let failure = write(text, to: existing)
    guard failure == 0 else { return failure }
    return ftruncate(existing, text.count) == 0 && fsync(existing) == 0 ? 0 : errno
  }

  /// Writes all octets.
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
}
