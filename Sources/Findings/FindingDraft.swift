import Bytes
import DNSWire
import Packets

/// Gathers the packets of one finding within bounds.
struct FindingDraft: Sendable {
  private(set) var frames: [Int] = [], count = 0
  /// The input of each frame, where there are several.
  private var files: [Int] = []
  private(set) var firstFrame = 0, lastFrame = 0, firstTime = Timestamp(nanoseconds: 0),
    lastTime = Timestamp(nanoseconds: 0)
  private(set) var names: [Name] = [], servers: [IPAddress] = [], clients: [IPAddress] = []
  private var knownNames: Set<Name> = [], knownServers: Set<IPAddress> = [], knownClients: Set<IPAddress> = []

  /// Names and addresses listed: more of them fill a report and tell a reader nothing new.
  static let listLimit = 100

  /// Adds a response.
  mutating func add(_ response: JudgedResponse) {
    add(
      JudgedPacket(
        kind: response.kind, file: response.file, frame: response.frame, time: response.time,
        client: response.client))
    if let name = response.question?.name, names.count < FindingDraft.listLimit,
      knownNames.insert(name).inserted
    {
      names.append(name)
    }
    if servers.count < FindingDraft.listLimit, knownServers.insert(response.server).inserted {
      servers.append(response.server)
    }
  }

  /// Adds a packet of which name and server are known.
  mutating func add(_ packet: JudgedPacket) {
    if count == 0 { (firstFrame, firstTime) = (packet.frame, packet.time) }
    (lastFrame, lastTime) = (packet.frame, packet.time)
    count += 1
    if frames.count < Finding.frameLimit {
      frames.append(packet.frame)
      if let file = packet.file { files.append(file) }
    }
    guard clients.last != packet.client, clients.count < FindingDraft.listLimit else { return }
    if knownClients.insert(packet.client).inserted { clients.append(packet.client) }
  }

  /// The finding of these packets.
  func finding(
    _ rule: Rule, _ severity: Severity, _ confidence: Confidence, _ summary: String,
    evidence: [(name: String, value: EvidenceValue)], benign: [String], references: [String]
  ) -> Finding {
    var finding = Finding(
      id: "", rule: rule, severity: severity, confidence: confidence, summary: summary, frames: frames,
      count: count,
      firstFrame: firstFrame, lastFrame: lastFrame, firstTime: firstTime, lastTime: lastTime, names: names,
      servers: servers, clients: clients, evidence: evidence, benignExplanations: benign,
      references: references)
    if Set(files).count > 1 { finding.files = files } else { finding.file = files.first }
    return finding
  }
}

/// Drafts by key, in order of first sight, within a bound.
struct DraftTable<Key: Hashable & Sendable>: Sendable {
  private(set) var entries: [(key: Key, draft: FindingDraft)] = []
  private var index: [Key: Int] = [:], ofKind: [Int: [Int]] = [:]
  /// Responses that belong to findings beyond the limit.
  private(set) var leftOut = 0

  /// The most findings of one rule. A report of more is read by programs, and those can read the responses.
  static var limit: Int { 10_000 }

  /// Adds a packet to the drafts that its kind of response went to.
  mutating func addAgain(_ packet: JudgedPacket) {
    for known in ofKind[packet.kind] ?? [] { entries[known].draft.add(packet) }
  }

  /// Forgets which kinds were seen: their numbers begin anew.
  mutating func forgetKinds() { ofKind = [:] }

  /// Adds a response to the draft of a key, and remembers its kind.
  mutating func add(_ response: JudgedResponse, to key: Key) {
    if let known = index[key] {
      remember(response.kind, known)
      entries[known].draft.add(response)
    } else if entries.count < Self.limit {
      index[key] = entries.count
      remember(response.kind, entries.count)
      var draft = FindingDraft()
      draft.add(response)
      entries.append((key, draft))
    } else {
      leftOut += 1
    }
  }

  /// Notes that a kind of response went to a draft.
  private mutating func remember(_ kind: Int, _ entry: Int) {
    if ofKind[kind]?.contains(entry) != true { ofKind[kind, default: []].append(entry) }
  }
}

/// `1 answer`, `2 answers`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// A sentence with its first letter in upper case, as far as that letter is ASCII.
func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
