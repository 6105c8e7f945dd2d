import Foundation
import TestSupport
import Testing

/// `--anchor-state`: RFC 5011 over several runs of the command.
@Suite("Anchor states") struct AnchorStateTests {
  private let root: RolloverCaptures

  init() throws { root = try RolloverCaptures() }

  /// Audits days with the root's anchor and a file of states.
  private func audit(
    _ days: [(Int64, RolloverCaptures.Keys)], in folder: borrowing TemporaryFolder, _ options: String...
  ) throws -> Outcome {
    let capture = try folder.write(root.capture(days), to: "days.pcap").path()
    let anchor = try folder.write(root.anchor(), to: "root.conf").path()
    return try run(
      Environment.command,
      [
        "--json", "--trust-anchor", anchor, "--anchor-state", folder.url.appending(path: "state").path(),
      ] + options + [capture])
  }

  /// The states of the root's keys by their tags.
  private func states(_ outcome: Outcome) throws -> [Int: String] {
    let zone = try #require(try outcome.events("zone").first { $0["zone"] as? String == "." })
    let keys = try #require(zone["trust_point"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: keys.compactMap { key in
        (key["key_tag"] as? Int).flatMap { tag in (key["state"] as? String).map { (tag, $0) } }
      })
  }

  /// The words of a run's responses.
  private func words(_ outcome: Outcome) throws -> Set<String> {
    Set(try outcome.events("response").compactMap { $0["security"] as? String })
  }

  @Test("a root's rollover is followed from run to run, and without the file its end is bogus")
  func rollover() throws {
    let folder = try TemporaryFolder(), tags = root.tags
    let trial = try audit([(0, .first), (1, .both)], in: folder)
    #expect(try states(trial) == [tags[0]: "valid", tags[1]: "add-pend"])
    let accepted = try audit([(31, .both)], in: folder)
    #expect(try states(accepted) == [tags[0]: "valid", tags[1]: "valid"])
    let rolled = try audit([(40, .secondBesideRevoked), (60, .second)], in: folder)
    #expect(try states(rolled) == [tags[0]: "revoked", tags[1]: "valid"])
    let after = try audit([(100, .second)], in: folder)
    #expect(try states(after) == [tags[0]: "removed", tags[1]: "valid"])
    for outcome in [trial, accepted, rolled, after] {
      #expect(try words(outcome) == ["secure"] && outcome.status == 0, "\(outcome.errorText)")
      let valid = try EventSchema.validate(outcome.output)
      #expect(valid.status == 0, "\(valid.errorText)")
    }
    let kinds = try [trial, accepted, rolled, after].map { outcome in
      try outcome.events("finding").filter { $0["rule"] as? String == "anchor-trouble" }.compactMap {
        ($0["evidence"] as? [String: Any])?["kind"] as? String
      }
    }
    #expect(kinds == [["hold-down"], ["accepted"], ["revoked"], []])
    try FileManager.default.removeItem(at: folder.url.appending(path: "state"))
    let alone = try audit([(100, .second)], in: folder)
    #expect(try words(alone) == ["bogus"] && alone.status == 1)
    let finding = try alone.events("finding").first { $0["rule"] as? String == "anchor-trouble" }
    #expect(finding?["severity"] as? String == "high" && finding?["frames"] as? [Int] == [1])
  }

  @Test("a new file is its owner's alone, and nothing is left beside it")
  func file() throws {
    let folder = try TemporaryFolder()
    _ = try audit([(0, .both)], in: folder)
    let state = folder.url.appending(path: "state").path()
    let mode = try FileManager.default.attributesOfItem(atPath: state)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path())
    #expect(Set(names) == ["days.pcap", "root.conf", "state"])
  }

  @Test("a link to the file stays a link")
  func link() throws {
    let folder = try TemporaryFolder(), link = folder.url.appending(path: "state")
    let target = try folder.write("", to: "kept/real")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
    #expect(try audit([(0, .both)], in: folder).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path()).hasSuffix("kept/real"))
    #expect(try String(contentsOf: target, encoding: .utf8).contains(";;state=1"))
  }

  @Test("--at judges with the states and leaves the file as it is")
  func at() throws {
    let folder = try TemporaryFolder(), state = folder.url.appending(path: "state")
    _ = try audit([(0, .both), (30, .both)], in: folder)
    let before = try Data(contentsOf: state)
    // 2026-07-31T00:00:00Z, when the second key alone signs.
    let outcome = try audit([(60, .second)], in: folder, "--at", "2026-07-31T00:00:00Z")
    #expect(try words(outcome) == ["secure"])
    #expect(
      outcome.errorText == "dnsaudit: the states in \(state.path()) are used, and with --at not written\n")
    #expect(try Data(contentsOf: state) == before)
  }

  @Test(
    "a file that cannot be used is wrong usage, and stays as it is",
    arguments: [
      (";;id: . 1\n. IN DNSKEY 257 3 13 AAEC\n", ", line 2 cannot be used: a key without a known ;;state="),
      ("; notes of mine\n$TTL 5\n", " cannot be used: there is no line ;;id: in it"),
      ("\u{1b}[31m\n", ", line 1 cannot be used: not a DS or DNSKEY record"),
      (
        ";;id: . 1\n;;last_success: 5 ;;x\n. IN DNSKEY 257 3 13 AAEC ;;state=2 ;;lastchange=5\n",
        " cannot be used: the keys that it has for . belong to other trust anchors"
      ),
    ])
  func unusable(text: String, problem: String) throws {
    let folder = try TemporaryFolder(), state = try folder.write(text, to: "state")
    let outcome = try audit([(0, .both)], in: folder)
    #expect(outcome.status == 2 && outcome.text == "")
    #expect(
      outcome.errorText.hasPrefix("dnsaudit: trust anchors in \(state.path())\(problem)"),
      "\(outcome.errorText)")
    #expect(try String(contentsOf: state, encoding: .utf8) == text)
  }

  @Test("a run that reads nothing writes nothing")
  func wrongFilter() throws {
    let folder = try TemporaryFolder(), state = folder.url.appending(path: "state")
    _ = try audit([(0, .both)], in: folder)
    let before = try Data(contentsOf: state)
    #expect(try audit([(1, .both)], in: folder, "-f", "nonsense filter").status == 2)
    #expect(try Data(contentsOf: state) == before)
  }

  @Test("the file is neither an input nor another output")
  func inUse() throws {
    let folder = try TemporaryFolder(), state = folder.url.appending(path: "state").path()
    #expect(try audit([(0, .both)], in: folder, "-o", state).status == 2)
    let anchor = try folder.write(root.anchor(), to: "root.conf").path()
    let capture = try folder.write(root.capture([(0, .both)]), to: "days.pcap").path()
    let same = try dnsaudit("--trust-anchor", anchor, "--anchor-state", anchor, capture)
    #expect(same.status == 2 && same.errorText.contains("cannot be used"))
    #expect(try String(contentsOfFile: anchor, encoding: .utf8) == root.anchor())
  }

  @Test("a folder that takes no file is an error of the run")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let capture = try folder.write(root.capture([(0, .both)]), to: "days.pcap").path()
    let anchor = try folder.write(root.anchor(), to: "root.conf").path()
    let outcome = try dnsaudit("--trust-anchor", anchor, "--anchor-state", "/proc/no/state", capture)
    #expect(outcome.status == 5 && outcome.errorText.contains("/proc/no/state cannot be written: "))
  }
}
