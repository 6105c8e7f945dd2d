import Bytes
import DNSWire
import Transactions

/// NS RRsets, and address RRsets of the names in them. An attacker can make up as many as he has packets, so that they
/// lie in flat lists by number.
struct ServerBook {
  /// Zones and names of servers.
  private var names = NameBook()
  /// By the number of a name: as a zone its NS RRsets, and as a server its address RRsets, in order of first sight.
  private var sets: [Chain] = [], hosts: [Chain] = []
  /// Whether a name is that of a server.
  private var isServer: [Bool] = []
  /// These RRsets; by the number of an RRset its place among them, one more, and 0 for others.
  private var slots: [Slot] = [], slotOf: [UInt32]
  /// Names in NS RRsets by number, and addresses in address RRsets by the number of the host, `unknown` for one that
  /// sends and gets nothing.
  private var targetNames: [UInt32] = [], hostNumbers: [UInt32] = []

  /// Versions of one RRset that are looked at, and addresses of one name server: a zone in motion has a few of each.
  private static let versionLimit = 32, addressLimit = 256
  /// Stands for an address that no packet has.
  private static let unknown = UInt32.max

  /// An RRset: whether it is one of NS records, the next version of it, and its part of the names or addresses.
  private struct Slot {
    let rrset: RRsetID, isSet: Bool
    var next: UInt32 = 0
    let start: UInt32, end: UInt32

    /// Its part of the list.
    var items: Range<Int> { Int(start)..<Int(end) }
  }

  /// Versions of an RRset: places in `slots`, one more.
  private struct Chain {
    var first: UInt32 = 0, last: UInt32 = 0, count: UInt32 = 0
  }

  /// Looks through all RRsets.
  init(_ traffic: Traffic) {
    slotOf = Array(repeating: 0, count: traffic.store.rrsets.rrsetCount)
    gatherSets(traffic.store.rrsets)
    if !slots.isEmpty { gatherAddresses(traffic) }
  }

  /// How many there are.
  var count: Int { slots.count }
  var isEmpty: Bool { slots.isEmpty }

  /// The place of an RRset, and the place of one of NS records.
  func slot(of rrset: RRsetID) -> Int? {
    let slot = Int(slotOf[Int(rrset.rawValue)])
    return slot > 0 ? slot - 1 : nil
  }
  func slot(ofSet set: RRsetID) -> Int? { slot(of: set).flatMap { slots[$0].isSet ? $0 : nil } }

  /// The number of a name.
  func number(of name: Span<UInt8>) -> Int? { names.find(name) }

  /// Places of the NS RRsets with the numbers of their zones.
  var zones: [(slot: Int, zone: UInt32)] {
    sets.indices.flatMap { zone in places(sets[zone]).map { ($0, UInt32(truncatingIfNeeded: zone)) } }
  }

  /// NS RRsets of a zone, and address RRsets of a name server.
  func hasSets(of zone: Span<UInt8>) -> Bool { names.find(zone).map { sets[$0].count > 0 } ?? false }
  func sets(of zone: Span<UInt8>) -> [RRsetID] { names.find(zone).map { versions(sets[$0]) } ?? [] }
  func addressSets(of server: Span<UInt8>) -> [RRsetID] {
    names.find(server).map { versions(hosts[$0]) } ?? []
  }

  /// Zones with several NS RRsets, and name servers with several address RRsets.
  var contestedZones: [(owner: Name, versions: [RRsetID])] { contested(sets) }
  var contestedServers: [(owner: Name, versions: [RRsetID])] { contested(hosts) }

  /// Names with several versions.
  private func contested(_ chains: [Chain]) -> [(owner: Name, versions: [RRsetID])] {
    chains.indices.filter { chains[$0].count > 1 }.map { (names.name($0), versions(chains[$0])) }
  }

  /// Name servers that have odd address RRsets, and these.
  func servers(with isOdd: (RRsetID) -> Bool) -> [(server: Name, versions: [RRsetID])] {
    var odd: [Int: [RRsetID]] = [:]
    for number in hosts.indices {
      for place in places(hosts[number]) where isOdd(slots[place].rrset) {
        odd[number, default: []].append(slots[place].rrset)
      }
    }
    return odd.keys.sorted().map { (names.name($0), odd[$0] ?? []) }
  }

  /// Names in an NS RRset.
  func targets(of slot: Int) -> [Name] { targetNames[slots[slot].items].map { names.name(Int($0)) } }

  /// Addresses of the servers that an NS RRset names, in all versions, some of them.
  func addresses(ofServersIn set: RRsetID, limit: Int, _ store: RRsetStore) -> [[UInt8]] {
    guard let slot = slot(ofSet: set) else { return [] }
    var found: [[UInt8]] = []
    for name in targetNames[slots[slot].items] {
      for version in versions(hosts[Int(name)]) where found.count < limit {
        found += store.records(of: version, limit: limit - found.count)
      }
    }
    return found
  }

  /// Numbers of the addresses of the servers that an NS RRset names, as far as they occur as hosts.
  func serverHosts(of slot: Int) -> Set<UInt32> {
    var found: Set<UInt32> = []
    for name in targetNames[slots[slot].items] {
      var left = ServerBook.addressLimit, next = hosts[Int(name)].first
      while next > 0, left > 0 {
        let host = slots[Int(next) - 1]
        for number in hostNumbers[host.items].prefix(left) where number != ServerBook.unknown {
          found.insert(number)
        }
        (left, next) = (left - host.items.count, host.next)
      }
    }
    return found
  }

  /// Which of these RRsets a body holds.
  func held(by body: UInt32, _ traffic: Traffic) -> [SightingLog.Held] {
    let rrsets = traffic.answer(ofBody: body).rrsets
    var held: [SightingLog.Held] = []
    for index in rrsets.indices {
      let place = slotOf[Int(rrsets.id(index).rawValue)]
      if place > 0 { held.append(SightingLog.Held(slot: place - 1, section: rrsets.section(index))) }
    }
    return held
  }
}

extension ServerBook {
  /// The places in a chain, and the RRsets there.
  private func places(_ chain: Chain) -> [Int] {
    var found: [Int] = [], next = chain.first
    while next > 0 {
      found.append(Int(next) - 1)
      next = slots[Int(next) - 1].next
    }
    return found
  }
  private func versions(_ chain: Chain) -> [RRsetID] { places(chain).map { slots[$0].rrset } }

  /// The number of a name, given if need be.
  private mutating func enter(_ name: Span<UInt8>) -> Int {
    let number = names.number(name)
    if number == sets.count {
      sets.append(Chain())
      hosts.append(Chain())
      isServer.append(false)
    }
    return number
  }

  /// Finds the NS RRsets.
  private mutating func gatherSets(_ store: RRsetStore) {
    for place in slotOf.indices {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: place)), view = store.rrset(id)
      guard view.type.rawValue == RecordType.ns.rawValue else { continue }
      let zone = enter(view.ownerWire)
      guard sets[zone].count < ServerBook.versionLimit else { continue }
      let start = targetNames.count
      var offset: Int? = view.count > 0 ? view.firstRecord : nil
      while let at = offset {
        offset = view.next(after: at)
        guard isName(view.rdata(at: at)) else { continue }
        let target = enter(view.rdata(at: at))
        isServer[target] = true
        targetNames.append(UInt32(truncatingIfNeeded: target))
      }
      sets[zone] = chain(id, isSet: true, start..<targetNames.count, behind: sets[zone])
    }
  }

  /// Finds the address RRsets of the names in them.
  private mutating func gatherAddresses(_ traffic: Traffic) {
    let store = traffic.store.rrsets
    for place in slotOf.indices {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: place)), view = store.rrset(id)
      let type = view.type.rawValue
      guard type == RecordType.a.rawValue || type == RecordType.aaaa.rawValue,
        let server = names.find(view.ownerWire), isServer[server],
        hosts[server].count < ServerBook.versionLimit
      else { continue }
      let start = hostNumbers.count
      var offset: Int? = view.count > 0 ? view.firstRecord : nil
      while let at = offset, hostNumbers.count - start < ServerBook.addressLimit {
        offset = view.next(after: at)
        let number = IPAddress(bytes: view.rdata(at: at)).flatMap(traffic.addresses.known)
        hostNumbers.append(number ?? ServerBook.unknown)
      }
      hosts[server] = chain(id, isSet: false, start..<hostNumbers.count, behind: hosts[server])
    }
  }

  /// Adds an RRset behind the versions of its owner.
  private mutating func chain(_ id: RRsetID, isSet: Bool, _ items: Range<Int>, behind chain: Chain) -> Chain {
    slots.append(
      Slot(
        rrset: id, isSet: isSet, start: UInt32(truncatingIfNeeded: items.lowerBound),
        end: UInt32(truncatingIfNeeded: items.upperBound)))
    let place = UInt32(truncatingIfNeeded: slots.count)
    slotOf[Int(id.rawValue)] = place
    if chain.last > 0 { slots[Int(chain.last) - 1].next = place }
    return Chain(first: chain.first > 0 ? chain.first : place, last: place, count: chain.count + 1)
  }
}
