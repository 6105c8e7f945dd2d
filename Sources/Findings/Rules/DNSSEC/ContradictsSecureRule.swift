import Bytes
import DNSSEC
import DNSWire
import Packets

/// Answers without proof whose data are others than those that the capture proves for the same name and type at the same
/// time; one finding for each name and type, and for servers with a usual reason one each.
struct ContradictsSecureRule: FindingRule {
  /// What findings are told apart by.
  private enum Key: Hashable, Sendable {
    case name(Name, RecordType)
    case server(IPAddress, Contradiction.Cause)
  }

  /// What is known of one finding: the first contradiction, and what speaks for honest variation.
  private struct Case: Sendable {
    let first: Contradiction
    var varies: Bool, subnetsDiffer: Bool, claimsAD: Bool, shown: [String]
  }

  /// Different data that are told of in one finding.
  private static let dataLimit = 16

  private var drafts = DraftTable<Key>(), cases: [Key: Case] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    // Of two answers in one transaction another rule tells.
    guard let contradiction = response.contradiction, response.isIntact, response.conflict == nil else {
      return false
    }
    let key =
      contradiction.cause.map { Key.server(response.server, $0) }
      ?? .name(contradiction.name, contradiction.type)
    drafts.add(response, to: key)
    var known =
      cases.removeValue(forKey: key)
      ?? Case(first: contradiction, varies: false, subnetsDiffer: false, claimsAD: false, shown: [])
    known.varies = known.varies || contradiction.varies
    known.subnetsDiffer = known.subnetsDiffer || contradiction.subnetsDiffer
    known.claimsAD = known.claimsAD || response.flags.ad && response.flags.ra
    for text in contradiction.shown where known.shown.count < Self.dataLimit && !known.shown.contains(text) {
      known.shown.append(text)
    }
    cases[key] = known
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] {
    drafts.entries.compactMap { key, draft in cases[key].map { finding(key, draft, $0) } }
  }

  /// The finding: low alone, info where the name was seen to vary or client subnets differ.
  private func finding(_ key: Key, _ draft: FindingDraft, _ known: Case) -> Finding {
    let first = known.first, isHonest = known.varies || known.subnetsDiffer
    var evidence: [(name: String, value: EvidenceValue)] = [
      ("kind", .text(first.cause?.rawValue ?? first.kind.rawValue)),
      ("name", .text("\(first.name) \(first.type.mnemonic)")), ("answered", .texts(known.shown)),
      ("proven", .texts(first.proven)), ("proven_frame", .number(first.frame)),
    ]
    if let file = first.file { evidence.append(("proven_file", .number(file))) }
    evidence += [
      ("name_varies", .flag(known.varies)), ("client_subnets_differ", .flag(known.subnetsDiffer)),
      ("claimed_ad", .flag(known.claimsAD)),
    ]
    return draft.finding(
      .contradictsSecure, isHonest ? .info : .low, isHonest ? .low : .medium,
      sentence(key, draft, first), evidence: evidence, benign: benign(first, known),
      references: ["RFC 4035 §4.3", "RFC 8198"])
  }

  /// What stands against what.
  private func sentence(_ key: Key, _ draft: FindingDraft, _ first: Contradiction) -> String {
    let count = counted(draft.count, "answer"), verb = draft.count == 1 ? "differs" : "differ"
    if case .server(let server, let cause) = key {
      let look = cause == .dns64 ? "look made by DNS64" : "look filtered"
      return
        "\(count) without proof from \(server) \(look), and \(verb) from what frame \(first.frame) proves"
    }
    let name = "\(first.name) \(first.type.mnemonic)"
    return switch first.kind {
    case .otherData:
      "\(count) without proof for \(name) \(verb) from the data that frame \(first.frame) proves"
    case .denied: "\(count) without proof: \(name) is denied, and frame \(first.frame) proves that it exists"
    case .invented:
      "\(count) without proof: \(name) is given, and frame \(first.frame) proves that there is none"
    }
  }

  /// Honest explanations, the likeliest first.
  private func benign(_ first: Contradiction, _ known: Case) -> [String] {
    var explanations: [String] = []
    if first.cause == .dns64 {
      explanations.append("a DNS64 resolver makes addresses for hosts that have IPv4 only")
    }
    if first.cause == .filtered {
      explanations.append("a filter or response policy zone answers in the zone's place")
    }
    if known.varies { explanations.append("the name has several proven data in this capture: it varies") }
    if known.subnetsDiffer { explanations.append("the answers are for different client subnets") }
    return explanations + [
      "the zone changed, and one of the answers is from a cache or a secondary that lags",
      "a content network answers by place and time",
      "the resolver has a view of its own: split horizon or local data",
    ]
  }
}
