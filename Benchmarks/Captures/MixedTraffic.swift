import DNSWire
import TestSupport

/// The traffic of a resolver with authoritative servers: answers, referrals and denials, some 46 of a hundred signed.
struct MixedTraffic {
  private let world: World
  private var random = SeededRandom(seed: 0x6d69_7867)
  private var exchanges: [Exchange] = [], turns: [Int] = []
  /// The numbers of the exchanges that were made, and the zones whose chain of trust was asked for.
  private var known: [Question: Int] = [:], visited: Set<Int> = []

  /// What tells exchanges apart.
  private struct Question: Hashable {
    let zone: Int, name: Name, type: RecordType
  }

  /// So many turns; zones come up two hundred times each, some more and most less, as long as they are not too many.
  static func conversation(turns count: Int) throws -> Conversation {
    var traffic = MixedTraffic(world: try World(zones: min(4_000, max(40, count / 200))))
    try traffic.visit(0)
    let popularity = (
      signed: Popularity(traffic.world.signed.count), unsigned: Popularity(traffic.world.unsigned.count)
    )
    while traffic.turns.count < count { try traffic.add(popularity.signed, popularity.unsigned) }
    return Conversation(
      exchanges: traffic.exchanges, turns: Array(traffic.turns.prefix(count)),
      anchors: traffic.world.tree.anchorLine, seed: 0x6d69_7868, rate: 4_000, clients: 6, share6: 18)
  }

  /// Nothing said yet.
  private init(world: World) { self.world = world }

  /// Adds a turn of a kind that is drawn. The shares are those of a resolver of a provider, nearly.
  private mutating func add(_ signed: Popularity, _ unsigned: Popularity) throws {
    let roll = random.next() % 1_000
    let isSigned = roll >= 530, zones = isSigned ? world.signed : world.unsigned
    let zone = zones[(isSigned ? signed : unsigned).draw(&random)]
    switch roll {
    case ..<450, 540..<770: try askForData(zone)
    case 450..<530, 770..<830: try askForNothing(zone)
    case 830..<880: try ask(zone, world.tree.zones[zone].below("www"), .txt)
    case 880..<960, 530..<540: try refer(to: zone)
    case 960..<980: try ask(zone, world.tree.zones[zone].apex, .dnskey)
    default:
      let top = Int(random.next() % UInt64(world.tops.count))
      let isRoot = random.next() % 3 == 0, number = isRoot ? 0 : world.tops[top]
      try ask(number, world.tree.zones[number].below("no-such-\(random.next() % 300)"), .a)
    }
  }

  /// Asks for what is there.
  private mutating func askForData(_ zone: Int) throws {
    let apex = world.tree.zones[zone].apex, hosts = ["www", "www", "www", "shop", "mail", "api"]
    let roll = random.next() % 100, host = hosts[Int(random.next() % UInt64(hosts.count))]
    if zone % 8 == 3, roll < 6 {
      return try ask(zone, world.tree.zones[zone].below("w\(random.next() % 20).dyn"), .a)
    }
    let name = random.next() % 4 == 0 ? apex : world.tree.zones[zone].below(host)
    switch roll {
    case ..<54: try ask(zone, name, .a)
    case ..<74: try ask(zone, world.tree.zones[zone].below("www"), .aaaa)
    case ..<84: try ask(zone, apex, .https)
    case ..<90: try ask(zone, apex, .mx)
    case ..<96: try ask(zone, apex, .txt)
    default: try ask(zone, apex, .ns)
    }
  }

  /// Asks for a name that is not there.
  private mutating func askForNothing(_ zone: Int) throws {
    let name = world.tree.zones[zone].below("nx\(random.next() % 12)")
    try ask(zone, name, random.next() % 3 == 0 ? .aaaa : .a)
  }

  /// Asks the server above for a host of the zone.
  private mutating func refer(to zone: Int) throws {
    try visit(zone)
    let name = world.tree.zones[zone].below(random.next() % 2 == 0 ? "www" : "mail")
    try turn(world.above[zone], name, .a)
  }

  /// Asks a zone's server, once the resolver has found its way there.
  private mutating func ask(_ zone: Int, _ name: Name, _ type: RecordType) throws {
    try visit(zone)
    try turn(zone, name, type)
  }

  /// On the first way to a zone: the referral, and the keys.
  private mutating func visit(_ zone: Int) throws {
    guard visited.insert(zone).inserted else { return }
    let apex = world.tree.zones[zone].apex
    if zone != 0 {
      try visit(world.above[zone])
      try turn(world.above[zone], apex, .ns)
    }
    if world.tree.zones[zone].signing != nil { try turn(zone, apex, .dnskey) }
  }

  /// Adds a turn, and makes its exchange at the first time.
  private mutating func turn(_ zone: Int, _ name: Name, _ type: RecordType) throws {
    let question = Question(zone: zone, name: name, type: type)
    if let number = known[question] { return turns.append(number) }
    known[question] = exchanges.count
    turns.append(exchanges.count)
    exchanges.append(try exchange(question))
  }

  /// What a zone's server says: referrals with glue, and in two of three zones the name servers beside the answer.
  private func exchange(_ question: Question) throws -> Exchange {
    let zone = world.tree.zones[question.zone]
    var answer = try zone.answer(question.name, question.type), glue: [AnsweredRRset] = []
    if answer.kind == .positive, question.zone % 3 != 0, ![.ns, .dnskey].contains(question.type),
      let servers = zone.rrset(zone.apex, .ns)
    {
      answer.authority.append(try zone.signed(servers))
      if question.zone % 3 == 1, let address = zone.rrset(zone.below("ns"), .a) {
        glue = [try zone.signed(address)]
      }
    }
    if answer.kind == .referral, let cut = answer.authority.first?.rrset.rdata.first,
      let server = Name(wire: cut), let address = zone.rrset(server, .a)
    {
      glue = [AnsweredRRset(rrset: address)]
    }
    return try ExchangeWriter.exchange(
      question.name, question.type, answer, glue: glue, server: question.zone,
      answer.kind == .referral ? .referral : .iterative)
  }
}
