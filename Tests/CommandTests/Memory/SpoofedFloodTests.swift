import Foundation
import TestSupport
import Testing

/// The generator of spoofed answers keeps what its kinds promise, so that what is measured with it means something.
@Suite("Floods of spoofed answers") struct SpoofedFloodTests {
  /// Spoofed answers a file: three rounds, each with a query and a true answer.
  private static let count = 15_000, rounds = 3

  @Test(
    "every answer has data of its own, and none but the true one fits its query unless all have the right ID",
    .requiresPrograms("python3", for: "floods of spoofed answers"),
    arguments: ["spoofed", "spoofed-repeats", "spoofed-ports"], [[], ["--ipv6"]])
  func fits(_ kind: String, _ options: [String]) throws {
    let messages = try Self.messages(kind, options)
    let queries = messages.filter { $0["qr"] as? Bool == false }
    let answers = messages.filter { $0["qr"] as? Bool == true }
    #expect(queries.count == Self.rounds && answers.count == Self.count + Self.rounds)

    let open = Set(queries.map { Self.key($0, from: "src", to: "dst") })
    let fitting = answers.filter { open.contains(Self.key($0, from: "dst", to: "src")) }
    if kind == "spoofed-repeats" {
      #expect(fitting.count == answers.count && open.count == 1)
    } else {
      #expect(fitting.count == Self.rounds && open.count == Self.rounds)
    }
    #expect(Set(answers.map { Self.address($0) }).count == Self.count + 1)
  }

  @Test(
    "the same seed gives the same file, and another seed another one",
    .requiresPrograms("python3", for: "floods of spoofed answers"))
  func seeds() throws {
    let files = try ["1", "1", "2"].map { seed in try Self.flood("spoofed", ["--seed", seed]) }
    #expect(files[0] == files[1] && files[0] != files[2])
  }

  @Test(
    "twice as many spoofed answers take no more memory, are one incident with all attempts, and what is not kept is counted",
    .requiresPrograms("python3", for: "memory under spoofed answers"),
    .requiresReleaseCommand("memory under spoofed answers"),
    arguments: ["spoofed", "spoofed-repeats", "spoofed-ports"])
  func memory(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let peaks = try [200_000, 400_000].map { count in
      let file = folder.url.appending(path: "flood.pcap"), output = folder.url.appending(path: "output")
      let made = try run(CapturePair.folder.appending(path: "lab/flood"), [kind, "\(count)", file.path()])
      try #require(made.status == 0, "\(made.errorText)")
      let peak = try measuredPeak(["audit", "-q", "-o", output.path(), "--json", "--no-hash", file.path()])
      let events = try String(contentsOf: output, encoding: .utf8).split(separator: "\n")
      let incidents = events.filter { $0.hasPrefix("{\"event\":\"incident\"") }
      #expect(incidents.count == 1)
      let attempts = try #require(incidents.first?.firstMatch(of: /"attempts":(\d+)/))
      #expect(try abs(#require(Int(attempts.1)) - count) <= count / 100, "\(attempts.1) attempts")
      let counted = try #require(events.last?.firstMatch(of: /"flood":(\d+)/))
      #expect(Int(counted.1) ?? 0 > count / 2)
      return peak
    }
    // The kept ones are the same few thousand; true answers come once in five thousand.
    #expect(Double(peaks[1]) <= Double(peaks[0]) * 1.08, "\(peaks) KiB")
  }

  /// What the generator writes.
  private static func flood(_ kind: String, _ options: [String]) throws -> Data {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "flood.pcap")
    let outcome = try run(
      CapturePair.folder.appending(path: "lab/flood"), options + [kind, "\(count)", file.path()])
    try #require(outcome.status == 0, "\(outcome.errorText)")
    return try Data(contentsOf: file)
  }

  /// The messages of a flood, as the command decodes them.
  private static func messages(_ kind: String, _ options: [String]) throws -> [[String: Any]] {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "flood.pcap")
    try flood(kind, options).write(to: file)
    return try run(Environment.command, ["decode", "--json", file.path()]).events("message")
  }

  /// What has to be equal for an answer to fit a query; the resolver's side first.
  private static func key(_ message: [String: Any], from resolver: String, to server: String) -> String {
    let question = (message["question"] as? [[String: Any]])?.first?["name"]
    let values = [
      message[resolver], message["\(resolver)_port"], message[server], message["\(server)_port"],
      message["id"], question,
    ]
    return values.map(text).joined(separator: " ")
  }

  /// The data of an answer's one record.
  private static func address(_ message: [String: Any]) -> String {
    text((message["answer"] as? [[String: Any]])?.first?["rdata"])
  }

  /// A value as text, empty where there is none.
  private static func text(_ value: Any?) -> String {
    value.map { "\($0)" } ?? ""
  }
}
