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
  private var nameList = ShortList<Name>(), serverList = ShortList<IPAddress>(),
    clientList = ShortList<IPAddress>()

  /// Names and addresses listed: more of them fill a report and tell a reader nothing new.
  static let listLimit = 100

  /// Who sent the first ones of the packets, and about which names.
  var names: [Name] { nameList.elements }
  var servers: [IPAddress] { serverList.elements }
  var clients: [IPAddress] { clientList.elements }

  /// Adds a response.
  mutating func add(_ response: JudgedResponse) {
    add(
      JudgedPacket(
        kind: response.kind, file: response.file, frame: response.frame, time: response.time,
        client: response.client))
    if let name = response.question?.name { nameList.insert(name) }
    serverList.insert(response.server)
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
    clientList.insert(packet.client)
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
  private var index: [Key: Int] = [:], ofKind = KindLinks()
  /// Responses that belong to findings beyond the limit.
  private(set) var leftOut = 0

  /// The most findings of one rule. A report of more is read by programs, and those can read the responses.
  static var limit: Int { 10_000 }

  /// Adds a packet to the drafts that its kind of response went to.
  mutating func addAgain(_ packet: JudgedPacket) {
    var link = ofKind.first(packet.kind)
    while let (entry, next) = ofKind[link] {
      entries[entry].draft.add(packet)
      link = next
    }
  }

  /// Forgets which kinds were seen: their numbers begin anew.
  mutating func forgetKinds() { ofKind = KindLinks() }

  /// Adds a response to the draft of a key, and remembers its kind.
  /// - Returns: whether it is the first one in a draft.
  @discardableResult
  mutating func add(_ response: JudgedResponse, to key: Key) -> Bool {
    if let known = index[key] {
      ofKind.add(known, to: response.kind)
      entries[known].draft.add(response)
      return false
    }
    guard entries.count < Self.limit else {
      leftOut += 1
      return false
    }
    index[key] = entries.count
    ofKind.add(entries.count, to: response.kind)
    var draft = FindingDraft()
    draft.add(response)
    entries.append((key, draft))
    return true
  }
}

/// Which drafts each kind of response went to: chains of links in one array, because there is a kind for every distinct
/// response and most went to one draft or none.
private struct KindLinks: Sendable {
  /// For every kind the place of its first link, one more; 0 for none.
  private var heads: [UInt32] = []
  private var links: [(entry: UInt32, next: UInt32)] = []

  /// The first link of a kind.
  func first(_ kind: Int) -> UInt32 { kind < heads.count ? heads[kind] : 0 }

  /// The draft of a link, and the link after it; nil behind the last.
  subscript(link: UInt32) -> (entry: Int, next: UInt32)? {
    guard link > 0 else { return nil }
    let (entry, next) = links[Int(link) - 1]
    return (Int(entry), next)
  }

  /// Adds a draft to those of a kind, once.
  mutating func add(_ entry: Int, to kind: Int) {
    var last: UInt32 = 0, link = first(kind)
    while let (known, next) = self[link] {
      if known == entry { return }
      (last, link) = (link, next)
    }
    links.append((UInt32(truncatingIfNeeded: entry), 0))
    let new = UInt32(truncatingIfNeeded: links.count)
    if last > 0 { return links[Int(last) - 1].next = new }
    if kind >= heads.count { heads += repeatElement(0, count: kind + 1 - heads.count) }
    heads[kind] = new
  }
}

/// `1 answer`, `2 answers`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// A sentence with its first letter in upper case, as far as that letter is ASCII.
func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
