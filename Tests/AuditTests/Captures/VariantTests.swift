import Findings
import TestSupport
import Testing

/// One exchange in every container, link type, carrier and state of its pieces: the same messages and the same words.
@Suite struct VariantTests {
  @Test("the table of variants is there, with every group")
  func table() {
    #expect(CaptureVariant.all.count >= 130)
    let groups = Set(CaptureVariant.all.map(\.group))
    #expect(groups == ["container", "link", "carrier", "reassembly", "left-over"])
  }

  @Test(
    "the set is what the lab makes of the plain exchange",
    .requiresPrograms("python3", "zstd", "lz4", "xz", for: "the files of captures/exchange"))
  func origin() throws {
    let transformer = CapturePair.folder.appending(path: "lab/variants")
    let outcome = try run(transformer, ["--check"])
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.errorText)")
  }

  @Test("the plain exchange holds whole messages alone, over UDP and TCP")
  func plain() throws {
    let messages = try Self.messages(in: [CaptureVariant.plain.file("pcap").path()])
    #expect(messages.count == 39)
    #expect(messages.allSatisfy { !$0.isMalformed })
  }

  @Test(
    "a variant holds the messages of the plain exchange, but for what was taken away",
    arguments: CaptureVariant.all)
  func messages(_ variant: CaptureVariant) throws {
    let plain = try Self.messages(in: [CaptureVariant.plain.file("pcap").path()])
    let messages = try Self.messages(in: variant.paths)
    let missing = variant.lost.union(variant.cut)
    var expected = plain.enumerated().filter { !missing.contains($0.offset + 1) }.map(\.element.text)
    var found = messages.filter { !$0.isMalformed }.map(\.text)
    if !variant.isInSequence {
      expected.sort()
      found.sort()
    }
    let difference = found.difference(from: expected)
    #expect(difference.removals.map(text) == [], "missing, or out of order")
    #expect(difference.insertions.map(text) == [], "more than there should be, or out of order")
    let parts = messages.filter(\.isMalformed)
    for number in variant.cut {
      #expect(parts.contains { $0.isBeginning(of: plain[number - 1]) }, "the beginning of message \(number)")
    }
    for part in parts {
      #expect(missing.contains { part.isBeginning(of: plain[$0 - 1]) }, "a part of no message: \(part.text)")
    }
  }

  @Test(
    "the audit of a variant has the words and reasons of the plain exchange",
    arguments: CaptureVariant.all.filter(\.isJudgedAlike))
  func words(_ variant: CaptureVariant) throws {
    let plain = try Self.words(in: [CaptureVariant.plain.file("pcap").path()])
    #expect(Set(plain.map { $0.prefix { $0 != " " } }).count == 4, "each of the four words")
    #expect(try Self.words(in: variant.paths) == plain)
  }

  /// The decoded messages of a session that has to be readable.
  private static func messages(in paths: [String]) throws -> [DecodedMessage] {
    let (messages, result) = try DecodedMessage.all(in: paths)
    #expect(result.unreadable == [])
    return messages
  }

  /// A line for each response: word, code, question and reason; in the order of the text.
  private static func words(in paths: [String]) throws -> [String] {
    let run = try AuditRun(paths: paths, anchors: try CaptureVariant.plain.text("anchors"))
    #expect(run.result.unreadable == [])
    return run.responses.map { event in
      let question = event.question.map { "\($0.name) \($0.type.mnemonic)" } ?? "-"
      let code = event.verdict.ede.map { "\($0)" } ?? "-"
      return "\(event.verdict.security.word) \(code) \(question): \(event.verdict.reason)"
    }.sorted()
  }

  /// The message of a change.
  private func text(_ change: CollectionDifference<String>.Change) -> String {
    switch change {
    case .insert(_, let text, _), .remove(_, let text, _): text
    }
  }
}
