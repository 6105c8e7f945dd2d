import Bytes
import DNSSEC
import DNSWire
import Findings

extension Sample {
  /// A spoofed answer, an expired one, and a zone without signatures.
  static var findings: [Finding] { [conflict, expired, unsigned] }

  /// Two answers to one question.
  static var conflict: Finding {
    Finding(
      id: "F1", rule: .conflictingAnswer, severity: .high, confidence: .confirmed,
      summary: "Two answers to www.example.org. A differ; frame 13 is bogus and frame 12 is secure.",
      frames: [12, 13], count: 2, firstFrame: 12, lastFrame: 13, firstTime: time(0, 250_000_001),
      lastTime: time(0, 251_000_000), names: [name("www.example.org.")], servers: [flow.source],
      clients: [flow.destination],
      evidence: [
        ("genuine", .texts(["192.0.2.80"])), ("forged", .texts(["203.0.113.66"])),
        ("forged_frames", .numbers([13])),
        ("ip_ttl_differs", .flag(true)), ("gap_us", .number(999)), ("decided_by", .text("signature")),
      ],
      benignExplanations: ["A server that answers one query twice from a pool of addresses."],
      references: ["RFC 5452", "CVE-2008-1447"])
  }

  /// Expired signatures.
  static var expired: Finding {
    Finding(
      id: "F2", rule: .bogus, severity: .medium, confidence: .high,
      summary: "The signatures of broken.org. expired 19 days before the first packet.", frames: [31],
      count: 1,
      firstFrame: 31, lastFrame: 31, firstTime: time(4), lastTime: time(4), names: [name("a.broken.org.")],
      servers: [flow6.source], clients: [flow6.destination], evidence: [("ede", .number(7))],
      benignExplanations: ["The zone's owner has stopped to sign it."], references: ["RFC 4035 5.3.1"],
      file: 1)
  }

  /// A zone that the clients asked without DO.
  static var unsigned: Finding {
    Finding(
      id: "F3", rule: .unsigned, severity: .info, confidence: .confirmed,
      summary: "Signatures for example.net. were not requested: no query has the DO bit.",
      frames: Array(50..<60), count: 10, firstFrame: 50, lastFrame: 59, firstTime: time(8), lastTime: time(9),
      names: [name("example.net.")], servers: [], clients: [flow.destination],
      evidence: [("kind", .text("not-requested")), ("zone", .text("example.net."))], benignExplanations: [],
      references: [])
  }

  /// A finding whose every string is hostile.
  static var hostileFinding: Finding {
    var finding = conflict
    finding.id = hostile
    finding.rule = Rule(rawValue: hostile)
    finding.summary = hostile
    finding.names = [hostileName]
    finding.evidence = [(hostile, .text(hostile)), ("texts", .texts([hostile, hostile]))]
    finding.benignExplanations = [hostile]
    finding.references = [hostile]
    return finding
  }

  /// Findings of one rule and severity, `F1` to `F<count>`.
  static func findings(_ count: Int, severity: Severity) -> [Finding] {
    (1...count).map { number in
      var finding = unsigned
      finding.id = "F\(number)"
      finding.severity = severity
      return finding
    }
  }
}
