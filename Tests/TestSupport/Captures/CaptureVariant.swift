import Foundation

/// A row of `captures/exchange/VARIANTS.tsv`: the exchange in one of its forms; captures/README.md tells the columns.
package struct CaptureVariant: Sendable, CustomStringConvertible {
  /// What it is called, and in which group it stands.
  package let name: String, group: String
  /// The files or folders that it is in.
  package let paths: [String]
  /// Whether the messages come in the order of the plain capture.
  package let isInSequence: Bool
  /// Whether an audit says of each response what it says of the plain capture.
  package let isJudgedAlike: Bool
  /// Messages that are gone, and messages of which the beginning is left; by their number in the plain capture, from 1.
  package let lost: Set<Int>, cut: Set<Int>

  /// What all of them were made of.
  package static let plain = CapturePair(name: "exchange")

  /// All of the table; none when it is not there or not of the format.
  package static let all: [CaptureVariant] = {
    let folder = CapturePair.folder.appending(path: "exchange")
    let table = try? String(contentsOf: folder.appending(path: "VARIANTS.tsv"), encoding: .utf8)
    let lines = (table ?? "").split(separator: "\n").filter { !$0.hasPrefix("#") }
    let variants = lines.compactMap { CaptureVariant($0, in: folder) }
    return variants.count == lines.count ? variants : []
  }()

  /// Reads a row.
  private init?(_ line: Substring, in folder: URL) {
    let fields = line.split(separator: "\t").map(String.init)
    guard fields.count == 9, let lost = Self.numbers(fields[5]), let cut = Self.numbers(fields[6]) else {
      return nil
    }
    (name, group) = (fields[0], fields[1])
    paths = fields[2].split(separator: " ").map { folder.appending(path: String($0)).path() }
    guard ["same", "left"].contains(fields[3]), (fields[3] == "same") == (lost.isEmpty && cut.isEmpty) else {
      return nil
    }
    (isInSequence, isJudgedAlike) = (fields[4] == "sequence", fields[7] == "yes")
    (self.lost, self.cut) = (lost, cut)
  }

  /// Reads `1-3,7`, or `-` for none.
  private static func numbers(_ text: String) -> Set<Int>? {
    if text == "-" { return [] }
    var numbers: Set<Int> = []
    for run in text.split(separator: ",") {
      let ends = run.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last else { return nil }
      numbers.formUnion(first...last)
    }
    return numbers
  }

  package var description: String { name }
}
