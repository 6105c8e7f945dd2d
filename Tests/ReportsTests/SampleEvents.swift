import Bytes
import DNSSEC
import DNSWire
import Findings
import Packets
import Transactions

/// Made-up events of every kind, as one small audit would give them.
enum Sample {
  /// Seconds of 2016-10-20T15:23:01Z, when the made-up capture begins.
  static let start: Int64 = 1_476_976_981
  /// What hostile packets try: markup, a colour, a change of the writing direction, a character that hides the
  /// next one from code that works by grapheme clusters, ends of lines and attributes.
  static let hostile =
    "<script>alert(1)</script> \u{1b}[31m \u{202e} \u{600}<img src=x onerror=alert(2)> \"'\r\n\u{9b}2J\0"

  /// A moment in the capture.
  static func time(_ seconds: Int64, _ nanoseconds: Int64 = 0) -> Timestamp {
    Timestamp(seconds: start + seconds, nanoseconds: nanoseconds)
  }

  /// A name that is known to be one.
  static func name(_ text: String) -> Name {
    guard let name = Name(text) else { preconditionFailure("not a name: \(text)") }
    return name
  }

  /// All the events in the order of an audit.
  static var events: [AuditEvent] {
    [.run(run), .capture(capture)] + responses.map { .response($0) } + findings.map { .finding($0) }
      + incidents.map { .incident($0) } + [.resolver(resolver)] + zones.map { .zone($0) } + [
        .summary(summary)
      ]
  }

  /// The same with the hostile text in every string.
  static var hostileEvents: [AuditEvent] {
    [
      .run(hostileRun), .capture(hostileCapture), .response(hostileResponse), .finding(hostileFinding),
      .incident(hostileIncident), .zone(hostileZone), .summary(hostileSummary),
    ]
  }

  /// The first event.
  static var run: RunEvent {
    RunEvent(
      tool: "dnsaudit", version: "0.1.0", build: "2fb13cf", cryptoLibrary: "OpenSSL 3.0.22",
      generated: Timestamp(seconds: 1_700_000_000),
      options: [
        ("at", .none), ("fail-on", .text("medium")), ("hash", .flag(true)), ("ports", .list(["53"])),
        ("tcp-limit", .number(65_535)),
      ],
      anchors: [
        AnchorEntry(
          zone: .root, keyTag: 19036, algorithm: 8, digestType: 2,
          validFrom: Timestamp(seconds: 1_279_152_000), validUntil: Timestamp(seconds: 1_547_164_800),
          source: "built-in")
      ],
      caseFields: [("case", "2016-17"), ("examiner", "A. Nonymous")])
  }

  /// A host that counts its IDs up and draws its ports well.
  static var resolver: ResolverEntropy {
    let numbers = (0..<40).map { UInt16($0) }
    return ResolverEntropy(
      address: flow.destination, isResolver: true, queries: 40, firstTime: time(0), lastTime: time(9),
      ports: NumberSpread(
        numbers.map { $0 &* 25_171 }, of: ResolverEntropy.portCount, deviation: 18_900, flaws: []),
      ids: NumberSpread(numbers, of: 1 << 16, deviation: 11.5, flaws: ["counting up"]), caseShare: 0,
      cookieShare: 1,
      sharedPortShare: 0.25)
  }

  /// One input.
  static var capture: CaptureEvent {
    CaptureEvent(
      file: 0, path: "captures/sample.pcap",
      sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", bytes: 318_422,
      format: "pcap", linkTypes: ["EN10MB"], snaplen: 262_144, interfaces: [], comments: [], packets: 1_204,
      dropped: nil, firstTime: time(0), lastTime: time(131, 250_000_000), truncated: false,
      quality: ["2 TCP streams have gaps: 3 messages could not be read."])
  }

  /// The counts.
  static var summary: SummaryEvent {
    SummaryEvent(
      packets: 1_204, messages: 1_190, queries: 597, responses: 590,
      bySecurity: [(.secure, 447), (.insecure, 120), (.indeterminate, 20), (.bogus, 3)],
      byRule: [(.bogus, 1), (.conflictingAnswer, 1), (.unsigned, 1)], uniqueRRsets: 412,
      signaturesSeen: 611, signaturesVerified: 389, dropped: nil, malformed: 3,
      notJudged: [("mdns", 14), ("notify", 2)],
      oddities: [
        OddityCount(PacketOddity.checksumWrong.oddity, count: 2, examples: [PacketID(17), PacketID(230)])
      ])
  }

  /// What would break: a name with bogus answers, some of which is proven elsewhere.
  static func wouldBreak(_ name: Name, _ reason: String) -> WouldBreak {
    WouldBreak(
      names: 3, answers: 1_007,
      top: [
        BreakingName(
          name: name, type: .a, count: 1_004, clients: [flow.destination, flow6.destination], clientCount: 7,
          firstFrame: 31, firstFile: nil, verdict: Verdict(.bogus, ede: .signatureExpired, reason),
          secureFrame: nil),
        BreakingName(
          name: name, type: .mx, count: 2, clients: [flow.destination], clientCount: 1, firstFrame: 40,
          firstFile: 1,
          verdict: Verdict(.bogus, ede: .bogus, reason), secureFrame: 12),
      ])
  }

  /// Counts of an audit that met odd kinds and names.
  static var hostileSummary: SummaryEvent {
    var event = summary
    event.byRule = [(Rule(rawValue: hostile), 1)]
    event.notJudged = [(hostile, 1)]
    event.wouldBreak = wouldBreak(hostileName, hostile)
    event.oddities = [OddityCount(Oddity(hostile, hostile, hostile), count: 1, examples: [PacketID(1)])]
    return event
  }

  /// A run with hostile options.
  static var hostileRun: RunEvent {
    RunEvent(
      tool: hostile, version: hostile, build: hostile, cryptoLibrary: hostile, generated: time(0),
      options: [(hostile, .text(hostile)), ("list", .list([hostile]))],
      anchors: [
        AnchorEntry(
          zone: hostileName, keyTag: 1, algorithm: 255, digestType: 255, validFrom: nil, validUntil: nil,
          source: hostile)
      ], caseFields: [(hostile, hostile)])
  }

  /// An input with hostile path, comments and interface names.
  static var hostileCapture: CaptureEvent {
    CaptureEvent(
      file: 3, path: hostile, sha256: nil, bytes: 0, format: hostile, linkTypes: [hostile], snaplen: 0,
      interfaces: [hostile], comments: [hostile], packets: 0, dropped: 9, firstTime: nil, lastTime: nil,
      truncated: true, error: hostile, quality: [hostile])
  }

  /// A name whose labels hold the hostile text.
  static var hostileName: Name {
    let bytes = Array(hostile.utf8)
    guard let name = Name(labels: [Array(bytes.prefix(60)), Array(bytes.dropFirst(60).prefix(63))]) else {
      preconditionFailure("the hostile text does not fit two labels")
    }
    return name
  }
}
