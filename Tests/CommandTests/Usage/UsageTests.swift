import Foundation
import TestSupport
import Testing

@Suite("Usage") struct UsageTests {
  @Test(
    "wrong usage is said on standard error with status 2, and nothing is printed",
    arguments: [
      ([], "name a capture to read"), (["audit"], "name a capture to read"),
      (["decode", "--json"], "name a capture to read"),
      (["--nonsense", "x.pcap"], "Unknown option '--nonsense'"),
      (["-w", "out.pcapng", "x.pcap"], "Unknown option '-w'"),
      (["--evidence", "out.pcapng", "x.pcap"], "Unknown option '--evidence'"),
      (["--format", "xml", "x.pcap"], "The value 'xml' is invalid for '--format <format>'"),
      (["--fail-on", "dire", "x.pcap"], "The value 'dire' is invalid for '--fail-on <severity>'"),
      (["--port", "0", "x.pcap"], "--port takes a number from 1 to 65535"),
      (["--port", "65536", "x.pcap"], "The value '65536' is invalid for '--port <n>'"),
      (["decode", "--port", "0", "x.pcap"], "--port takes a number from 1 to 65535"),
      (["-j", "0", "x.pcap"], "--jobs takes a number from 1 to 1024"),
      (["-j", "1025", "x.pcap"], "--jobs takes a number from 1 to 1024"),
      (["-c", "0", "x.pcap"], "--count takes a number from 1 on"),
      (["--at", "yesterday", "x.pcap"], "--at yesterday is no time; write 2016-10-20T15:00:00Z"),
      (["--at", "2016-02-30T00:00:00Z", "x.pcap"], "--at 2016-02-30T00:00:00Z is no time"),
      (["--at", "20150229000000", "x.pcap"], "--at 20150229000000 is no time"),
      (["-q", "-v", "x.pcap"], "--quiet and --verbose exclude each other"),
      (["--report", "-", "x.pcap"], "standard output carries one result"),
      (["-", "-"], "standard input can be read only once"),
      (["--json", "decode", "x.pcap"], "the command stands in front of its options: dnsaudit decode ..."),
    ])
  func wrongUsage(arguments: [String], sentence: String) throws {
    let outcome = try run(Environment.command, arguments)
    #expect(outcome.status == 2)
    #expect(outcome.text == "")
    #expect(outcome.errorText.hasPrefix("dnsaudit: \(sentence)"), "\(outcome.errorText)")
    #expect(outcome.errorText.lowercased().contains("\nusage: dnsaudit "))
  }

  @Test(
    "a command of a later version is wrong usage, not a capture of that name",
    arguments: ["chain", "ds", "explain", "diff", "report"])
  func laterCommand(word: String) throws {
    let outcome = try dnsaudit(word, "example.org", Sample.clean.path)
    #expect(outcome.status == 2)
    #expect(outcome.text == "")
    #expect(outcome.errorText.contains("has no command \(word); there are audit, live, decode and anchors\n"))
  }

  @Test("a capture may have a command's name")
  func captureNamedLikeCommand() throws {
    let folder = try TemporaryFolder()
    try folder.write(Sample.clean.bytes, to: "chain")
    let outcome = try run(Environment.command, ["decode", "-q", "chain"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.text.hasPrefix("344 packets, 308 messages, "))
  }

  @Test(
    "a filter that libpcap does not take is wrong usage",
    arguments: [["audit"], ["decode"], ["audit", "--json"]])
  func wrongFilter(command: [String]) throws {
    let outcome = try run(Environment.command, command + ["-f", "udp prot 53", Sample.clean.path])
    #expect(outcome.status == 2)
    #expect(outcome.errorText.hasPrefix("dnsaudit: the filter \"udp prot 53\" is not understood: "))
    #expect(outcome.errorText.count(where: { $0 == "\n" }) == 1)
    if !command.contains("--json") { #expect(outcome.text == "") }
  }

  @Test(
    "help has at most 80 columns and names every option of the command",
    arguments: [
      ([], ["audit", "live", "decode", "Exit status:"]),
      (
        ["audit"],
        [
          "-r", "-f, --filter", "--port", "--trust-anchor", "--at", "--fail-on", "-j, --jobs", "--verify",
          "--format",
          "--json",
          "-o, --output", "--report", "--no-color", "-q, --quiet", "-v, --verbose",
          "--progress/--no-progress",
          "-c, --count", "--strict", "--no-hash", "--case", "--examiner", "--note", "--signature-cache",
        ]
      ),
      (
        ["decode"],
        ["-r", "-f, --filter", "--port", "--format", "--json", "-o, --output", "-q, --quiet", "--strict"]
      ),
    ])
  func help(command: [String], words: [String]) throws {
    let outcome = try run(Environment.command, command + ["--help"], environment: ["COLUMNS": "80"])
    #expect(outcome.status == 0)
    #expect(outcome.errorText == "")
    for line in outcome.text.split(separator: "\n") { #expect(line.utf8.count <= 80, "\(line)") }
    for word in words {
      #expect(outcome.text.contains("  \(word)") || outcome.text.contains(word + "\n"), "\(word)")
    }
  }

  @Test("-V and --version name the program and its libraries", arguments: ["-V", "--version"])
  func version(option: String) throws {
    let outcome = try dnsaudit(option)
    #expect(outcome.status == 0)
    let lines = outcome.text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].wholeMatch(of: /dnsaudit \d+\.\d+\.\d+/) != nil)
    #expect(lines[1].hasPrefix("libpcap version "))
    #expect(lines[2].hasPrefix("OpenSSL "))
  }
}
