import Foundation
import TestSupport
import Testing

@Suite("Several captures on the command line") struct SessionTests {
  /// The packets of a sample, dealt out to so many files by turns.
  func deal(_ sample: Sample, to count: Int, in folder: borrowing TemporaryFolder) throws -> [String] {
    let whole = try ClassicPackets(Array(sample.bytes))
    return try (0..<count).map { part in
      var own = whole
      own.packets = whole.packets.enumerated().filter { $0.offset % count == part }.map(\.element)
      return try folder.write(Data(own.file), to: "part\(part).pcap").path()
    }
  }

  @Test("parts of a capture are audited as the whole is, named or by their directory")
  func parts() throws {
    let folder = try TemporaryFolder()
    let paths = try deal(.clean, to: 3, in: folder)
    let whole = try Sample.clean.audit("--json").events("response")
    for arguments in [paths, [folder.url.path()]] {
      let outcome = try run(
        Environment.command, ["--json", "--trust-anchor", Sample.clean.anchors] + arguments)
      let responses = try outcome.events("response")
      #expect(responses.compactMap { $0["time"] as? String } == whole.compactMap { $0["time"] as? String })
      for key in ["security", "transaction", "reason", "rtt_us"] {
        #expect(responses.map { "\($0[key] ?? "")" } == whole.map { "\($0[key] ?? "")" }, "\(key)")
      }
      #expect(Set(responses.compactMap { $0["file"] as? Int }) == [0, 1, 2])
      #expect(try outcome.events("capture").compactMap { $0["path"] as? String } == paths)
      #expect(outcome.errorText == "")
    }
  }

  @Test("a capture that is named twice is read once, with a warning and without an error")
  func twice() throws {
    let once = try dnsaudit("decode", "--json", Sample.clean.path)
    let twice = try dnsaudit("decode", "--json", Sample.clean.path, Sample.clean.path)
    #expect(once.output == twice.output)
    #expect(twice.status == 0)
    #expect(twice.errorText == "dnsaudit: \(Sample.clean.path) was named before, and is read once\n")
  }

  @Test("an output must not be one of the files in a directory that is read")
  func outputInDirectory() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Sample.clean.bytes, to: "a.pcap").path()
    let outcome = try dnsaudit("decode", "-o", file, folder.url.path())
    #expect(outcome.status == 2)
    #expect(outcome.errorText.contains("it is read by this run"))
    #expect(try Data(contentsOf: URL(filePath: file)) == Sample.clean.bytes)
  }

  @Test(
    "standard input may be compressed, and decode takes the options of habit",
    .requiresPrograms("gzip", "zstd", "lz4", "xz", for: "compressed input"),
    arguments: ["gzip", "zstd", "lz4", "xz"])
  func standardInput(tool: String) throws {
    let outcome = try shell(
      #"\#(tool) -c "$1" | "$0" decode -q -j 1 --no-hash -"#, Sample.clean.path)
    #expect(outcome.text.hasPrefix("344 packets, "))
    #expect(outcome.errorText == "")
    let audit = try shell(
      #"\#(tool) -c "$1" | "$0" --json --trust-anchor "$2" -"#, Sample.clean.path, Sample.clean.anchors)
    let capture = try #require(try audit.events("capture").first)
    #expect(capture["format"] as? String == "pcap+\(tool)")
    #expect(try audit.events("response").count == 154)
  }

  @Test("a damaged capture is read on, with a warning that says what was lost")
  func damage() throws {
    let folder = try TemporaryFolder()
    var packets = try ClassicPackets(Array(Sample.clean.bytes))
    for place in 8..<12 { packets.packets[9].header[place] = 0xff }
    let file = try folder.write(Data(packets.file), to: "damaged.pcap").path()
    let outcome = try dnsaudit("decode", "-q", file)
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("343 packets, "))
    #expect(outcome.errorText.contains("where packet 10 should begin, cannot be read"))
    #expect(outcome.errorText.hasSuffix("the packets before and behind them were read\n"))
    #expect(try dnsaudit("decode", "-q", "--strict", file).status == 3)
  }

  @Test("a filter that takes no packet is told, with what it is asked about", arguments: ["audit", "decode"])
  func nothingTaken(command: String) throws {
    let warning = "dnsaudit: the filter took none of 344 packets"
    let none = try dnsaudit(command, "-f", "udp port 9", Sample.clean.path)
    #expect(none.errorText == warning + "; it is asked about the innermost IP packet of each\n")
    #expect(
      try dnsaudit(command, "-f", "ether host 0:0:0:0:0:9", Sample.clean.path).errorText == warning + "\n")
    #expect(try dnsaudit(command, "-f", "udp port 9 or tcp port 53", Sample.clean.path).errorText == "")
    let several = try dnsaudit(command, "-f", "host 192.0.2.255", Sample.clean.path, Sample.broken.path)
    #expect(several.errorText.hasPrefix("dnsaudit: the filter took none of "))
  }
}
