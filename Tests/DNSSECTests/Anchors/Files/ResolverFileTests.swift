@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// The files of BIND and Unbound.
@Suite struct ResolverFileTests {
  @Test("BIND's anchors are found in every statement and view, and what is called static is not followed")
  func bind() throws {
    let anchors = try AnchorFile.parse(AnchorTexts.bind, source: "f")
    #expect(
      anchors.map(\.zone.description) == [
        ".", "static.test.", "initial.test.", "fixed.test.", "old.test.", "older.test.",
      ])
    #expect(anchors.map(\.isFollowed) == [true, false, true, false, true, false])
    #expect(anchors.allSatisfy { $0.keyTag == 20326 && $0.algorithm == 8 })
    #expect(anchors.map(\.source) == ["f:6", "f:8", "f:9", "f:10", "f:12", "f:15"])
  }

  @Test(
    "a mistake in BIND's anchors is named with its line",
    arguments: [
      ("static-ds", "fixed-ds", 8, "the kind of trust anchor"),
      ("20326 8 2", "20326 8 x", 8, "cannot be read"),
      ("\"static.test.\"", "a..b", 8, "not a domain name"),
      ("initial.test initial", "initial.test { initial", 9, "a brace"),
      ("in here */", "in here", 1, "a comment that is not closed"),
      ("\";\n};\n", ";\n};\n", 15, "a string that is not closed"),
      ("\";\n};\n", "\";\n", 0, "trusted-keys is not closed"),
    ])
  func bindMistakes(old: String, new: String, line: Int, problem: String) {
    let error = anchorFileError(AnchorTexts.bind.replacing(old, with: new))
    #expect(error?.line == line && error?.problem.contains(problem) == true, "\(String(describing: error))")
    #expect(error?.expected.contains("trust-anchors") == true)
  }

  @Test("a named.conf without anchors is refused as such")
  func bindWithout() {
    let error = anchorFileError("options {\n};\n")
    #expect(error?.line == 0 && error?.expected.contains("trust-anchors") == true)
  }

  @Test("unbound.conf's anchors are read as records in quotes, and are not followed")
  func unbound() throws {
    let anchors = try AnchorFile.parse(AnchorTexts.unbound, source: "f")
    #expect(anchors.map(\.zone.description) == [".", "test."] && anchors.map(\.source) == ["f:4", "f:5"])
    #expect(anchors.allSatisfy { !$0.isFollowed && $0.keyTag == 20326 })
    for (option, problem) in [
      ("auto-trust-anchor-file: \"root.key\"", "names another file"), ("trust-anchor: . DS", "not in quotes"),
      ("trust-anchor: \". DS 1 8 2 AB", "not closed"), ("trust-anchor: \"\"", "no record"),
      ("trust-anchor: \". A 192.0.2.1\"", "not a DS or DNSKEY"),
    ] {
      let error = anchorFileError("server:\n  \(option)\n")
      #expect(error?.line == 2 && error?.problem.contains(problem) == true, "\(String(describing: error))")
    }
    #expect(anchorFileError("server:\n  verbosity: 1\n")?.expected.contains("trust-anchor:") == true)
  }

  @Test("of Unbound's state file valid and missing keys are anchors, those on trial and revoked ones are not")
  func autotrust() throws {
    let anchors = try AnchorFile.parse(AnchorTexts.autotrust, source: "f")
    #expect(
      anchors.map(\.source) == ["f:10", "f:11"] && anchors.allSatisfy { $0.isFollowed && $0.zone.isRoot })
    #expect(anchors.allSatisfy { $0.validFrom == nil && $0.validUntil == nil })
    let revoked = AnchorTexts.autotrust.replacing("state=1", with: "state=4").replacing(
      "state=2", with: "state=4"
    )
    .replacing("state=3", with: "state=4")
    #expect(try AnchorFile.parse(revoked, source: "f").isEmpty)
  }

  @Test(
    "whatever octets change in a file of any form, reading ends with anchors or an error that names a line of it"
  )
  func mutations() {
    var random = SeededRandom(seed: 0x5011)
    for text in AnchorTexts.all {
      #expect(anchorFileError(text) == nil)
      let octets = Array(text.utf8), lines = octets.count { $0 == 0x0a } + 1
      for _ in 0..<400 {
        var changed = octets
        for _ in 0...Int.random(in: 0..<4, using: &random) {
          let at = Int.random(in: 0..<changed.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: changed[at] = UInt8.random(in: 0...255, using: &random)
          case 1: changed.removeSubrange(at..<min(changed.count - 1, at + 20))
          case 2: changed.insert(contentsOf: changed[at..<min(changed.count, at + 30)], at: at)
          default:
            changed.insert(
              [0x22, 0x28, 0x7b, 0x3b, 0x3c, 0x5c, 0x0a].randomElement(using: &random) ?? 0, at: at)
          }
        }
        let mutated = String(decoding: changed, as: UTF8.self)
        if let error = anchorFileError(mutated) {
          #expect((0...lines + 4).contains(error.line) && !error.problem.isEmpty, "\(error)")
        }
        _ = try? AutotrustFile.states(mutated, source: "f")
      }
    }
  }
}
