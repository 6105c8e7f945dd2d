import Findings
import Packets
import TestSupport
import Testing

@testable import Reports

@Suite("Incidents as text") struct IncidentSectionTests {
  /// The summary of incidents beside the sample findings.
  private func text(_ incidents: [Incident], _ options: TextOptions = TextOptions()) throws -> String {
    let events = Sample.findings.map { AuditEvent.finding($0) } + incidents.map { .incident($0) }
    return try written(events + [.summary(Sample.summary)]) { TextSummary($0, options: options) }
  }

  @Test("an incident says to whom what was done, why it is held for forged, and what came of it")
  func won() throws {
    #expect(
      try text([Sample.wonRace]).contains(
        """
        Incidents  1 critical
          I1   critical race (confidence confirmed)
               192.0.2.1, about www.example.org.: 1 forged packet; forged data were
               taken and reached 2 hosts
               2016-10-20 15:23:01 UTC to 2016-10-20 15:23:10 UTC
               forged    frame 13, in the name of 192.0.2.53: NOERROR www.example.org. A
                         203.0.113.66
               genuine   frame 12: NOERROR www.example.org. A 192.0.2.80
               because   K crypto: it is bogus; and 1 more
                         C content: 2 different answers to www.example.org. A
                         N network: frame 13 has an IP TTL that this server does not
                         have
               poisoned  www.example.org. A 203.0.113.66, TTL 3,600 s, until 2016-10-20
                         16:23:01 UTC
               served in frames 14, 40
               reached   192.0.2.129 2016-10-20 15:23:02 UTC, frame 14, good until
                         2016-10-20 16:23:01 UTC
                         192.0.2.130 2016-10-20 15:23:03 UTC, frame 40, good until
                         2016-10-20 16:23:01 UTC
               contacts  192.0.2.129 to 203.0.113.66 port 443/tcp, 2016-10-20 15:23:03
                         UTC to 2016-10-20 15:23:04 UTC, 12 packets from frame 21 on
               recovery  first clean answer 2016-10-20 15:24:01 UTC, frame 90
               findings  F1

        """))
  }

  @Test("a flood says how many there were, and what its findings measured, in a few lines")
  func flood() throws {
    #expect(
      try text([Sample.flood]).contains(
        """
        Incidents  1 medium
          I2   medium   kaminsky (confidence medium)
               192.0.2.1, about names in example.net.: 50,000 forged packets; forged
               data were not taken
               2016-10-20 15:23:21 UTC to 2016-10-20 15:23:26 UTC
               forged    frames 1000-1099 ... (50,000 in all), in the name of
                         2001:db8::53
               because   V volume: 50,000 answers to questions that were open, with
                         wrong IDs
                         ids_tried: 49822
                         order: random
               findings  F2

        """))
  }

  @Test("findings of incidents take a line each, all others are told in full; with -v all are")
  func findings() throws {
    let brief = try text([Sample.wonRace])
    #expect(brief.contains("  F1   high     conflicting-answer (confidence confirmed) in I1: frames 12-13\n"))
    #expect(!brief.contains("Two answers to www.example.org. A differ"))
    #expect(brief.contains("  F2   medium   bogus (confidence high)\n       The signatures of broken.org."))
    let full = try text([Sample.wonRace], TextOptions(detail: .everything, width: 120))
    #expect(full.contains("Two answers to www.example.org. A differ"))
  }

  @Test("findings of incidents do not crowd out the others, and the rest is counted")
  func crowded() throws {
    var incident = Sample.flood
    let own = Sample.findings(40, severity: .high)
    incident.findings = own.map(\.id)
    var other = Sample.conflict
    other.id = "F41"
    let events =
      (own + [other]).map { AuditEvent.finding($0) } + [.incident(incident), .summary(Sample.summary)]
    let text = try written(events) { TextSummary($0, options: TextOptions()) }
    #expect(text.matches(of: #/ in I2: /#).count == 12)
    #expect(text.contains("Two answers to www.example.org. A differ"))
    #expect(text.contains("  and 28 more (-v shows them, --format jsonl has all)\n"))
    #expect(text.contains("findings  F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12 and 28 more\n"))
  }

  @Test("five incidents fill a screen, and the rest is counted")
  func limit() throws {
    let incidents = (1...7).map { number in
      var incident = Sample.flood
      incident.id = "I\(number)"
      return incident
    }
    let text = try text(incidents)
    #expect(text.contains("Incidents  7 medium\n"))
    #expect(text.contains("\n  I5   medium"))
    #expect(!text.contains("\n  I6   medium"))
    #expect(text.contains("  and 2 more (-v shows more, --format jsonl has all)\n"))
  }

  @Test("frames of several inputs are told by input")
  func inputs() throws {
    var incident = Sample.wonRace
    incident.forged = [PacketID(13), PacketID(4, file: 1)]
    let captures = [AuditEvent.capture(Sample.capture), .capture(Sample.capture)]
    let text = try written(captures + [.incident(incident), .summary(Sample.summary)]) {
      TextSummary($0, options: TextOptions(width: 120))
    }
    #expect(text.contains("forged    input 0, frame 13; input 1, frame 4, in the name of 192.0.2.53"))
  }

  @Test("an attack that was not taken has nothing to recover from, and a lasting one says so")
  func recovery() throws {
    #expect(!(try text([Sample.flood]).contains("recovery")))
    var lasting = Sample.wonRace
    lasting.recovery = nil
    #expect(try text([lasting]).contains("recovery  no clean answer was seen afterwards\n"))
  }

  @Test("quiet counts them, and an audit without any does not speak of them")
  func counts() throws {
    let quiet = TextOptions(detail: .counts)
    #expect(
      try text([Sample.wonRace, Sample.flood], quiet).contains("\nIncidents  2: 1 critical, 1 medium\n"))
    #expect(!(try text([]).contains("Incident")))
  }
}
