import Foundation
import TestSupport
import Testing

/// The project's own captures against what their audit said when somebody last looked at it.
@Suite struct SnapshotTests {
  /// Set to write the files anew; captures/README.md says when.
  private static let isWriting = Environment.variable("DNSAUDIT_WRITE_SNAPSHOTS") == "1"

  /// The captures that have a snapshot, or shall get one.
  private static let pairs = CapturePair.all.filter { pair in
    isWriting || FileManager.default.fileExists(atPath: pair.file("snapshot").path())
  }

  @Test("the captures of the lab have snapshots")
  func coverage() { #expect(Self.pairs.count >= 6) }

  @Test("the audit of a capture says what its snapshot has", arguments: pairs)
  func snapshot(_ pair: CapturePair) throws {
    let lines = EventDigest.lines(try AuditedCaptures.run(pair).events)
    if Self.isWriting {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: pair.file("snapshot"))
    }
    let expected = try pair.text("snapshot").split(separator: "\n").map(String.init)
    let difference = lines.difference(from: expected)
    #expect(difference.removals.map(text) == [], "in the snapshot alone")
    #expect(difference.insertions.map(text) == [], "new in the audit")
  }

  /// The line that is changed.
  private func text(_ change: CollectionDifference<String>.Change) -> String {
    switch change {
    case .insert(_, let line, _), .remove(_, let line, _): line
    }
  }
}
