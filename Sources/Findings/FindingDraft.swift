import Bytes
import DNSWire
import Packets

/// Gathers the packets of one finding within bounds.
struct FindingDraft: Sendable {
  /// What every packet touches, and what few do.
  private var pulse = DraftPulse(), content = DraftContent()

  /// Names and addresses listed: more of them fill a report and tell a reader nothing new.
  static let listLimit = 100

  /// Nothing gathered yet.
  init() {}

  /// From the parts, which are kept apart where there are many.
  init(_ pulse: DraftPulse, _ content: DraftContent) {
    (self.pulse, self.content) = (pulse, content)
  }

  /// Packets, and the first and last of them.
  var count: Int { pulse.count }
  var firstFrame: Int { content.firstFrame }
  var firstTime: Timestamp { content.firstTime }
  var lastFrame: Int { pulse.lastFrame }
  var lastTime: Timestamp { pulse.lastTime }
  /// The first frames.
  var frames: [Int] { content.frameNumbers.map { Int($0) } }
  /// Who sent the first ones of the packets, to whom, and about which names.
  var names: [Name] { content.names.elements }
  var servers: [IPAddress] { content.servers.elements }
  var clients: [IPAddress] { content.clients.elements }

  /// Adds a response.
  mutating func add(_ response: JudgedResponse) {
    add(JudgedPacket(response))
    content.note(response)
  }

  /// Adds a packet of which name and server are known.
  mutating func add(_ packet: JudgedPacket) {
    let news = pulse.add(packet)
    if !news.isEmpty { content.add(packet, news) }
  }

  /// A part of the run has ended: the numbers of clients begin anew.
  mutating func forgetNumbers() { pulse.forgetNumbers() }

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
    let files = content.files
    if Set(files).count > 1 { finding.files = files } else { finding.file = files.first }
    return finding
  }
}

/// What every packet of a draft touches: one cache line.
struct DraftPulse: Sendable {
  /// Clients that were met last, by their numbers in this part of the run: these are listed already.
  private var recentClients = SIMD8<UInt32>(repeating: JudgedPacket.noNumber)
  private(set) var lastTime = Timestamp(nanoseconds: 0), lastFrame = 0, count = 0

  /// What else there is to note of a packet.
  struct News: OptionSet {
    let rawValue: UInt8

    /// It is the first one, one of the first ones, or its client was not met lately.
    static let isFirst = News(rawValue: 1), isEarly = News(rawValue: 2), hasClient = News(rawValue: 4)
  }

  /// Adds a packet.
  @inline(__always)
  mutating func add(_ packet: JudgedPacket) -> News {
    let isKnown = any(recentClients .== packet.clientNumber) && packet.clientNumber != JudgedPacket.noNumber
    let isEarly = count < Finding.frameLimit
    (lastFrame, lastTime) = (packet.frame, packet.time)
    if !isKnown { recentClients[count & 7] = packet.clientNumber }
    count += 1
    if isKnown && !isEarly { return [] }
    return News(rawValue: (count == 1 ? 1 : 0) | (isEarly ? 2 : 0) | (isKnown ? 0 : 4))
  }

  /// A part of the run has ended: the numbers of clients begin anew.
  mutating func forgetNumbers() { recentClients = SIMD8(repeating: JudgedPacket.noNumber) }
}

/// What the first packets of a draft are, and whom it is about.
struct DraftContent: Sendable {
  /// The first frames, in the 32 bits that records have for a frame.
  private(set) var frameNumbers: [UInt32] = []
  /// The input of each frame, where there are several.
  private(set) var files: [Int] = []
  private(set) var firstFrame = 0, firstTime = Timestamp(nanoseconds: 0)
  private(set) var names = ShortList<Name>(), servers = ShortList<IPAddress>(),
    clients = ShortList<IPAddress>()

  /// Notes whom a response is about.
  mutating func note(_ response: JudgedResponse) {
    if let name = response.question?.name { names.insert(name) }
    servers.insert(response.server)
  }

  /// Notes what is new about a packet.
  mutating func add(_ packet: JudgedPacket, _ news: DraftPulse.News) {
    if news.contains(.isFirst) { (firstFrame, firstTime) = (packet.frame, packet.time) }
    if news.contains(.isEarly) {
      frameNumbers.append(UInt32(clamping: packet.frame))
      if let file = packet.file { files.append(file) }
    }
    if news.contains(.hasClient) { clients.insert(packet.client) }
  }
}

/// `1 answer`, `2 answers`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// A sentence with its first letter in upper case, as far as that letter is ASCII.
func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
