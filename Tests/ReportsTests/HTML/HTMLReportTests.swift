import Bytes
import DNSSEC
import Findings
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("The page") struct HTMLReportTests {
  /// The page of events.
  private func page(_ events: [AuditEvent]) throws -> String { try written(events) { HTMLReport($0) } }

  /// The page's text without its markup, a line for each piece.
  private func text(_ page: String) -> String {
    let body = page.split(separator: "</style>").last ?? ""
    return String(body.replacing(#/<[^>]*>\s*/#, with: "\n").replacing(#/\n+/#, with: "\n"))
  }

  @Test("the page says in five lines what, when, who, how sure and what next")
  func summary() throws {
    let lines = [
      "What",
      "590 DNS responses were judged: 3 bogus, 20 indeterminate, 120 insecure, 447 secure. The most severe finding, "
        + "F1: Two answers to www.example.org. A differ; frame 13 is bogus and frame 12 is secure.",
      "When", "2016-10-20 15:23:01 UTC to 2016-10-20 15:25:12 UTC (2 min 11 s), 1,204 packets in 1 capture.",
      "Who",
      "2 names: a.broken.org., www.example.org.; answers from 192.0.2.53, 2001:db8::53; sent to 192.0.2.1, "
        + "2001:db8::1.",
      "How sure",
      "Findings of medium severity and above: 1 confirmed, 1 with high confidence. 3 points under Limits qualify "
        + "these conclusions.",
      "What next",
      "Look at F1, F2 first and weigh the honest explanations named there. Capture the answers named under Limits: "
        + "they would settle the indeterminate zones. Keep the capture unchanged with the hash under Custody.",
    ]
    let events = Sample.events.filter { if case .incident = $0 { false } else { true } }
    #expect(try text(page(events)).contains("\nSummary\n" + lines.joined(separator: "\n") + "\n"))
  }

  @Test("answers are counted by word, with their shares and a bar that is read aloud")
  func answers() throws {
    let page = try page(Sample.events)
    for part in [
      #"aria-label="447 secure, 120 insecure, 20 indeterminate, 3 bogus""#,
      #"<span class="bogus" style="flex: 3 0 0"></span>"#,
      #"<th scope="row"><span class="word insecure">insecure</span></th><td class="number">120</td><td "#
        + #"class="number">20.3 %</td>"#,
    ] { #expect(page.contains(part), "\(part)") }
  }

  @Test("a finding has its severity, frames, names, filter, evidence, explanations and references")
  func finding() throws {
    #expect(
      try text(page(Sample.events)).contains(
        """
        F1
        high
        conflicting-answer
        confidence confirmed
        part of I1
        Two answers to www.example.org. A differ; frame 13 is bogus and frame 12 is secure.
        When
        2016-10-20 15:23:01 UTC
        Where
        frames 12-13
        Names
        www.example.org.
        From
        192.0.2.53
        To
        192.0.2.1
        Wireshark filter
        frame.number in {12..13}
        Evidence
        genuine
        192.0.2.80
        forged
        203.0.113.66
        forged_frames
        13
        ip_ttl_differs
        yes
        gap_us
        999
        decided_by
        signature
        Honest explanations that fit as well
        A server that answers one query twice from a pool of addresses.
        See RFC 5452, CVE-2008-1447

        """))
  }

  @Test("zones stand as a tree with their DS records, keys and changes; troubled ones are open")
  func zones() throws {
    let page = try page(Sample.events)
    let digest = String(repeating: "DE", count: 32)
    #expect(
      text(page).contains(
        """
        broken.org.
        bogus
        EDE 9: no DNSKEY of broken.org. matches DS 4711 13 2; keys seen: 815 (KSK)
        DS records, keys and changes
        DS records at org.
        Key tag
        Algorithm
        Matches
        Seen
        Digest
        4711
        ECDSAP256SHA256
        no
        frame 22
        SHA-256 \n\(digest)
        Keys of the zone
        Key tag
        Role
        Algorithm
        Bits
        Flags
        Seen
        815
        KSK
        ECDSAP256SHA256
        256
        257
        frame 30
        Changes
        2016-10-20 15:23:02 UTC: indeterminate, no DNSKEY of broken.org. seen
        2016-10-20 15:23:05 UTC, frame 30: bogus, EDE 9: no DNSKEY of broken.org. matches DS 4711 13 2

        """))
    let opened = page.matches(of: #/<li style="--depth: (\d)"><div class="(\w+)">[^§]*?<details( open)?>/#)
    #expect(
      opened.map { "\($0.1) \($0.2)\($0.3 ?? "")" } == ["0 secure", "1 secure", "2 bogus open", "2 secure"])
  }

  @Test("the custody block has what identifies the input, the tool, the options and the anchors")
  func custody() throws {
    let text = try text(page(Sample.events))
    for lines in [
      [
        "captures/sample.pcap", "SHA-256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "Size",
      ],
      ["Size", "318,422 bytes", "Container", "pcap", "Link types", "EN10MB", "Snap length", "262,144 bytes"],
      ["Packets", "1,204", "Dropped", "not recorded", "First packet", "2016-10-20T15:23:01.000000000Z"],
      ["Last packet", "2016-10-20T15:25:12.250000000Z", "Read to its end", "yes"],
      ["Tool", "dnsaudit 0.1.0", "Build", "2fb13cf", "Cryptography", "OpenSSL 3.0.22", "at", "not given"],
      ["fail-on", "medium", "hash", "yes", "ports", "53", "tcp-limit", "65535"],
      [
        ".", "19036", "RSASHA256", "SHA-256", "from 2010-07-15 00:00:00 UTC until 2019-01-11 00:00:00 UTC",
        "built-in",
      ],
    ] {
      let expected = "\n" + lines.joined(separator: "\n") + "\n"
      #expect(text.contains(expected), "\(expected)")
    }
  }

  @Test("nothing but the time of its making depends on when the page is made")
  func determinism() throws {
    let first = try page(Sample.events)
    #expect(try first == page(Sample.events))
    var later = Sample.run
    later.generated = Timestamp(seconds: 1_800_000_000)
    let second = try page([.run(later)] + Sample.events.dropFirst())
    let differing = zip(first.split(separator: "\n"), second.split(separator: "\n")).filter { $0 != $1 }
    #expect(differing.count == 1)
    #expect(differing.first?.0 == #"<p class="soft">Generated 2023-11-14 22:13:20 UTC</p>"#)
    #expect(differing.first?.1 == #"<p class="soft">Generated 2027-01-15 08:00:00 UTC</p>"#)
  }

  @Test("500 findings and 1,000 zones are shown, and the rest is counted by the name of the limit")
  func limits() throws {
    let full = Sample.findings(500, severity: .low).map { AuditEvent.finding($0) }
    let zones = Sample.zones(1_000, Sample.example.verdict).map { AuditEvent.zone($0) }
    let complete = try page(full + zones + [.summary(Sample.summary)])
    #expect(!complete.contains("not shown"))
    #expect(complete.matches(of: #/<article /#).count == 500)
    #expect(complete.matches(of: #/<li style="--depth/#).count == 1_000)
    let more = try page(
      [.finding(Sample.conflict), .zone(Sample.broken)] + full + zones + [.summary(Sample.summary)])
    #expect(more.contains("<p>1 further finding not shown: this page stops at 500. JSON lines have all.</p>"))
    #expect(more.contains("<p>1 further zone not shown: this page stops at 1,000. JSON lines have all.</p>"))
    #expect(more.contains("Two answers to www.example.org."))
    #expect(more.contains("broken.org."))
    #expect(more.matches(of: #/<article /#).count == 500)
  }

  @Test("the page is written with the last event, and not a byte of it before")
  func lastEvent() throws {
    #expect(try page(Array(Sample.events.dropLast())) == "")
    #expect(try page([.summary(Sample.summary)]).hasSuffix("</html>\n"))
  }
}
