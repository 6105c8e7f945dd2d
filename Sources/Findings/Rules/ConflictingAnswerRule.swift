import Bytes
import DNSSEC
import DNSWire
import Packets

/// R1 and R11: responses to one question whose data differ, more of them than were asked for.
struct ConflictingAnswerRule: FindingRule {
  /// Conflicts of one question between two hosts are one finding.
  private struct Key: Hashable, Sendable {
    let question: CanonicalQuestion?, server: IPAddress, client: IPAddress
  }

  /// One side of a conflict: responses with the same data.
  private struct Side: Sendable {
    let content: UInt32, rcode: ResponseCode, data: [String]
    var frames: [Int], worst: SecurityStatus, best: SecurityStatus
  }

  private var drafts = DraftTable<Key>(), sides: [Key: [Side]] = [:]

  /// The most different answers of one conflict that are described; a flood of forgeries does not repeat itself.
  private static let sideLimit = 64

  mutating func receive(_ response: JudgedResponse) -> Bool {
    guard response.conflict != nil, response.isIntact else { return false }
    let key = Key(question: response.question, server: response.server, client: response.client)
    drafts.add(response, to: key)
    var known = sides.removeValue(forKey: key) ?? []
    ConflictingAnswerRule.add(response, to: &known)
    sides[key] = known
    return false
  }

  mutating func receiveAgain(_ packet: JudgedPacket) {}

  /// Puts a response on the side that has its data.
  private static func add(_ response: JudgedResponse, to sides: inout [Side]) {
    let word = response.judgement.verdict.security
    if let at = sides.firstIndex(where: { $0.content == response.content }) {
      (sides[at].worst, sides[at].best) = (max(sides[at].worst, word), min(sides[at].best, word))
      if sides[at].frames.count < Finding.frameLimit { sides[at].frames.append(response.frame) }
    } else if sides.count < sideLimit {
      sides.append(
        Side(
          content: response.content, rcode: response.rcode, data: response.data, frames: [response.frame],
          worst: word, best: word))
    }
  }

  func findings() -> [Finding] {
    drafts.entries.compactMap { key, draft in
      let sides = sides[key] ?? []
      return sides.count > 1 ? finding(key, draft, sides) : nil
    }
  }

  /// The finding on one conflict.
  private func finding(_ key: Key, _ draft: FindingDraft, _ sides: [Side]) -> Finding {
    let genuine = sides.filter { $0.best == .secure }, false_ = forged(sides)
    let (severity, confidence) = weigh(sides, genuine: genuine, forged: false_)
    let name = key.question.map { "\($0.name) \($0.type.mnemonic)" } ?? "no question"
    var evidence: [(name: String, value: EvidenceValue)] = [
      (
        "families",
        .texts(
          genuine.isEmpty && false_.isEmpty
            ? ["C: contents contradict each other"]
            : ["C: contents contradict each other", "K: DNSSEC decides between them"])
      ),
      ("forged_frames", .numbers(false_.flatMap(\.frames).sorted())),
      ("genuine_frames", .numbers(genuine.flatMap(\.frames).sorted())),
    ]
    for (number, side) in sides.enumerated() {
      let word = side.worst == side.best ? side.worst.word : "\(side.best.word) to \(side.worst.word)"
      let text =
        "\(side.rcode.mnemonic) \(side.data.isEmpty ? "no data" : side.data.joined(separator: ", ")) [\(word)]"
      evidence.append(("answer_\(number + 1)", .text(text)))
    }
    return draft.finding(
      .conflictingAnswer, severity, confidence,
      "\(sides.count) different answers to \(name) from \(key.server) to \(key.client); \(decision(genuine, false_))",
      evidence: evidence, benign: benign(sides), references: ["Hold-On 2012", "RFC 5452"])
  }

  /// The sides that DNSSEC shows to be false: bogus ones, and all that differ from a secure one.
  private func forged(_ sides: [Side]) -> [Side] {
    let hasSecure = sides.contains { $0.best == .secure }
    return sides.filter { $0.best != .secure && (hasSecure || $0.worst == .bogus) }
  }

  /// Severity and confidence: content alone is medium, the word on one side is high, on both confirmed.
  private func weigh(_ sides: [Side], genuine: [Side], forged: [Side]) -> (Severity, Confidence) {
    if !genuine.isEmpty, forged.contains(where: { $0.worst == .bogus }) { return (.high, .confirmed) }
    if !genuine.isEmpty || !forged.isEmpty { return (.high, .high) }
    return benign(sides).isEmpty ? (.medium, .medium) : (.low, .low)
  }

  /// Which side is false, as far as it is known.
  private func decision(_ genuine: [Side], _ forged: [Side]) -> String {
    let list = { (sides: [Side]) in
      sides.flatMap(\.frames).sorted().prefix(10).map { String($0) }.joined(separator: ", ")
    }
    if !genuine.isEmpty, !forged.isEmpty {
      return "DNSSEC proves the answer in frame \(list(genuine)), so that in frame \(list(forged)) is false"
    }
    if !forged.isEmpty { return "the answer in frame \(list(forged)) is bogus, and nothing proves the other" }
    return "DNSSEC proves neither"
  }

  /// Shapes that honest servers were seen to produce (ICSI and UC Berkeley, in Hold-On 2012).
  private func benign(_ sides: [Side]) -> [String] {
    let failures = sides.filter { $0.rcode == .servFail || $0.rcode == .refused }
    if !failures.isEmpty, sides.count - failures.count <= 1 {
      return ["an overloaded or failing server answered with an error beside the answer"]
    }
    if sides.allSatisfy({ !$0.data.isEmpty }), sameNetwork(sides.flatMap(\.data)) {
      return ["a pool of addresses in one network answers in turn"]
    }
    return []
  }

  /// Whether all data are IPv4 addresses of one /24.
  private func sameNetwork(_ data: [String]) -> Bool {
    let networks = data.map { text -> Substring? in
      let parts = text.split(separator: " ")
      guard parts.count == 3, parts[1] == "A", let dot = parts[2].lastIndex(of: ".") else { return nil }
      return parts[2][..<dot]
    }
    return networks.first.map { first in first != nil && networks.allSatisfy { $0 == first } } ?? false
  }
}
