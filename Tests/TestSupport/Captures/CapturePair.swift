import Foundation

/// A capture of the project with its anchors and its labels: `captures/NAME.pcap`, `NAME.anchors`, `NAME.labels`.
package struct CapturePair: Sendable, CustomStringConvertible {
  /// What the files are called.
  package let name: String

  /// The pair of that name.
  package init(name: String) { self.name = name }

  /// All that have labels; a pair that is dropped in adds its tests.
  package static let all: [CapturePair] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return files.filter { $0.hasSuffix(".labels") }.sorted().map { CapturePair(name: String($0.dropLast(7))) }
  }()

  /// Where they lie.
  package static let folder = Environment.project.appending(path: "captures")

  /// The file with an extension.
  package func file(_ suffix: String) -> URL { CapturePair.folder.appending(path: "\(name).\(suffix)") }

  /// The text of the file with an extension.
  package func text(_ suffix: String) throws -> String {
    try String(contentsOf: file(suffix), encoding: .utf8)
  }

  /// The octets of the capture.
  package func bytes() throws -> [UInt8] { Array(try Data(contentsOf: file("pcap"))) }

  package var description: String { name }
}
