import Findings
import TestSupport
import Testing

@testable import Reports

@Suite("Incidents on the page") struct IncidentCardTests {
  /// The page of events.
  private func page(_ events: [AuditEvent]) throws -> String { try written(events) { HTMLReport($0) } }

  /// The page's text without its markup, a line for each piece.
  private func text(_ page: String) -> String {
    let body = page.split(separator: "</style>").last ?? ""
    return String(body.replacing(#/<[^>]*>\s*/#, with: "\n").replacing(#/\n+/#, with: "\n"))
  }

  @Test("a card has forged and genuine side by side, the evidence, a timeline, and tables of who got what")
  func card() throws {
    let text = try text(page(Sample.events))
    for lines in [
      ["I1", "critical", "race", "confidence confirmed", "Forged answers raced the true ones."],
      [
        "Aimed at", "192.0.2.1, about www.example.org.", "In the name of", "192.0.2.53", "When",
        "2016-10-20 15:23:01 UTC to 2016-10-20 15:23:10 UTC", "What came of it",
        "1 forged packet; forged data were taken and reached 2 hosts", "Recovery",
        "First clean answer 2016-10-20 15:24:01 UTC, frame 90",
      ],
      [
        "Forged and genuine", "forged", "frame 13", "NOERROR www.example.org. A 203.0.113.66", "genuine",
        "frame 12", "NOERROR www.example.org. A 192.0.2.80",
      ],
      ["K crypto", "it is bogus; DNSSEC proves the answer in frame 12", "C content"],
      [
        "Timeline", "2016-10-20T15:23:01.250000001Z", "first packet of the attack",
        "2016-10-20T15:23:02.000000000Z", "192.0.2.129 gets forged data for the first time",
        "2016-10-20T15:23:03.000000000Z", "192.0.2.130 gets forged data for the first time",
        "2016-10-20T15:23:03.000000000Z", "192.0.2.129 goes to the forged address 203.0.113.66, port 443",
        "2016-10-20T15:23:03.000000000Z", "forged data are given for the last time",
        "2016-10-20T15:24:01.000000000Z", "first clean answer", "2016-10-20T16:23:01.000000000Z",
        "the last copy that was seen runs out",
      ],
      ["www.example.org. A 203.0.113.66", "3,600", "2016-10-20 16:23:01 UTC"],
      [
        "192.0.2.130", "2016-10-20 15:23:03 UTC", "2016-10-20 15:23:03 UTC", "2016-10-20 16:23:01 UTC",
        "frame 40",
      ],
      [
        "192.0.2.129", "203.0.113.66 port 443/tcp", "2016-10-20 15:23:03 UTC to 2016-10-20 15:23:04 UTC",
        "12 packets from frame 21 on",
      ],
      ["Honest explanations to weigh", "A server that answers one query twice from a pool of addresses."],
    ] {
      let expected = "\n" + lines.joined(separator: "\n") + "\n"
      #expect(text.contains(expected), "\(expected)")
    }
  }

  @Test("incident and findings lead to each other")
  func links() throws {
    let page = try page(Sample.events)
    #expect(page.contains(#"id="incident-I1""#))
    #expect(page.contains(##"<a href="#finding-F1">F1 conflicting-answer</a>"##))
    #expect(page.contains(##"<a href="#incident-I1">part of I1</a>"##))
    #expect(page.contains(##"<a href="#incidents">Incidents</a>"##))
    let targets = Set(page.matches(of: #/id="([^"]*)"/#).map { String($0.1) })
    for link in page.matches(of: ##/href="#([^"]*)"/##) {
      #expect(targets.contains(String(link.1)), "\(link.1)")
    }
  }

  @Test("what a flood's findings measured stands as figures")
  func flood() throws {
    let text = try text(page(Sample.events))
    #expect(text.contains("\nFigures\nids_tried\n49822\norder\nrandom\n"))
    #expect(text.contains("\nframes 1000-1099 ... (50,000 in all)\n"))
    #expect(text.contains("\ngenuine\nnone seen\n"))
  }

  @Test("with incidents the five lines lead with them, in words without jargon")
  func summary() throws {
    let text = try text(page(Sample.events))
    for part in [
      "What\n2 attacks on name resolution were found; 1 succeeded. The gravest is I1, about www.example.org.: forged "
        + "answers raced the true ones (1 forged packet; forged data were taken and reached 2 hosts).\n",
      "When\nAttacks: 2016-10-20 15:23:01 UTC to 2016-10-20 15:23:26 UTC. Forged data that were seen stay in caches "
        + "until 2016-10-20 16:23:01 UTC at the latest. Capture: ",
      "Who\nAimed at 192.0.2.1; 2 hosts got forged data: 192.0.2.129, 192.0.2.130; then connected to a forged address: "
        + "192.0.2.129.\n",
      "How sure\nI1 confirmed by signatures; I2 with medium confidence. ",
      "What next\nClear the caches of 192.0.2.1 and of those behind them. Look for connections to 203.0.113.66 elsewhere, "
        + "and block them. Read I1, I2 first and weigh the honest explanations named there. ",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("an incident of low severity leaves the summary as it is")
  func slight() throws {
    var slight = Sample.flood
    slight.severity = .low
    let events = Sample.events.filter { if case .incident = $0 { false } else { true } }
    let without = try text(page(events))
    let with = try text(page(Array(events.dropLast()) + [.incident(slight), .summary(Sample.summary)]))
    let start = "\nWhat\n590 DNS responses were judged"
    #expect(without.contains(start))
    #expect(with.contains(start))
  }

  @Test("a hundred incidents are shown, and the rest is counted")
  func limit() throws {
    let events = Array(repeating: AuditEvent.incident(Sample.flood), count: 101)
    let page = try page(events + [.summary(Sample.summary)])
    #expect(page.matches(of: #/<article /#).count == 100)
    #expect(
      page.contains("<p>1 further incident not shown: this page stops at 100. JSON lines have all.</p>"))
  }

  @Test("rows beyond fifty are counted")
  func rows() throws {
    var wide = Sample.wonRace
    wide.victims = Array(repeating: wide.victims[0], count: 53)
    let text = try text(page([.incident(wide), .summary(Sample.summary)]))
    #expect(text.contains("Not shown: 0 records, 3 hosts, 0 connections."))
  }
}
