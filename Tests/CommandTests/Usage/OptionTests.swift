import Foundation
import TestSupport
import Testing

@Suite("Options") struct OptionTests {
  @Test("audit is the command when none is named, and -r names a capture")
  func spellings() throws {
    let epoch = ["SOURCE_DATE_EPOCH": "1479600000"], sample = Sample.clean
    let long = try run(Environment.command, ["audit", "--format", "jsonl", sample.path], environment: epoch)
    for spelling in [
      ["--json", sample.path], ["-r", sample.path, "--json"], ["audit", "--json", "-r", sample.path],
    ] {
      let outcome = try run(Environment.command, spelling, environment: epoch)
      #expect(outcome.output == long.output, "\(spelling)")
      #expect(outcome.status == long.status)
    }
    #expect(long.output.count > 10_000)
  }

  @Test("--limit sets one bound, the last one given counts, and the run says all of them")
  func limits() throws {
    let outcome = try dnsaudit(
      "--json", "--limit", "keys-per-rrsig=2", "--limit=keys-per-rrsig=3", "--limit", "nsec3-iterations=0",
      Sample.clean.path)
    let options = try #require(try outcome.events("run").first?["options"] as? [String: Any])
    let limits = try #require(options["limits"] as? [String])
    #expect(limits.count == 8 && limits.contains("keys-per-rrsig=3") && limits.contains("nsec3-iterations=0"))
    #expect(limits.contains("rrsigs-per-rrset=8"))
  }

  @Test(
    "what is no limit, or out of its range, is wrong usage, and the message says what is right",
    arguments: [
      ("keys=1", "there is no limit keys; there are rrsigs-per-rrset, "),
      ("keys-per-rrsig", "keys-per-rrsig takes a number from 1 to 1000"),
      ("keys-per-rrsig=0", "keys-per-rrsig takes a number from 1 to 1000"),
      ("nsec3-iterations=65536", "nsec3-iterations takes a number from 0 to 65535"),
      ("alias-hops=many", "alias-hops takes a number from 1 to 128"),
    ])
  func wrongLimit(setting: String, message: String) throws {
    let outcome = try dnsaudit("--limit", setting, Sample.clean.path)
    #expect(outcome.status == 2 && outcome.errorText.contains("--limit \(setting): \(message)"))
  }

  @Test("--help tells each bound with its figure and where that comes from")
  func limitHelp() throws {
    let text = try dnsaudit("audit", "--help").text
    for part in [
      "rrsigs-per-rrset=8", "CVE-2023-50387", "nsec3-iterations=150", "RFC 9276", "CVE-2023-50868",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("--count reads that many packets of each capture")
  func count() throws {
    let outcome = try dnsaudit("decode", "--json", "-c", "10", Sample.clean.path, Sample.broken.path)
    let messages = try outcome.events("message")
    for file in 0...1 {
      let frames = messages.filter { $0["file"] as? Int == file }.compactMap { $0["frame"] as? Int }
      #expect(frames == Array(1...10))
    }
    let capture = try #require(try dnsaudit("--json", "-c", "10", Sample.clean.path).events("capture").first)
    #expect(capture["packets"] as? Int == 10)
    #expect(capture["truncated"] as? Bool == false)
  }

  @Test("--filter passes over other packets and leaves the frame numbers as they are")
  func filter() throws {
    let all = try dnsaudit("decode", "--json", Sample.clean.path).events("message")
    let some = try dnsaudit("decode", "--json", "-f", "src host 192.0.2.101", Sample.clean.path).events(
      "message")
    let frames = { (events: [[String: Any]]) in events.compactMap { $0["frame"] as? Int } }
    let expected = all.filter { $0["src"] as? String == "192.0.2.101" }
    #expect(!some.isEmpty)
    #expect(some.count < all.count)
    #expect(frames(some) == frames(expected))
  }

  @Test("--port looks for DNS on further ports, and --any-port finds it by its content")
  func ports() throws {
    let folder = try TemporaryFolder()
    var savefile = SavefileBuilder(), message = MessageBuilder()
    message.addQuestion(wire("example."), .a)
    for port: UInt16 in [53, 5_300, 5_301] {
      savefile.add(PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp(message.bytes, to: port))))
    }
    let file = try folder.write(Data(savefile.bytes), to: "ports.pcap").path()
    for (options, count) in [
      ([], 1), (["--port", "5300"], 2), (["--port", "5300", "--port", "5301", "--port", "53"], 3),
      (["--any-port"], 3),
    ] as [([String], Int)] {
      let outcome = try run(Environment.command, ["decode", "-q", file] + options)
      #expect(outcome.text.hasPrefix("3 packets, \(count) messages"), "\(options): \(outcome.text)")
    }
  }

  @Test(
    "--at judges every signature at that time",
    arguments: ["2036-01-01T00:00:00Z", "20360101000000", "2082758400"])
  func at(time: String) throws {
    let outcome = try Sample.clean.audit("--json", "--at", time)
    let words = try outcome.events("response").compactMap { $0["security"] as? String }
    #expect(words.count == 154)
    #expect(!words.contains("secure"))
    #expect(outcome.status == 1)
  }

  @Test("several trust anchors are trusted together, and replace the built-in ones")
  func anchors() throws {
    let outcome = try dnsaudit(
      "--json", "--trust-anchor", Sample.clean.anchors, "--trust-anchor", Sample.broken.anchors,
      Sample.clean.path)
    let run = try #require(try outcome.events("run").first)
    let anchors = try #require(run["anchors"] as? [[String: Any]])
    #expect(anchors.compactMap { $0["key_tag"] as? Int } == [55214, 18805])
    let secure = try outcome.events("response").filter { $0["security"] as? String == "secure" }
    #expect(secure.count == 148)
  }

  @Test("a file of trust anchors that cannot be used is wrong usage, with file and line")
  func badAnchors() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("; a comment\n. IN DS 20326 8 2 nonsense\n", to: "root.ds").path()
    let outcome = try dnsaudit("--trust-anchor", file, Sample.clean.path)
    #expect(outcome.status == 2)
    #expect(outcome.errorText.hasPrefix("dnsaudit: trust anchors in \(file), line 2 cannot be used: "))
    #expect(try dnsaudit("--trust-anchor", file + ".gone", Sample.clean.path).status == 2)
  }

  @Test("the case's fields, the options in force and SOURCE_DATE_EPOCH stand in the first line")
  func caseFields() throws {
    let outcome = try run(
      Environment.command,
      [
        "--json", "--case", "2026-17", "--examiner", "A. Body", "--note", "copy 2", "--no-hash", "-f", "udp",
        Sample.clean.path,
      ],
      environment: ["SOURCE_DATE_EPOCH": "1479600000"])
    let run = try #require(try outcome.events.first)
    #expect(run["case"] as? [String: String] == ["case": "2026-17", "examiner": "A. Body", "note": "copy 2"])
    #expect(run["generated"] as? String == "2016-11-20T00:00:00.000000000Z")
    let options = try #require(run["options"] as? [String: Any])
    #expect(options["filter"] as? String == "udp")
    #expect(options["hash"] as? Bool == false)
    #expect(options["jobs"] == nil)
    #expect(try #require(try outcome.events("capture").first)["sha256"] is String == false)
  }

  @Test("signatures verified fast and by libcrypto alone give the same bytes, and there is no third way")
  func verify() throws {
    let epoch = ["SOURCE_DATE_EPOCH": "1479600000"]
    let outcomes = try [[], ["--verify", "fast"], ["--verify=evp"], ["--verify", "evp", "-j", "2"]].map {
      try run(
        Environment.command, ["--trust-anchor", Sample.broken.anchors, "--json"] + $0 + [Sample.broken.path],
        environment: epoch)
    }
    for outcome in outcomes.dropFirst() { #expect(outcome.output == outcomes[0].output) }
    #expect(outcomes[0].output.count > 10_000)
    #expect(try dnsaudit("--verify", "slow", Sample.clean.path).status == 2)
  }

  @Test("decoding gives the same bytes on one core and on several, in every format")
  func decoded() throws {
    for format in [["--json"], ["--format", "text"], ["-q"]] {
      let outcomes = try ["1", "2", "5"].map { jobs in
        try run(
          Environment.command,
          ["decode", "-j", jobs] + format + [Sample.broken.path, Sample.clean.path, Sample.broken.path])
      }
      #expect(outcomes[0].output.count > (format == ["-q"] ? 20 : 100_000) && outcomes[0].status == 0)
      for outcome in outcomes[1...] {
        #expect(outcome.output == outcomes[0].output && outcome.errorText == outcomes[0].errorText)
      }
    }
    #expect(try dnsaudit("decode", "-j", "0", Sample.clean.path).status == 2)
  }

  @Test("two runs give the same bytes, on one core and on two, in every format")
  func repeatable() throws {
    let folder = try TemporaryFolder(), epoch = ["SOURCE_DATE_EPOCH": "1479600000"]
    for format in ["text", "jsonl"] {
      let outcomes = try ["1", "2", "2"].map { jobs in
        try Sample.broken.audit(
          "-v", "-j", jobs, "--format", format, "--report", folder.url.appending(path: "\(jobs).html").path(),
          environment: epoch)
      }
      #expect(outcomes[0].output == outcomes[1].output)
      #expect(outcomes[1].output == outcomes[2].output)
      #expect(outcomes[0].output.count > 10_000)
    }
    let pages = try ["1", "2"].map { try Data(contentsOf: folder.url.appending(path: "\($0).html")) }
    #expect(pages[0] == pages[1])
    #expect(pages[0].count > 10_000)
  }
}
