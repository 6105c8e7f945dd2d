import Capture
import Foundation
import Packets
import TestSupport
import Testing

/// `dnsaudit live` on a veth pair, beside tcpdump, while real servers answer real questions.
@Suite("Live beside tcpdump", .serialized) struct LiveLabTests {
  /// What both programs capture, so that they number the packets alike: what the kernel hands to `dnsaudit live`.
  private static let filter = DNSFilter.expression(ports: [53], linkType: .ethernet)

  @Test(
    "frames, words and findings are those of auditing what tcpdump wrote",
    .requiresRoot("live capture beside tcpdump"),
    .requiresPrograms("python3", for: "live capture beside tcpdump"))
  func sameAsAudit() throws {
    let folder = try TemporaryFolder()
    let lab = try runLab(
      "live", "--dnsaudit", Environment.command.path(), "--out", folder.url.path(), "--filter",
      LiveLabTests.filter)
    try #require(lab.status == 0, "\(lab.errorText)")
    let file = { (ending: String) in folder.url.appending(path: "live.\(ending)") }
    #expect(try String(contentsOf: file("status"), encoding: .utf8) == "1\n")
    #expect(try Data(contentsOf: file("stdout")).isEmpty)
    #expect(try String(contentsOf: file("stderr"), encoding: .utf8).hasPrefix("dnsaudit: listening on "))
    let audit = try dnsaudit(
      "--format", "jsonl", "--trust-anchor", file("anchors").path(), file("pcap").path())
    #expect(audit.status == 1)
    let expected = try audit.events
    let found = try run(URL(filePath: "/bin/cat"), [file("jsonl").path()]).events
    try #require(expected.map { $0["event"] as? String } == found.map { $0["event"] as? String })
    for (a, b) in zip(expected, found) { #expect(LiveLabTests.result(a) == LiveLabTests.result(b)) }
    check(found)
  }

  /// Checks that the traffic had everything in it that is worth a comparison.
  private func check(_ events: [[String: Any]]) {
    let responses = events.filter { $0["event"] as? String == "response" }
    #expect(
      Set(responses.compactMap { $0["security"] as? String }).isSuperset(of: ["secure", "insecure", "bogus"]))
    #expect(Set(responses.compactMap { $0["transport"] as? String }) == ["udp", "tcp"])
    #expect(events.contains { $0["rule"] as? String == "conflicting-answer" })
    let capture = events.first { $0["event"] as? String == "capture" }
    #expect(capture?["format"] as? String == "live")
    #expect(capture?["dropped"] as? Int == 0)
  }

  /// What an event says but for times, which two sockets see microseconds apart, and for where the packets came from.
  private static func result(_ event: [String: Any]) -> String {
    switch event["event"] as? String {
    case "run", "capture": return ""
    default:
      var event = event
      for key in ["time", "first_time", "last_time", "rtt_us", "dropped"] { event[key] = nil }
      if let changes = event["changes"] as? [[String: Any]] {
        event["changes"] = changes.map { $0.filter { $0.key != "time" } }
      }
      if let keys = event["trust_point"] as? [[String: Any]] {
        let times = ["since", "first_seen", "last_seen"]
        event["trust_point"] = keys.map { $0.filter { !times.contains($0.key) } }
      }
      let data = try? JSONSerialization.data(withJSONObject: event, options: [.sortedKeys])
      // tcpdump writes microseconds.
      return String(decoding: data ?? Data(), as: UTF8.self).replacing(/(\.\d{6})\d{3}Z/) { "\($0.1)Z" }
    }
  }
}
