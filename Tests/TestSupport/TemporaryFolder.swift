import Foundation

/// A folder of its own for one test, which goes with its value.
package struct TemporaryFolder: ~Copyable {
  /// Where it is.
  package let url: URL

  /// Makes an empty folder below the system's temporary one.
  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "dnsaudit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file at a path relative to the folder, making the folders on its way.
  @discardableResult
  package borrowing func write(_ data: Data, to path: String) throws -> URL {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file
  }

  /// Writes text to a file at a path relative to the folder.
  @discardableResult
  package borrowing func write(_ text: String, to path: String) throws -> URL {
    try write(Data(text.utf8), to: path)
  }
}
