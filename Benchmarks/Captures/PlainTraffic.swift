import DNSWire
import TestSupport

/// The traffic of clients with their resolver: recursion, no DNSSEC, the same names again and again.
struct PlainTraffic {
  private var random = SeededRandom(seed: 0x706c_6169_6e00)
  private static let hosts = ["www", "api", "cdn", "img", "mail", "static"]
  private static let suffixes = ["com", "net", "org", "de", "nl", "io", "uk"]

  /// Distinct questions in a conversation of so many turns: a resolver's clients repeat each some ten to thirty times.
  private static func questions(_ turns: Int) -> Int { min(30_000, max(100, turns / 12)) }

  /// So many turns.
  static func conversation(turns: Int) throws -> Conversation {
    var traffic = PlainTraffic()
    let exchanges = try (0..<questions(turns)).map { _ in try traffic.exchange() }
    let popularity = Popularity(exchanges.count)
    let root = try ZoneTree(root: SignedZone.Signing(13), TrafficWriter.period, seed: 1)
    return Conversation(
      exchanges: exchanges, turns: (0..<turns).map { _ in popularity.draw(&traffic.random) },
      anchors: root.anchorLine, seed: 0x706c_6169_6e01, rate: 8_000, clients: 400, share6: 20,
      hasResolver: true)
  }

  /// A question of any kind with its answer.
  private mutating func exchange() throws -> Exchange {
    let roll = random.next() % 100
    let apex = domainName("\(Words.word(&random)).\(pick(PlainTraffic.suffixes)).")
    let host = random.next() % 10 < 7 ? apex.child(Array(pick(PlainTraffic.hosts).utf8)) ?? apex : apex
    let type: RecordType = roll < 58 ? .a : roll < 84 ? .aaaa : roll < 95 ? .https : .txt
    var answer = ZoneAnswer(kind: .positive)
    let negative = random.next() % 100
    if negative < 20 || type == .https {
      if negative < 8 { answer.rcode = .nxDomain }
      answer.authority = [
        AnsweredRRset(rrset: ZoneRRset(apex, .soa, ttl: ttl(), [ZoneRData.soa(apex, serial: 1)]))
      ]
    } else {
      try answerPositively(host, type, &answer)
    }
    return try ExchangeWriter.exchange(
      host, type, answer, server: 0, .recursive(edns: random.next() % 10 < 6))
  }

  /// Adds aliases now and then, and one record or a few.
  private mutating func answerPositively(_ host: Name, _ type: RecordType, _ answer: inout ZoneAnswer) throws
  {
    var owner = host
    if random.next() % 10 < 4 {
      for _ in 0...(random.next() % 2) {
        let target = domainName("e\(random.next() % 9_999).edge.cdn.net.")
        answer.answer.append(AnsweredRRset(rrset: ZoneRRset(owner, .cname, ttl: ttl(), [target.wire])))
        owner = target
      }
    }
    let count = [1, 1, 1, 2, 4][Int(random.next() % 5)]
    let records = (0..<count).map { _ in
      switch type {
      case .a: random.bytes(4)
      case .aaaa: [0x20, 0x01, 0x0d, 0xb8] + random.bytes(12)
      default: ZoneRData.txt("v=spf1 include:_spf.\(random.next() % 1_000).example.net ~all")
      }
    }
    answer.answer.append(AnsweredRRset(rrset: ZoneRRset(owner, type, ttl: ttl(), records)))
  }

  /// A TTL of up to an hour.
  private mutating func ttl() -> UInt32 { 1 + UInt32(random.next() % 3_600) }

  /// One of some words.
  private mutating func pick(_ words: [String]) -> String { words[Int(random.next() % UInt64(words.count))] }
}

/// Makes words that look like the names of sites.
enum Words {
  private static let syllables = [
    "al", "ber", "co", "da", "el", "fi", "gra", "ho", "in", "jo", "ka", "lu", "mo", "net", "or", "pa", "ri",
    "sol",
    "ta", "un", "ver", "wi", "xo", "zen",
  ]

  /// Two to four syllables and a number, so that hardly two are alike.
  static func word(_ random: inout SeededRandom) -> String {
    let count = 2 + random.next() % 3
    return (0..<count).map { _ in syllables[Int(random.next() % UInt64(syllables.count))] }.joined()
      + String(random.next() % 1_000)
  }
}
