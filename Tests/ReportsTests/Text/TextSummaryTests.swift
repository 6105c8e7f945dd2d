import Bytes
import DNSSEC
import Findings
import Foundation

import TestSupport
import Testing

@testable import Reports

@Suite("Text summary") struct TextSummaryTests {
  /// What the summary of events looks like.
  private func text(_ events: [AuditEvent], _ options: TextOptions = TextOptions()) throws -> String {
    try written(events) { TextSummary($0, options: options) }
  }

  @Test(
    "one screen says what was read, the answers, the zones, the incidents, the findings and the limits, in this order"
  )
  func screen() throws {
    #expect(try text(Sample.events) == SampleScreen.text)
  }

  @Test("quiet is the counts alone")
  func quiet() throws {
    #expect(
      try text(Sample.events, TextOptions(detail: .counts)) == """
        Read
          captures/sample.pcap
            pcap, EN10MB, 310.9 KiB, 1,204 packets, SHA-256 9f86d081884c7d65...
            2016-10-20 15:23:01 UTC to 2016-10-20 15:25:12 UTC (2 min 11 s)
          1,190 DNS messages: 597 queries, 590 responses

        Answers
          secure          447   75.7 %  ##################################
          insecure        120   20.3 %  #########
          indeterminate    20    3.3 %  #
          bogus             3    0.5 %  #

        Incidents  2: 1 critical, 1 medium

        Findings  3: 1 high, 1 medium, 1 info

        Zones  6: 1 bogus, 1 indeterminate, 1 insecure, 3 secure

        """)
  }

  @Test("verbose adds every response, and the facts, explanations and references of findings")
  func verbose() throws {
    let text = try text(Sample.events, TextOptions(detail: .everything))
    #expect(
      text.hasPrefix(
        """
        12 2016-10-20T15:23:01.250000001Z 192.0.2.53.53 > 192.0.2.1.40053 www.Example.org. A NOERROR secure A of \
        www.example.org. verifies with key 2 of example.org.
        1:31 2016-10-20T15:23:05.000000000Z 2001:db8::53.53 > 2001:db8::1.40054 a.broken.org. TYPE65280 RCODE24 \
        bogus EDE 7: the RRSIG expired 2016-10-01T00:00:00Z
        40 2016-10-20T15:23:06.000000000Z 192.0.2.53.53 > 192.0.2.1.40053 (no question) FORMERR indeterminate \
        FORMERR proves nothing

        Read

        """))
    #expect(
      text.contains(
        """
               2016-10-20 15:23:01 UTC
               - genuine: 192.0.2.80
               - forged: 203.0.113.66
               - forged_frames: 13
               - ip_ttl_differs: yes
               - gap_us: 999
               - decided_by: signature
               or: A server that answers one query twice from a pool of addresses.
               see RFC 5452, CVE-2008-1447

        """))
    #expect(text.contains("  - 2 wrong UDP or TCP checksums (checksum-wrong, RFC 768; frames 17, 230).\n"))
    #expect(text.contains("  - lonely.test.: the capture holds no DS of test.: the answer to 'test. DS'\n"))
  }

  @Test("responses are wanted only when they are told")
  func wantsResponses() throws {
    let sink = ByteSink(descriptor: -1, path: "none")
    for (detail, expected) in [(.counts, false), (.screen, false), (.everything, true)]
      as [(TextOptions.Detail, Bool)]
    {
      #expect(TextSummary(sink, options: TextOptions(detail: detail)).wantsResponses == expected)
    }
  }

  @Test("colours add escape sequences and nothing else, and only where they are wanted")
  func colors() throws {
    let plain = try text(Sample.events)
    let colored = try text(Sample.events, TextOptions(color: .ansi))
    #expect(!plain.contains("\u{1b}"))
    #expect(colored.contains("\u{1b}[1;31mbogus\u{1b}[0m"))
    #expect(colored.replacing(#/\u{1b}\[[0-9;]*m/#, with: "") == plain)
  }

  @Test(
    "hostile text in every string reaches the terminal as printable ASCII in whole lines",
    arguments: [TextOptions.Detail.counts, .screen, .everything])
  func hostile(detail: TextOptions.Detail) throws {
    let text = try text(Sample.hostileEvents, TextOptions(detail: detail))
    #expect(text.utf8.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
    #expect(text.contains(#"\u{1B}[31m \u{202E} \u{600}"#))
  }

  @Test("hostile text brings no colours of its own")
  func hostileColors() throws {
    let text = try text(Sample.hostileEvents, TextOptions(detail: .everything, color: .ansi))
    let sequences = text.matches(of: #/\u{1b}\[([0-9;]*)m/#).map { String($0.1) }
    #expect(Set(sequences).isSubset(of: ["0", "1", "2", "32", "33", "1;31", "36"]))
    #expect(!sequences.contains("31"))
  }

  @Test("lines fit the width, which has bounds", arguments: [1, 40, 41, 80, 120, 1_000])
  func widths(width: Int) throws {
    let bound = min(max(width, 40), 120)
    let options = TextOptions(width: width)
    #expect(options.width == bound)
    let lines = try text(Sample.events, options).split(separator: "\n")
    // Counts, times and the like stand in one piece: they take up to 69 columns.
    #expect(lines.allSatisfy { $0.utf8.count <= max(bound, 69) })
  }

  @Test("ten findings are told, the severe ones first, and the rest is counted")
  func findingLimit() throws {
    let ten = Sample.findings(9, severity: .info) + [Sample.conflict]
    let all = try text(ten.map { .finding($0) } + [.summary(Sample.summary)])
    #expect(!all.contains("more ("))
    let eleven = Sample.findings(10, severity: .info) + [Sample.conflict]
    let some = try text(eleven.map { .finding($0) } + [.summary(Sample.summary)])
    #expect(some.contains("Findings  11: 1 high, 10 info\n  F1   high     conflicting-answer"))
    #expect(some.contains("  and 1 more (-v shows them, --format jsonl has all)\n"))
    #expect(some.contains("\n  F9   info"))
    #expect(!some.contains("\n  F10  info"))
  }

  @Test("twelve zones are told, bogus and indeterminate ones with what lies above them before all others")
  func zoneLimit() throws {
    let calm = Sample.zones(1_234, Verdict(.secure, "secure"))
    let zones = [Sample.root, Sample.org] + calm + [Sample.broken, Sample.lonely]
    let text = try text(zones.map { .zone($0) } + [.summary(Sample.summary)])
    for name in ["  .  ", "    org.  ", "      broken.org.  ", "    lonely.test.  ", "      z1.org.  "] {
      #expect(text.contains("\n\(name)"), "\(name)")
    }
    #expect(text.matches(of: #/(?m)^      z\d+\.org\. /#).count == 8)
    #expect(text.contains("  and 1,226 more secure (-v shows more, --format jsonl all)\n"))
  }

  @Test("on a live interface findings are told when they are found, and the end only counts them")
  func live() throws {
    let text = try text(
      [.finding(Sample.conflict), .run(Sample.run), .summary(Sample.summary)], TextOptions(live: true))
    #expect(text.hasPrefix("  F1   high     conflicting-answer (confidence confirmed)\n"))
    #expect(text.matches(of: /conflicting-answer/).count == 1)
    #expect(text.contains("\nFindings  1 high\n"))
  }

  @Test("an audit that found nothing says so")
  func nothing() throws {
    var summary = Sample.summary
    (summary.bySecurity, summary.malformed, summary.notJudged, summary.oddities) = ([], 0, [], [])
    (summary.messages, summary.queries, summary.responses) = (1, 1, 0)
    #expect(
      try text([.summary(summary)]) == """
        Read
          1 DNS message: 1 query, 0 responses

        Answers  none

        Zones  none

        Findings  none

        """)
  }

  @Test("what is missing is said: the anchor, dropped packets, the end of an input")
  func limitations() throws {
    var run = Sample.run
    run.anchors = []
    var cut = Sample.capture
    (cut.file, cut.path, cut.truncated, cut.error) = (
      1, "cut.pcap", true, "cut short in packet 12 at byte 4,711"
    )
    var damaged = cut
    (damaged.path, damaged.error) = ("damaged.pcap", nil)
    var summary = Sample.summary
    summary.dropped = 1
    let text = try text(
      [.run(run), .capture(Sample.capture), .capture(cut), .capture(damaged), .summary(summary)])
    for part in [
      "judged by dnsaudit 0.1.0, OpenSSL 3.0.22, no trust anchor\n",
      "  - There is no trust anchor: nothing can be secure.\n",
      "  - captures/sample.pcap: 2 TCP streams have gaps: 3 messages could not be read.\n",
      "  - 1 packet dropped before capture.\n", "  - cut.pcap: cut short in packet 12 at byte 4,711\n",
      "  - damaged.pcap is cut short or damaged.\n",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("the same events give the same bytes")
  func determinism() throws {
    let options = TextOptions(detail: .everything, color: .ansi)
    #expect(try text(Sample.events, options) == (try text(Sample.events, options)))
  }
}
