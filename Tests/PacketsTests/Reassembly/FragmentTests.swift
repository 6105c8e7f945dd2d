import Bytes
import Packets
import TestSupport
import Testing

@Suite("Fragments (RFC 791 §3.2, RFC 8200 §4.5)")
struct FragmentTests {
  let message = queryMessage(0x2222, count: 100)
  /// The datagram of 108 bytes around it.
  var datagram: [UInt8] { PacketBuilder.datagram(message) }

  @Test(
    "a datagram is put together whatever the order of its fragments",
    arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func orders(order: [Int]) throws {
    let parts = [0..<40, 40..<80, 80..<108]
    var bench = DecoderBench(.rawIP)
    for part in order { bench.feed(PacketBuilder.fragment4(datagram, parts[part], ttl: UInt8(60 + part))) }
    let found = try #require(bench.messages.first)
    #expect(bench.messages.count == 1)
    #expect(found.bytes == message)
    #expect(found.checksum == .right)
    #expect(found.frame == 3)
    #expect(found.frames == [1, 2, 3])
    #expect(found.time == Timestamp(nanoseconds: bench.now))
    #expect((found.ipID, found.network.ipTTL) == (0x1111, 60))
    #expect(bench.fates == [.fragment: 2, .datagram: 1])
    #expect(bench.oddities == [:])
  }

  @Test("fragments of IPv6 are put together by source, destination and identification")
  func overIPv6() {
    let datagram = PacketBuilder.datagram(message, isIPv6: true)
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment6(datagram, 0..<64))
    bench.feed(PacketBuilder.fragment6(datagram, 64..<108, id: 99))
    #expect(bench.messages == [])
    bench.feed(PacketBuilder.fragment6(datagram, 64..<108, next: 60))
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.messages.map(\.frames) == [[1, 3]])
    #expect(bench.messages.map(\.ipID) == [0x1234_5678])
  }

  @Test("extension headers inside the fragmented part are passed once the datagram is whole")
  func extensionInside() {
    let options: [UInt8] = [17, 0, 1, 4, 0, 0, 0, 0]
    let whole = options + PacketBuilder.datagram(message, isIPv6: true)
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment6(whole, 80..<116, next: 60))
    bench.feed(PacketBuilder.fragment6(whole, 0..<80, next: 60))
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.messages.map(\.checksum) == [.right])
  }

  @Test("a repeated fragment is counted and changes nothing")
  func repeated() {
    var bench = DecoderBench(.rawIP)
    for range in [0..<40, 0..<40, 8..<32, 40..<108] { bench.feed(PacketBuilder.fragment4(datagram, range)) }
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.oddities == [.fragmentRepeated: 2])
  }

  @Test(
    "of overlapping fragments with different bytes all versions are handed on, that of the first bytes first")
  func conflict() {
    var forged = datagram
    for i in 40..<64 { forged[i] ^= 0xff }
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(datagram, 32..<56))
    bench.feed(PacketBuilder.fragment4(forged, 0..<64))
    bench.feed(PacketBuilder.fragment4(datagram, 56..<108))
    #expect(bench.oddities == [.fragmentConflict: 2, .checksumWrong: 2])
    let expected = Array(datagram[..<56]) + Array(forged[56..<64]) + Array(datagram[64...])
    let withForged = Array(forged[..<64]) + Array(datagram[64...])
    #expect(bench.messages.map(\.bytes) == [expected, withForged, datagram].map { Array($0[8...]) })
    #expect(bench.messages.map(\.checksum) == [.wrong, .wrong, .right])
    #expect(bench.messages.map(\.isOtherVersion) == [false, true, true])
    #expect(bench.messages.map(\.frames) == [[1, 2, 3], [2, 3], [1, 2, 3]])
  }

  @Test(
    "a datagram waits 30 seconds for its fragments and not longer", arguments: [29_998, 29_999] as [Int64])
  func timeout(milliseconds: Int64) throws {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(datagram, 0..<40))
    // The bench adds a millisecond to each packet.
    bench.now += milliseconds * 1_000_000
    bench.feed(PacketBuilder.fragment4(datagram, 40..<108))
    let found = try #require(bench.messages.first)
    if milliseconds == 29_998 {
      #expect(found.bytes == message)
      #expect(bench.oddities == [:])
    } else {
      #expect(found.bytes == Array(message.prefix(32)))
      #expect((found.declaredLength, found.frame, found.checksum) == (message.count, 1, .unknown))
      #expect(bench.oddities == [.datagramTimedOut: 1, .cutMessage: 1])
    }
  }

  @Test("at the end what there is of a datagram is handed on from its beginning to the first hole")
  func unfinished() throws {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(datagram, 80..<108))
    bench.feed(PacketBuilder.fragment4(datagram, 0..<40))
    bench.feed(PacketBuilder.fragment4(datagram, 40..<80, id: 0x9999))
    bench.finish()
    let found = try #require(bench.messages.first)
    #expect(bench.messages.count == 1)
    #expect(found.bytes == Array(message.prefix(32)))
    #expect((found.declaredLength, found.frame) == (message.count, 2))
    #expect(found.frames == [1, 2])
    #expect(bench.oddities == [.datagramUnfinished: 2, .cutMessage: 1])
  }

  @Test("fragments that no datagram can have are counted")
  func impossible() {
    let long = [UInt8](repeating: 0, count: 48)
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(datagram, 0..<41))
    bench.feed(PacketBuilder.fragment4(datagram, 0..<0, isFollowed: true))
    for offset in [65_488, 65_496] {
      let field = PacketBuilder.fragmentField(offset, isFollowed: false)
      bench.feed(
        PacketBuilder.ipv4(TransportBytes(number: 17, bytes: Array(long.prefix(47))), fragment: field))
    }
    #expect(bench.fates == [.badFragment: 3, .fragment: 1])
  }

  @Test("fragments of other transports are not held")
  func otherTransports() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(datagram, 0..<40, number: 1))
    bench.feed(PacketBuilder.fragment4(datagram, 0..<40, number: 89))
    bench.finish()
    #expect(bench.fates == [.icmp: 1, .otherTransport: 1])
    #expect(bench.oddities == [:])
  }

  @Test("a TCP segment in fragments is put together as well")
  func segment() {
    let transport = PacketBuilder.tcp(prefixed(message), sequence: 5, flags: [.syn, .ack])
    let bytes = PacketBuilder.filled(transport, Host.client, Host.server)
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(bytes, 64..<bytes.count, number: 6))
    bench.feed(PacketBuilder.fragment4(bytes, 0..<64, number: 6))
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.messages.map(\.frames) == [[1, 2]])
    #expect(bench.messages.map(\.flow.transport) == [.tcp])
  }
}

@Suite("Bounds of fragment reassembly")
struct FragmentBoundTests {
  let message = queryMessage(0x2222, count: 100)
  var datagram: [UInt8] { PacketBuilder.datagram(message) }

  @Test("as many datagrams as allowed wait; one more gives up the oldest")
  func datagrams() {
    var limits = PacketLimits()
    limits.datagrams = 3
    var bench = DecoderBench(.rawIP, limits: limits)
    for id in 1...3 { bench.feed(PacketBuilder.fragment4(datagram, 0..<40, id: UInt16(id))) }
    #expect(bench.oddities == [:])
    bench.feed(PacketBuilder.fragment4(datagram, 0..<40, id: 4))
    #expect(bench.oddities == [.datagramEvicted: 1, .cutMessage: 1])
    #expect(bench.messages.map(\.frame) == [1])
    for id in 2...4 { bench.feed(PacketBuilder.fragment4(datagram, 40..<108, id: UInt16(id))) }
    #expect(bench.messages.filter { $0.bytes == message }.map(\.frames) == [[2, 5], [3, 6], [4, 7]])
  }

  // 64 bytes stand for what a piece takes beside its own 80.
  @Test("as many bytes as allowed wait; one more gives up the oldest", arguments: [224, 223])
  func bytes(limit: Int) {
    var limits = PacketLimits()
    limits.datagramsBytes = limit
    var bench = DecoderBench(.rawIP, limits: limits)
    bench.feed(PacketBuilder.fragment4(datagram, 0..<80, id: 1))
    bench.feed(PacketBuilder.fragment4(datagram, 0..<80, id: 2))
    #expect(bench.oddities == (limit == 224 ? [:] : [.datagramEvicted: 1, .cutMessage: 1]))
  }

  @Test("a datagram has at most so many fragments", arguments: [13, 14])
  func fragments(limit: Int) {
    var limits = PacketLimits()
    limits.fragments = limit
    var bench = DecoderBench(.rawIP, limits: limits)
    // 108 bytes in 14 fragments, the last of which completes it.
    for start in stride(from: 0, to: 108, by: 8) {
      bench.feed(PacketBuilder.fragment4(datagram, start..<min(start + 8, 108)))
    }
    if limit == 14 {
      #expect(bench.messages.map(\.bytes) == [message])
    } else {
      #expect(bench.messages.map(\.bytes.count) == [96])
      #expect(bench.decoder.counters[oddity: .datagramEvicted] == 1)
    }
  }

  @Test("datagrams cut at random and shuffled come out whole")
  func random() {
    var random = SeededRandom(seed: 791)
    for round in 0..<100 {
      let data = (0..<Int.random(in: 12...3_000, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      let isIPv6 = round % 2 == 1
      let whole = PacketBuilder.datagram(data, isIPv6: isIPv6)
      var cuts = Set([0, whole.count])
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        cuts.insert(Int.random(in: 0..<whole.count, using: &random) / 8 * 8)
      }
      let places = cuts.sorted()
      var parts = zip(places, places.dropFirst()).map { $0..<$1 }
      guard parts.count > 1 else { continue }
      parts.shuffle(using: &random)
      var bench = DecoderBench(.rawIP)
      for part in parts {
        bench.feed(isIPv6 ? PacketBuilder.fragment6(whole, part) : PacketBuilder.fragment4(whole, part))
      }
      #expect(bench.messages.map(\.bytes) == [data])
      #expect(bench.messages.map(\.frames) == [Array(1...parts.count)])
      #expect(bench.messages.map(\.checksum) == [.right])
    }
  }
}
