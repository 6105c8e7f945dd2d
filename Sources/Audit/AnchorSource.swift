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
  private static func read(_ path: String) throws(AnchorSourceError) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw AnchorSourceError(path: path, errno: errno) }
    defer { close(descriptor) }
    return text(try octets(of: descriptor, path))
  }

  /// Octets as text, without the byte order mark that some editors put before UTF-8 (RFC 3629 §6).
  static func text(_ octets: [UInt8]) -> String {
    String(decoding: octets.starts(with: [0xef, 0xbb, 0xbf]) ? octets[3...] : octets[...], as: UTF8.self)
  }

  /// What is left to read of an open file.
  static func octets(of descriptor: Int32, _ path: String) throws(AnchorSourceError) -> [UInt8] {
    do throws(FileOctets.Fault) { return try FileOctets.read(descriptor, limit: maximumFileSize) } catch {
      switch error {
      case .system(let code): throw AnchorSourceError(path: path, errno: code)
      case .tooLarge:
        throw AnchorSourceError(path: path, problem: "it is larger than \(maximumFileSize) bytes")
      }
    }
  }
}

/// Why a file of trust anchors, or of their states, cannot be used.
package struct AnchorSourceError: Error, Sendable {
  /// The file, the line from 1 (0 for the whole file), what is wrong, and what is expected, if that helps.
  package let path: String, line: Int, problem: String, expected: String?

  /// From the parts.
  init(path: String, line: Int = 0, problem: String, expected: String? = nil) {
    (self.path, self.line, self.problem, self.expected) = (path, line, problem, expected)
  }

  /// From the system's error number.
  init(path: String, errno code: Int32) {
    self.init(path: path, problem: unsafe String(cString: strerror(code)))
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
