import Bytes
import DNSWire
import Packets

/// What a rule says of a part of a run: what it accuses, of what, and how sure it is on its own.
///
/// Charges about the same deceived host, zone and time become one incident, and each charge a finding in it.
package struct Charge: Sendable {
  /// What a charge does.
  package enum Standing: Sendable {
    /// It says that packets are forged.
    case accuses
    /// It adds a family of evidence to charges against the same packets, and is of low severity alone.
    case supports
    /// It says how easy an attack would be, or tells facts. It joins no incident.
    case stands
    /// It tells what came of forged packets: it follows an incident and never makes one.
    case follows
  }

  /// The rule, its family of evidence and what it does.
  package var rule: Rule, family: EvidenceFamily, standing: Standing
  /// Severity and confidence on its own.
  package var severity: Severity, confidence: Confidence
  /// One sentence, without a full stop.
  package var summary: String
  /// The kind of incident that it speaks for.
  package var kind: IncidentKind?
  /// Responses that it accuses, and those that it holds for genuine: their numbers, in frame order.
  package var records: [Int] = [], genuine: [Int] = []
  /// What is false in the responses, where the rest of them is true; empty where all of it may be false.
  package var lies: Set<RRsetID> = []
  /// Packets that it accuses and that are no kept responses: fragments, guesses of a flood, ICMP errors.
  package var packets: [PacketID] = []
  /// How many packets it accuses, when these are more than are listed.
  package var count: Int?
  /// The host that was to be deceived; who seems to have sent the forged packets.
  package var host: IPAddress?, servers: [IPAddress] = []
  /// Names asked, and the zone.
  package var names: [Name] = [], zone: Name?
  /// First and last packet's time, where no response tells them.
  package var firstTime: Timestamp?, lastTime: Timestamp?
  /// Whether an answer is bogus whose rival, or whose RRset elsewhere, is secure; whether guesses hit.
  package var isProven = false, hasHit = false
  /// Further families that it rests on, each with a sentence that names the frames.
  package var arithmetic: [(family: EvidenceFamily, text: String)] = []
  /// Whether nothing but the order of arrival tells which side of it is false.
  package var isUndecided = false
  /// Whether its contradiction has a shape that honest servers were seen to produce.
  package var isHonestShape = false
  /// Facts, honest explanations, references.
  package var facts: [(name: String, value: EvidenceValue)] = [], benign: [String] = [],
    references: [String] = []

  /// A charge with its sentence; the rest is set afterwards.
  package init(
    _ rule: Rule, _ family: EvidenceFamily, _ standing: Standing, _ severity: Severity,
    _ confidence: Confidence,
    _ summary: String
  ) {
    (self.rule, self.family, self.standing) = (rule, family, standing)
    (self.severity, self.confidence, self.summary) = (severity, confidence, summary)
  }
}

extension Charge {
  /// Charges of one rule in a part of a run: as many as there are incidents, and more than anybody reads.
  static let limit = IncidentBuilder.limit

  /// Charges about the gravest of some items, in their order. The last one tells how many were left out.
  static func gravest<Item>(_ items: [Item], weight: (Item) -> UInt8, charge: (Item) -> Charge) -> [Charge] {
    guard items.count > limit else { return items.map(charge) }
    let weights = items.map(weight)
    let places = items.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }.prefix(limit).sorted()
    var charges = places.map { charge(items[$0]) }
    charges[limit - 1].facts.append(("charges_left_out", .number(items.count - limit)))
    return charges
  }
}

/// The kinds of incidents.
package enum IncidentKind: String, Sendable, CaseIterable {
  case race
  case onPathInjection = "on-path-injection"
  case kaminsky
  case fragmentInjection = "fragment-injection"
  case replay
  case clientSideSpoof = "client-side-spoof"
  case outOfBailiwickTakeover = "out-of-bailiwick-takeover"
  case interception
  case downgrade
  /// Answers that nobody asked for, and that fit no question that was open.
  case unsolicited
}

/// A rule of the catalogue that looks at a whole part of a run.
protocol CaseRule {
  /// What it charges.
  static func charges(_ investigation: Investigation) -> [Charge]
}
