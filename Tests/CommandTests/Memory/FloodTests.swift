import Foundation
import TestSupport
import Testing

/// What an attacker leaves open is forgotten in time: memory has a bound, however many flows and datagrams never end.
@Suite("Floods") struct FloodTests {
  /// A flood that `captures/lab/flood` makes, and the command that has to stand it.
  struct Case: Sendable, CustomStringConvertible {
    /// What is left open, over IPv6 or IPv4, and the command.
    let kind: String, ipv6: Bool, command: String

    var description: String { "\(command) of \(kind) over \(ipv6 ? "IPv6" : "IPv4")" }
  }

  /// Every kind under both commands, the two most common over both IP versions.
  static let cases = ["decode", "audit"].flatMap { command in
    [
      ("half-open", false), ("half-open", true), ("first-fragments", false), ("first-fragments", true),
      ("half-sent", false), ("holes", true), ("lone-fragments", false),
    ].map { Case(kind: $0, ipv6: $1, command: command) }
  }
  /// Flows or datagrams: many times as many as are followed at once.
  private static let count = 100_000
  /// The most that a command may take, in KiB: 128 MiB.
  private static let bound = 131_072
  /// How much more twice as many may take, in KiB: two runs of the same take 30,400 to 32,400, and 100,000 things of more than twenty
  /// bytes that were kept would be seen.
  private static let growth = 2_048

  @Test(
    "twice as many flows and datagrams that never end take no more memory",
    .requiresPrograms("python3", for: "memory under floods"),
    .requiresReleaseCommand("memory under floods"), arguments: cases)
  func peak(_ flood: Case) throws {
    let folder = try TemporaryFolder()
    let peaks = try [Self.count, 2 * Self.count].map { count in
      let file = folder.url.appending(path: "\(count).pcap").path()
      let options = (flood.ipv6 ? ["--ipv6"] : []) + [flood.kind, "\(count)", file]
      try #require(try run(CapturePair.folder.appending(path: "lab/flood"), options).status == 0)
      return try peakMemory(flood, file, count, in: folder)
    }
    #expect(peaks[1] <= Self.bound)
    #expect(peaks[1] <= peaks[0] + Self.growth, "\(peaks) KiB")
  }

  /// The most memory, in KiB, that the command had at a time; the summary of an audit has to tell what was given up.
  private func peakMemory(_ flood: Case, _ file: String, _ count: Int, in folder: borrowing TemporaryFolder)
    throws
    -> Int
  {
    let output = folder.url.appending(path: "output")
    let format = flood.command == "audit" ? ["--json", "--no-hash"] : []
    let peak = try measuredPeak([flood.command, "-q", "-o", output.path()] + format + [file])
    if flood.command == "audit" {
      let text = try String(contentsOf: output, encoding: .utf8)
      let match = try #require(text.firstMatch(of: /"(?:stream|datagram)-evicted","count":(\d+)/))
      #expect(Int(match.1) ?? 0 > count / 2)
    }
    return peak
  }
}
