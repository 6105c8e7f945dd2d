import Bytes
import DNSWire
import Findings
import Packets
import TestSupport
import Testing

/// Planted fragments beside those that honest networks reorder, repeat and lose.
@Suite struct FragmentRuleTests {
  /// Where answers are cut, octets of the datagram: before the address in the first record.
  private static let cut = 48
  private static let port: UInt16 = 7_000, id: UInt16 = 0x4242

  /// A talk with five genuine answers, then a query for `www` whose answer is still to come in fragments.
  private func talk() throws -> AuthorityTalk {
    var talk = try AuthorityTalk()
    try talk.learnKeys()
    for name in ["alpha.test.", "beta.test.", "mail.test.", "zulu.test."] { try talk.ask(name) }
    return talk
  }

  /// The datagram of an answer to `www`; a false one has another address and the checksum of the genuine one, because
  /// octets of the address and of the RRSIG changed places.
  private func datagram(_ talk: AuthorityTalk, isForged: Bool) throws -> [UInt8] {
    let name = domainName("www.test.")
    let message = ZoneMessages.response(try talk.genuine("www.test."), name, .a, id: Self.id)
    var bytes = message.bytes
    if isForged {
      guard let address = message.places.first(where: { $0.type == .a })?.rdata,
        let signature = message.places.first(where: { $0.type == .rrsig })?.rdata
      else { preconditionFailure("no answer") }
      // The sum is over words, and stays as it is when octets at places that are both even or both odd change places.
      let filler = signature.upperBound - 2 - (signature.upperBound - 2 - address.lowerBound) % 2
      for offset in 0..<2 {
        let old = bytes[filler + offset]
        bytes[filler + offset] = bytes[address.lowerBound + 2 + offset]
        bytes[address.lowerBound + 2 + offset] = old
      }
    }
    return PacketBuilder.filled(
      PacketBuilder.udp(bytes, from: 53, to: Self.port), server(talk), Host.client)
  }

  /// The server of the zone.
  private func server(_ talk: AuthorityTalk) -> IPAddress { talk.tree.address(of: talk.zone) }

  /// Adds the query.
  private func query(_ talk: inout AuthorityTalk) {
    let query = ZoneMessages.query(domainName("www.test."), .a, id: Self.id)
    talk.wait(1)
    talk.add(
      PacketBuilder.ipv4(PacketBuilder.udp(query, from: Self.port, to: 53), to: server(talk)), after: 0)
  }

  /// A fragment of a datagram.
  private func fragment(
    _ talk: AuthorityTalk, _ datagram: [UInt8], isFirst: Bool, id: UInt16 = 0x7777, ttl: UInt8 = 64
  ) -> [UInt8] {
    let range = isFirst ? 0..<Self.cut : Self.cut..<datagram.count
    return PacketBuilder.ipv4(
      TransportBytes(number: 17, bytes: Array(datagram[range])), from: server(talk), to: Host.client, id: id,
      ttl: ttl,
      fragment: PacketBuilder.fragmentField(range.lowerBound, isFollowed: isFirst))
  }

  @Test(
    "a planted tail that stands against the genuine one is named, alone of all fragments, and DNSSEC confirms it"
  )
  func conflict() throws {
    var talk = try talk()
    let genuine = try datagram(talk, isForged: false), forged = try datagram(talk, isForged: true)
    query(&talk)
    talk.add(fragment(talk, forged, isFirst: false), after: 5_000_000)
    let planted = talk.frame
    talk.add(fragment(talk, genuine, isFirst: true), after: 20_000_000)
    talk.add(fragment(talk, genuine, isFirst: false), after: 20_100_000)
    try talk.ask("alpha.test.")
    let run = try talk.run(), incident = try #require(run.incidents.first)
    #expect(
      run.forged == [planted] && incident.kind == .fragmentInjection && incident.confidence == .confirmed)
    #expect(run.findings(.fragmentConflict).count == 1)
  }

  @Test("a planted tail whose records only keep the checksum right is told of")
  func filler() throws {
    var talk = try talk()
    let genuine = try datagram(talk, isForged: false), forged = try padded(talk)
    query(&talk)
    talk.add(fragment(talk, forged, isFirst: false, ttl: 40), after: 5_000_000)
    talk.add(fragment(talk, genuine, isFirst: true), after: 20_000_000)
    talk.add(fragment(talk, genuine, isFirst: false), after: 20_100_000)
    try talk.ask("alpha.test.")
    let run = try talk.run()
    #expect(run.findings(.checksumFiller).map(\.severity) == [.low] && run.incidents.count == 1)
  }

  /// A false answer of the length of the genuine one whose OPT record has other octets that keep the checksum.
  private func padded(_ talk: AuthorityTalk) throws -> [UInt8] {
    var bytes = try datagram(talk, isForged: false)
    // The EDNS size and the address's last two octets, each a word at an even place.
    let message = ZoneMessages.response(
      try talk.genuine("www.test."), domainName("www.test."), .a, id: Self.id)
    let address = 8 + (message.places.first { $0.type == .a }?.rdata.lowerBound ?? 0) + 2,
      size = bytes.count - 8
    let place = size - (size - address) % 2
    bytes[address + 1] &+= 1
    bytes[place + 1] &-= 1
    return bytes
  }

  @Test(
    "an ICMP error that shrinks the path's MTU before fragmented answers is told of; alone, or with an MTU that paths have, it is not"
  )
  func shrunkPMTU() throws {
    for (mtu, isFragmented, count) in [(UInt16(552), true, 1), (552, false, 0), (1_400, true, 0)] {
      var talk = try talk()
      let genuine = try datagram(talk, isForged: false)
      query(&talk)
      let quoted = PacketBuilder.ipv4(
        PacketBuilder.udp([1, 2, 3, 4], from: 53, to: 6_000), from: server(talk), to: Host.client)
      // Fragmentation needed: type 3, code 4, checksum, unused, MTU (RFC 1191 §4).
      let error = TransportBytes(
        number: 1, bytes: [3, 4, 0, 0, 0, 0] + octets(mtu) + quoted, checksumOffset: nil)
      talk.add(PacketBuilder.ipv4(error, from: Host.client, to: server(talk)), after: 1_000_000)
      if isFragmented {
        talk.add(fragment(talk, genuine, isFirst: true), after: 20_000_000)
        talk.add(fragment(talk, genuine, isFirst: false), after: 20_100_000)
      }
      try talk.ask("alpha.test.")
      let found = try talk.run().findings(.shrunkPMTU)
      #expect(found.map(\.severity) == Array(repeating: .low, count: count), "\(mtu)")
    }
  }

  @Test("a tail that came twice, in either order, is no conflict")
  func repeated() throws {
    for order in [[true, false, false], [false, true, false]] {
      var talk = try talk()
      let genuine = try datagram(talk, isForged: false)
      query(&talk)
      for (index, isFirst) in order.enumerated() {
        talk.add(fragment(talk, genuine, isFirst: isFirst), after: 20_000_000 + Int64(index) * 100_000)
      }
      try talk.ask("alpha.test.")
      #expect(try talk.run().alarms.isEmpty)
    }
  }

  @Test("tails with many IP IDs and no beginning are guesses, of high severity; a lone one is nothing")
  func burst() throws {
    for (count, isAlarm) in [(40, true), (1, false)] {
      var talk = try talk()
      let forged = try datagram(talk, isForged: true)
      query(&talk)
      let first = talk.frame + 1
      for id in 0..<count {
        talk.add(fragment(talk, forged, isFirst: false, id: 900 + UInt16(id)), after: Int64(id) * 1_000_000)
      }
      let run = try talk.run(), found = run.findings(.plantedFragment)
      #expect(found.map(\.severity) == (isAlarm ? [.high] : []))
      if isAlarm {
        #expect(
          run.forged == Array(first..<first + count) && run.incidents.map(\.kind) == [.fragmentInjection])
      }
    }
  }

  @Test(
    "a tail that waited for its beginning, has another IP TTL and makes the answer bogus was planted; with true data it took another way, with the same TTL it changed places"
  )
  func waiting() throws {
    let cases: [(ttl: UInt8, delay: Int64, isForged: Bool, severities: [Severity])] = [
      (40, 15_000_000, true, [.high]), (40, 15_000_000, false, [.low]), (64, 500_000, false, []),
    ]
    for (ttl, delay, isForged, severities) in cases {
      var talk = try talk()
      let genuine = try datagram(talk, isForged: false)
      query(&talk)
      let planted = try datagram(talk, isForged: isForged)
      talk.add(fragment(talk, planted, isFirst: false, ttl: ttl), after: 5_000_000)
      let tail = talk.frame
      talk.add(fragment(talk, genuine, isFirst: true), after: 5_000_000 + delay)
      try talk.ask("alpha.test.")
      let run = try talk.run()
      #expect(run.findings(.plantedFragment).map(\.severity) == severities)
      #expect(run.forged == (isForged ? [tail] : []))
    }
  }
}
