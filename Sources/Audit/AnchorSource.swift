import DNSSEC
import Glibc

/// Where trust anchors come from: the built-in ones, or files that replace them.
package enum AnchorSource {
  /// The largest file that is read, in bytes: a validator is configured with a handful of lines.
  static let maximumFileSize = 1 << 20

  /// The anchors of the files; the built-in ones when there are no files.
  package static func load(_ paths: [String]) throws(AnchorSourceError) -> [TrustAnchor] {
    guard !paths.isEmpty else { return TrustAnchor.builtIn }
    var anchors: [TrustAnchor] = []
    for path in paths {
      let text = try read(path)
      do throws(AnchorFileError) {
        anchors += try AnchorFile.parse(text, source: path)
      } catch {
        throw AnchorSourceError(path: path, error)
      }
    }
    return anchors
  }

  /// The text of a file.
  static func read(_ path: String) throws(AnchorSourceError) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw AnchorSourceError(path: path, problem: systemError(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = [], block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe block.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      guard count >= 0 else { throw AnchorSourceError(path: path, problem: systemError(errno)) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
      guard bytes.count <= maximumFileSize else {
        throw AnchorSourceError(path: path, problem: "it is larger than \(maximumFileSize) bytes")
      }
    }
  }

  /// The system's sentence for an error number.
  private static func systemError(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}

/// Why a file of trust anchors, or of their states, cannot be used.
package struct AnchorSourceError: Error, Sendable {
  /// The file, the line from 1 (0 for the whole file), what is wrong, and what is expected, if that helps.
  package let path: String, line: Int, problem: String, expected: String?

  /// From the parts.
  init(path: String, line: Int = 0, problem: String, expected: String? = nil) {
    (self.path, self.line, self.problem, self.expected) = (path, line, problem, expected)
  }

  /// From what is wrong with the text.
  init(path: String, _ error: AnchorFileError) {
    self.init(path: path, line: error.line, problem: error.problem, expected: error.expected)
  }

  /// What is wrong, where, and what is expected.
  package var sentence: String {
    let place = line == 0 ? path : "\(path), line \(line)"
    return "trust anchors in \(place) cannot be used: \(problem)"
      + (expected.map { "; expected \($0)" } ?? "")
  }
}
