import Bytes
import DNSWire
import Packets

/// Gathers the packets of one finding within bounds. What every packet touches lies together in front.
struct FindingDraft: Sendable {
  /// Clients that were met last, by their numbers in this part of the run: these are listed already.
  private var recentClients = SIMD8<UInt32>(repeating: JudgedPacket.noNumber)
  private(set) var lastTime = Timestamp(nanoseconds: 0), lastFrame = 0, count = 0
  /// The first frames, in the 32 bits that records have for a frame.
  private var frameNumbers: [UInt32] = []
  /// The input of each frame, where there are several.
  private var files: [Int] = []
  private(set) var firstFrame = 0, firstTime = Timestamp(nanoseconds: 0)
  private var nameList = ShortList<Name>(), serverList = ShortList<IPAddress>(),
    clientList = ShortList<IPAddress>()

  /// Names and addresses listed: more of them fill a report and tell a reader nothing new.
  static let listLimit = 100

  /// The first frames.
  var frames: [Int] { frameNumbers.map { Int($0) } }
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
  @inline(__always)
  mutating func add(_ packet: JudgedPacket) {
    if count == 0 { (firstFrame, firstTime) = (packet.frame, packet.time) }
    if count < Finding.frameLimit {
      frameNumbers.append(UInt32(clamping: packet.frame))
      if let file = packet.file { files.append(file) }
    }
    (lastFrame, lastTime) = (packet.frame, packet.time)
    let isKnown = any(recentClients .== packet.clientNumber) && packet.clientNumber != JudgedPacket.noNumber
    if !isKnown { add(client: packet.client, packet.clientNumber) }
    count += 1
  }

  /// Adds a client that was not met lately.
  private mutating func add(client: IPAddress, _ number: UInt32) {
    clientList.insert(client)
    recentClients[count & 7] = number
  }

  /// A part of the run has ended: the numbers of clients begin anew.
  mutating func forgetNumbers() { recentClients = SIMD8(repeating: JudgedPacket.noNumber) }

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
  private var keys: [Key] = [], drafts: [FindingDraft] = []
  private var index: [Key: Int] = [:], ofKind = KindLinks()
  /// Responses that belong to findings beyond the limit.
  private(set) var leftOut = 0

  /// The drafts with their keys.
  var entries: [(key: Key, draft: FindingDraft)] { zip(keys, drafts).map { ($0, $1) } }

  /// The most findings of one rule. A report of more is read by programs, and those can read the responses.
  static var limit: Int { 10_000 }

  /// Adds a packet to the drafts that its kind of response went to.
  mutating func addAgain(_ packet: JudgedPacket) {
    var link = ofKind.first(packet.kind)
    while let (entry, next) = ofKind[link] {
      drafts[entry].add(packet)
      link = next
    }
  }

  /// Forgets which kinds were seen, and who: their numbers begin anew.
  mutating func forgetKinds() {
    ofKind = KindLinks()
    for index in drafts.indices { drafts[index].forgetNumbers() }
  }

  /// Adds a response to the draft of a key, and remembers its kind.
  /// - Returns: whether it is the first one in a draft.
  @discardableResult
  mutating func add(_ response: JudgedResponse, to key: Key) -> Bool {
    if let known = index[key] {
      ofKind.add(known, to: response.kind)
      drafts[known].add(response)
      return false
    }
    guard drafts.count < Self.limit else {
      leftOut += 1
      return false
    }
    index[key] = drafts.count
    ofKind.add(drafts.count, to: response.kind)
    var draft = FindingDraft()
    draft.add(response)
    keys.append(key)
    drafts.append(draft)
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
