import Bytes
import DNSSEC
import DNSWire
import Packets

/// D12: what a resolver claims with AD, its absence or SERVFAIL against what the capture proves; one finding for each
/// resolver and kind.
///
/// Indeterminate answers never count: nobody knows whether the claim is true. Nor do servers without RA, since
/// authorities set no AD (RFC 4035 §3.1.6), nor answers to queries that did not ask for a word (RFC 6840 §5.7).
struct ADLiesRule: FindingRule {
  /// The resolver and what it claims.
  private struct Key: Hashable, Sendable {
    let resolver: IPAddress, claim: FalseClaim
  }

  /// A zone whose bogus data somebody was sent.
  private struct Heard: Hashable, Sendable {
    let zone: Name, client: IPAddress
  }

  /// Answers told of in full for one finding, and bogus zones remembered for all clients.
  private static let exampleLimit = 8, heardLimit = 100_000

  private var drafts = DraftTable<Key>(), examples: [Key: [String]] = [:]
  /// Claims of which some are not explained by a clock, and some are contradicted by proven data.
  private var beyondClocks: Set<Key> = [], contradicted: Set<Key> = []
  /// Resolvers that set AD on what is secure.
  private var validating: Set<IPAddress> = []
  private var heard: Set<Heard> = [], bogusZones: [Int: Name] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    guard response.isIntact else { return false }
    let isBogus = response.judgement.verdict.security == .bogus
    if isBogus {
      bogusZones[response.kind] = response.judgement.zone
      hear(response.judgement.zone, response.client)
    }
    if response.flags.ra, response.flags.ad, response.judgement.verdict.security == .secure {
      validating.insert(response.server)
    }
    guard let claim = FalseClaim.of(response), claim != .failedOnSecure || !hasReason(response) else {
      return isBogus
    }
    let key = Key(resolver: response.server, claim: claim)
    drafts.add(response, to: key)
    let ede = response.judgement.verdict.ede.flatMap { ExtendedErrorCode(rawValue: $0) }
    if ede != .signatureExpired, ede != .signatureNotYetValid { beyondClocks.insert(key) }
    if response.contradiction != nil { contradicted.insert(key) }
    if examples[key, default: []].count < ADLiesRule.exampleLimit {
      examples[key, default: []].append(example(response))
    }
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) {
    if let zone = bogusZones[packet.kind] { hear(zone, packet.client) }
    drafts.addAgain(packet)
  }

  mutating func endPart() {
    drafts.forgetKinds()
    bogusZones = [:]
  }

  /// Remembers that somebody was sent bogus data of a zone.
  private mutating func hear(_ zone: Name, _ client: IPAddress) {
    if heard.count < ADLiesRule.heardLimit { heard.insert(Heard(zone: zone, client: client)) }
  }

  /// Whether a resolver was sent bogus data of a zone that the question lies in: then it fails rightly.
  private func hasReason(_ response: JudgedResponse) -> Bool {
    var zone = response.question?.name
    while let name = zone {
      if heard.contains(Heard(zone: name, client: response.server)) { return true }
      zone = name.parent
    }
    return false
  }

  /// One answer for people.
  private func example(_ response: JudgedResponse) -> String {
    let question = response.question.map { "\($0.name) \($0.type.mnemonic)" } ?? "no question"
    let proof = response.secureFrame.map { "secure in frame \($0)" } ?? response.judgement.verdict.reason
    return "\(question) in frame \(response.frame): \(proof)"
  }

  func findings() -> [Finding] { drafts.entries.map { key, draft in finding(key, draft) } }

  /// The finding on one claim of one resolver.
  private func finding(_ key: Key, _ draft: FindingDraft) -> Finding {
    let setsAD = validating.contains(key.resolver)
    let (severity, confidence) = key.claim.weight(
      isContradicted: contradicted.contains(key), isClock: !beyondClocks.contains(key), setsAD: setsAD)
    return draft.finding(
      .adLies, severity, confidence,
      "\(key.resolver) \(key.claim.sentence(setsAD: setsAD)) in \(counted(draft.count, "answer"))",
      evidence: [
        ("kind", .text(key.claim.rawValue)), ("resolver", .text(key.resolver.description)),
        ("sets_ad_on_secure", .flag(setsAD)), ("examples", .texts(examples[key] ?? [])),
      ],
      benign: key.claim.benign, references: ["RFC 6840 §5.7", "RFC 6840 §5.8", "RFC 4035 §3.2.3"])
  }
}
