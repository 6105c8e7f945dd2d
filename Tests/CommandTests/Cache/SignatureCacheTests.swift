import Foundation
import TestSupport
import Testing

/// `--signature-cache`: what is remembered between runs, and that no word depends on it.
@Suite("Cache of signatures") struct SignatureCacheTests {
  /// Audits a capture, with the path of a cache or without one.
  private func audit(_ sample: Sample, _ cache: URL?, _ options: String...) throws -> Outcome {
    let cache = cache.map { ["--signature-cache", $0.path()] } ?? []
    return try run(
      Environment.command,
      ["--json", "-v", "--trust-anchor", sample.anchors] + cache + options + [sample.path],
      environment: ["SOURCE_DATE_EPOCH": "1479600000"])
  }

  /// Every sixteenth attack.
  private static let some = IncidentCapture.attacks.enumerated().filter { $0.offset % 16 == 0 }.map(\.element)

  /// How many signatures a run knew, and how many were new to it.
  private func counts(_ outcome: Outcome) throws -> (known: Int, new: Int) {
    let match = try #require(
      outcome.errorText.firstMatch(of: /(\d+) signatures were known from earlier runs, (\d+) are new/),
      "\(outcome.errorText)")
    return (try #require(Int(match.1)), try #require(Int(match.2)))
  }

  /// The octets of a cache with a sample's signatures at a path.
  private func make(_ file: URL, _ sample: Sample = .broken) throws -> Data {
    #expect(try counts(audit(sample, file)).new > 10)
    return try Data(contentsOf: file)
  }

  @Test(
    "runs without a cache, with a new one and with a full one write the same bytes, and the last finds nothing new",
    arguments: Sample.all, ["1", "2"])
  func sameBytes(sample: Sample, jobs: String) throws {
    let folder = try TemporaryFolder(), file = folder.url.appending(path: "cache")
    let plain = try audit(sample, nil, "-j", jobs)
    let first = try audit(sample, file, "-j", jobs), second = try audit(sample, file, "-j", jobs)
    for outcome in [first, second] {
      #expect(outcome.output == plain.output && outcome.status == plain.status, "\(outcome.errorText)")
    }
    #expect(try counts(first).known == 0 && counts(first).new > 0)
    #expect(try counts(second).known > 0 && counts(second).new == 0)
    #expect(!plain.errorText.contains("known from earlier runs"))
  }

  @Test("attacks look the same with a cache that knows all", arguments: some)
  func attacks(incident: IncidentCapture) throws {
    let folder = try TemporaryFolder(), file = folder.url.appending(path: "cache").path()
    let anchor = try folder.write(incident.anchors(), to: "anchor").path()
    let runs = try [[], ["--signature-cache", file], ["--signature-cache", file]].map {
      try run(
        Environment.command, ["--json", "--trust-anchor", anchor] + $0 + [incident.path],
        environment: ["SOURCE_DATE_EPOCH": "1479600000"])
    }
    #expect(runs[1].output == runs[0].output && runs[2].output == runs[0].output)
    #expect(runs[0].output.count > 1_000 && runs[2].errorText == "", "\(runs[2].errorText)")
  }

  @Test(
    "one capture's signatures stay when another one's come, and nothing is left beside the file, which is its owner's alone"
  )
  func grows() throws {
    let folder = try TemporaryFolder(), file = folder.url.appending(path: "cache")
    let one = try make(file), two = try make(file, .clean)
    #expect(two.count > one.count && two.prefix(48) == one.prefix(48))
    #expect(try counts(audit(.broken, file)).new == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path()) == ["cache"])
    let mode = try FileManager.default.attributesOfItem(atPath: file.path())[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test("two caches have different secrets, and so no digest in common")
  func secrets() throws {
    let folder = try TemporaryFolder()
    let caches = try ["one", "two"].map { try make(folder.url.appending(path: $0)) }
    #expect(caches[0].count == caches[1].count)
    let digests = caches.map { cache in
      Set(stride(from: 88, to: cache.count - 32, by: 32).map { cache[$0..<$0 + 32] })
    }
    #expect(digests[0].count > 10 && digests[0].isDisjoint(with: digests[1]))
  }

  @Test(
    "another policy, other limits, another time and another way of verifying say what they say without a cache",
    arguments: [
      ["--policy", "all"], ["--limit", "rrsigs-per-rrset=1"], ["--at", "2036-01-01T00:00:00Z"],
      ["--verify", "evp"],
    ])
  func otherOptions(options: [String]) throws {
    let folder = try TemporaryFolder(), file = folder.url.appending(path: "cache")
    _ = try make(file)
    let outcomes = try [nil, file].map { try audit(.broken, $0, options[0], options[1]) }
    #expect(outcomes[0].output == outcomes[1].output && outcomes[0].output.count > 10_000)
    // What one way of verifying found is not taken for the word of the other.
    #expect(try (counts(outcomes[1]).known == 0) == options.contains("evp"))
  }

  @Test("what another version wrote is not believed, and is replaced")
  func otherBuild() throws {
    let folder = try TemporaryFolder(), file = folder.url.appending(path: "cache")
    let audit = { (build: String) in
      try run(
        Environment.command, ["--json", "-v", "--signature-cache", file.path(), Sample.broken.path],
        environment: ["DNSAUDIT_BUILD": build])
    }
    _ = try audit("one")
    let other = try audit("two")
    #expect(
      other.errorText.contains(
        "cache was made by another version of this program or of libcrypto; it is begun anew"))
    #expect(try counts(other).known == 0 && counts(other).new > 0)
    #expect(try counts(audit("two")).new == 0)
  }

  @Test(
    "a damaged file is noticed and replaced, and no word depends on it",
    arguments: [16, 47, 48, 80, 87, 88, 120, -33, -32, -1])
  func flipped(place: Int) throws {
    let folder = try TemporaryFolder(), file = folder.url.appending(path: "cache"),
      plain = try audit(.broken, nil)
    var octets = try make(file)
    octets[place < 0 ? octets.count + place : place] ^= 0x10
    try octets.write(to: file)
    try expectReplaced(file, plain)
  }

  @Test(
    "a file that was cut short is noticed and replaced", arguments: [16, 87, 88, 119, 120, -32, -1])
  func truncated(length: Int) throws {
    let folder = try TemporaryFolder(), file = folder.url.appending(path: "cache"),
      plain = try audit(.broken, nil)
    let octets = try make(file)
    try octets.prefix(length < 0 ? octets.count + length : length).write(to: file)
    try expectReplaced(file, plain)
  }

  /// Expects that a run begins a cache anew and says so, and that the next one believes it.
  private func expectReplaced(_ file: URL, _ plain: Outcome) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path())
    let outcome = try audit(.broken, file)
    #expect(
      outcome.errorText.contains("the signature cache \(file.path()) is damaged; it is begun anew\n"),
      "\(outcome.errorText)")
    #expect(try outcome.output == plain.output && counts(outcome).known == 0)
    let next = try audit(.broken, file)
    #expect(try counts(next).new == 0 && !next.errorText.contains("damaged"))
  }
}
