import Crypto
import DNSSEC
import Findings
import Glibc

/// The file that keeps between runs which signatures were found valid.
///
/// A run believes what is in it, so that only this user may be able to write it. Who writes captures cannot make it say
/// anything false: what it says of a signature is bound to all that its verification depends on.
package struct SignatureCacheFile: Sendable {
  /// What earlier runs found valid.
  package let memory: SignatureMemory
  /// What is wrong with the file that is there, so that it is begun anew: a sentence; nil when nothing is.
  package let warning: String?
  private let path: String, format: SignatureCacheFormat
  /// Whether the file is there, with just what is in `memory`.
  private let isSound: Bool

  /// Reads the file of a name, which need not be there yet.
  /// - Parameter build: names the versions of what verifies; what others wrote is not believed.
  package init(_ path: String, build: String) throws(SignatureCacheError) {
    (self.path, format) = (path, SignatureCacheFormat(build: build))
    let content = try SignatureCacheFile.content(path, format)
    if case .memory(let memory) = content {
      (self.memory, warning, isSound) = (memory, nil, true)
      return
    }
    memory = SignatureMemory(secret: SignatureCacheFile.makeSecret())
    isSound = false
    warning = content.problem.map { "the signature cache \(path) \($0); it is begun anew" }
  }

  /// Writes what was found valid, beside what another run has added meanwhile.
  /// - Returns: what is to know of that, a sentence each. A cache that cannot be written costs the next run time, and
  ///   this one nothing.
  package func save(_ result: AuditResult) -> [String] {
    guard let memory = result.signatureMemory, memory.hasNews || !isSound else { return [] }
    do throws(SignatureCacheError) { return try write(memory) } catch { return [error.sentence] }
  }

  /// Writes a new file, which takes the name.
  private func write(_ memory: SignatureMemory) throws(SignatureCacheError) -> [String] {
    let folder = FileFolder.open(of: path)
    guard folder >= 0 else { throw SignatureCacheError(path, errno: errno) }
    defer { close(folder) }
    do throws(OutputError) { try FileFolder.lock(folder, for: path) } catch {
      throw SignatureCacheError(path, error)
    }
    defer { FileFolder.unlock(folder) }
    var others: [SignatureDigest] = []
    if case .memory(let current) = try SignatureCacheFile.content(path, format) {
      // Digests made with another secret say nothing beside these.
      guard current.secret == memory.secret else {
        return ["the signature cache \(path) is not written: another run has begun it anew"]
      }
      others = current.known
    }
    let (digests, dropped) = memory.kept(beside: others)
    let file = WholeFile(path: path, existing: -1, folder: folder)
    let failure = file.write(format.octets(memory.secret, digests), inPlace: false)
    guard failure == 0 else { throw SignatureCacheError(path, errno: failure) }
    return dropped == 0
      ? []
      : ["the signature cache \(path) is full: \(dropped) signatures that were not met last are left out"]
  }

  /// What is in the file.
  private static func content(_ path: String, _ format: SignatureCacheFormat) throws(SignatureCacheError)
    -> SignatureCacheFormat.Content
  {
    guard let descriptor = try open(path) else { return .nothing }
    defer { close(descriptor) }
    let octets: [UInt8]
    do throws(FileOctets.Fault) {
      octets = try FileOctets.read(descriptor, limit: SignatureCacheFormat.maximumByteCount)
    } catch {
      switch error {
      case .system(let code): throw SignatureCacheError(path, errno: code)
      case .tooLarge: throw SignatureCacheError(path, problem: "it is larger than any signature cache")
      }
    }
    let content = format.read(octets)
    // It is going to be replaced, so that it had better be one.
    if case .foreign = content { throw SignatureCacheError(path, problem: "it is no signature cache") }
    return content
  }

  /// Opens the file when it is one that only this user can have written; nil when there is none. Opening a device or a
  /// pipe could do something by itself, so that its kind is looked at first.
  private static func open(_ path: String) throws(SignatureCacheError) -> Int32? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw SignatureCacheError(path, errno: errno) }
      return nil
    }
    try check(status, path)
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw SignatureCacheError(path, errno: errno) }
    do throws(SignatureCacheError) {
      // What was opened may be another file than that which was looked at.
      guard unsafe fstat(descriptor, &status) == 0 else { throw SignatureCacheError(path, errno: errno) }
      try check(status, path)
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Refuses a file that others may have written, and what is no file.
  private static func check(_ status: stat, _ path: String) throws(SignatureCacheError) {
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFLNK else { throw SignatureCacheError(path, problem: "it is a symbolic link") }
    guard kind == S_IFREG else { throw SignatureCacheError(path, problem: "it is no regular file") }
    guard status.st_uid == geteuid() else {
      throw SignatureCacheError(path, problem: "it belongs to another user")
    }
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
      throw SignatureCacheError(path, problem: "others may write it")
    }
  }

  /// A secret from the system's generator (getrandom(2)).
  private static func makeSecret() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<SignatureDigester.secretByteCount).map { _ in
      UInt8.random(in: .min ... .max, using: &generator)
    }
  }
}
