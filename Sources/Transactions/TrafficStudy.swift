import Bytes

/// What queries say of those who ask: how hard it is to guess their ports and IDs (RFC 5452 §9.2), and whether they ask
/// the same twice at once.
///
/// A set-associative table of constant size, so that a known client costs one look and no allocation. Only UDP counts:
/// over TCP nobody has to guess ports. A query that was sent again with its port and ID says nothing new and is left out.
package struct TrafficStudy: Sendable {
  /// The clients that were studied, in order of their first query but for those that took the place of another.
  package private(set) var clients: [ClientStudy] = []
  /// Some of each client's queries: `samplesPerClient` places for each.
  private var samples: [QuerySample] = []
  /// Number of a client and one, by a hash of its address, `ways` places each; 0 is free.
  private var places = [UInt16](repeating: 0, count: buckets * ways)
  private var hand = 0
  /// Identical queries that were open at once, several of them (VU#457875).
  package private(set) var twins: [TwinBurst] = []
  /// Clients whose place another one took; queries of clients that found no place.
  package private(set) var evicted = 0, leftOut = 0

  /// Clients at once: the stubs behind a busy resolver; 180 octets each and 1.5 KiB of samples, 7 MiB in all.
  static let clientLimit = 4_096
  /// Four places for each client, so that hardly a bucket is full.
  private static let buckets = 1 << 11, ways = 8
  /// Queries kept of one client: of 65,536 ports 128 draws repeat one in eight times, of 1,000 they repeat eight.
  package static let samplesPerClient = 128
  /// A client with fewer queries than a sample needs gives its place up after so many nanoseconds.
  private static let idle: Int64 = 60_000_000_000
  /// Clients that are looked at for one whose place is free.
  private static let looks = 8
  /// Bursts of identical queries that are kept: an attacker who provokes more has been seen.
  private static let twinLimit = 1_024

  /// Nothing seen.
  package init() {}

  /// Takes a query that is no mirrored copy and no resend.
  mutating func receive(_ query: Observation, _ company: QueryLedger.Company) {
    guard query.flow.transport == .udp else { return }
    if let twin = company.twin { note(query, twin, depth: company.depth) }
    guard let number = number(of: query.flow.source, at: query.time) else { return leftOut &+= 1 }
    clients[number].add(query, sharesPort: company.sharesPort)
    guard clients[number].takesSample else { return }
    let start = number &* TrafficStudy.samplesPerClient
    if clients[number].sampleCount == TrafficStudy.samplesPerClient { thinOut(number) }
    samples[start &+ clients[number].sampleCount] = QuerySample(query)
    clients[number].sampleCount &+= 1
  }

  /// The queries that are kept of a client, in their order.
  package func sample(ofClient number: Int) -> ArraySlice<QuerySample> {
    let start = number * TrafficStudy.samplesPerClient
    return samples[start..<start + clients[number].sampleCount]
  }

  /// The study of a client; nil when it has none.
  package func number(of address: IPAddress) -> Int? {
    let bucket = TrafficStudy.bucket(address)
    for place in bucket..<bucket + TrafficStudy.ways where places[place] != 0 {
      let number = Int(places[place]) - 1
      if clients[number].address == address { return number }
    }
    return nil
  }

  /// The number of a client, given if need be; nil when there is no place for it.
  @inline(__always)
  private mutating func number(of address: IPAddress, at time: Timestamp) -> Int? {
    let bucket = TrafficStudy.bucket(address)
    for place in bucket..<bucket &+ TrafficStudy.ways where places[place] != 0 {
      let number = Int(places[place]) &- 1
      if clients[number].address == address { return number }
    }
    return admit(address, at: time)
  }

  /// Takes a client in; nil when there is no place.
  private mutating func admit(_ address: IPAddress, at time: Timestamp) -> Int? {
    let bucket = TrafficStudy.bucket(address)
    guard let place = (bucket..<bucket + TrafficStudy.ways).first(where: { places[$0] == 0 }) else {
      return nil
    }
    let number: Int
    if clients.count < TrafficStudy.clientLimit {
      number = clients.count
      clients.append(ClientStudy(address))
      samples.append(contentsOf: repeatElement(QuerySample(), count: TrafficStudy.samplesPerClient))
    } else if let free = freeNumber(at: time) {
      number = free
      clients[number] = ClientStudy(address)
      evicted += 1
    } else {
      return nil
    }
    places[place] = UInt16(number + 1)
    return number
  }

  /// Takes a number from a client that has asked little and no more for a while; a few are looked at.
  private mutating func freeNumber(at time: Timestamp) -> Int? {
    for _ in 0..<TrafficStudy.looks {
      hand = (hand + 1) % clients.count
      let client = clients[hand]
      guard client.count < ClientStudy.least, time.age(of: client.lastTime) > TrafficStudy.idle else {
        continue
      }
      let bucket = TrafficStudy.bucket(client.address)
      for place in bucket..<bucket + TrafficStudy.ways where Int(places[place]) == hand + 1 {
        places[place] = 0
      }
      return hand
    }
    return nil
  }

  /// Keeps every second query of a client's sample, and from now on half as many.
  private mutating func thinOut(_ number: Int) {
    let start = number * TrafficStudy.samplesPerClient, half = TrafficStudy.samplesPerClient / 2
    for index in 0..<half { samples[start + index] = samples[start + 2 * index] }
    clients[number].halveSample()
  }

  /// Notes that a query repeats open ones.
  private mutating func note(_ query: Observation, _ twin: QueryLedger.Entry, depth: UInt8) {
    guard Int(depth) >= TwinBurst.least else { return }
    let known = twins.indices.suffix(TrafficStudy.looks).last { twins[$0].isContinued(by: query) }
    if let known {
      twins[known].add(query, depth: depth)
    } else if twins.count < TrafficStudy.twinLimit {
      twins.append(TwinBurst(query, twin, depth: depth))
    }
  }

  /// The first place of the bucket of an address.
  @inline(__always)
  private static func bucket(_ address: IPAddress) -> Int {
    let product = (address.low ^ 0x9e37_79b9_7f4a_7c15).multipliedFullWidth(
      by: address.high ^ 0xd1b5_4a32_d192_ed03)
    let mixed = (product.high ^ product.low) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed &>> 40) & (buckets &- 1) &* ways
  }
}
