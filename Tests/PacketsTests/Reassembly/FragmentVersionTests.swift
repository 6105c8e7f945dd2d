import Bytes
import Packets
import TestSupport
import Testing

@Suite("Fragments that contradict each other (RFC 5722)")
struct FragmentVersionTests {
  let message = queryMessage(0x2222, count: 100)
  /// The datagram of 108 bytes around it, and one whose second half was forged with the checksum kept right.
  var genuine: [UInt8] { PacketBuilder.datagram(message) }
  var forged: [UInt8] {
    var bytes = genuine
    (bytes[60], bytes[62]) = (bytes[60] &+ 1, bytes[62] &- 1)
    return bytes
  }

  @Test("a second fragment planted before the first gives the forged version, and the genuine one follows")
  func planted() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(forged, 56..<108))
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    #expect(bench.messages.map(\.bytes) == [Array(forged[8...])])
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
    #expect(bench.messages.map(\.bytes) == [Array(forged[8...]), message])
    #expect(bench.messages.map(\.checksum) == [.right, .right])
    #expect(bench.messages.map(\.isOtherVersion) == [false, true])
    #expect(bench.messages.map(\.frames) == [[1, 2], [2, 3]])
    #expect(bench.oddities == [.fragmentConflict: 1])
  }

  @Test("several planted fragments give a version each")
  func flood() {
    var bench = DecoderBench(.rawIP)
    for i in 0..<20 {
      var bytes = genuine
      bytes[70] = UInt8(i)
      bench.feed(PacketBuilder.fragment4(bytes, 56..<108))
    }
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    #expect(bench.messages.count == 20)
    #expect(Set(bench.messages.map(\.bytes)).count == 20)
    #expect(bench.oddities[.fragmentConflict] == 19)
  }

  @Test(
    "of more planted fragments than are kept the first and the last ones are, so that the genuine one is there"
  )
  func largeFlood() {
    var bench = DecoderBench(.rawIP)
    for i in 0..<1_000 {
      var bytes = genuine
      (bytes[70], bytes[71]) = (UInt8(i & 0xff), UInt8(i >> 8))
      bench.feed(PacketBuilder.fragment4(bytes, 56..<108))
    }
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    #expect(bench.messages.count == 1 + PacketLimits.alternatives)
    #expect(bench.messages.count { $0.bytes == message && $0.checksum == .right } == 1)
    // Afterwards each conflict still gives its version, whatever was kept.
    bench.feed(PacketBuilder.fragment4(forged, 56..<108))
    #expect(bench.messages.last?.bytes == Array(forged[8...]))
  }

  @Test("a forged end does not hide the genuine datagram behind it")
  func forgedEnd() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4([UInt8](repeating: 9, count: 16), 8..<16, isFollowed: false))
    for range in [0..<56, 56..<108] { bench.feed(PacketBuilder.fragment4(genuine, range)) }
    #expect(bench.messages.first?.bytes.count == 8)
    #expect(bench.messages.count { $0.bytes == message && $0.checksum == .right } == 1)
  }

  @Test("networks that a tag or a tunnel tells apart do not share datagrams")
  func networks() {
    var bench = DecoderBench()
    for range in [0..<56, 56..<108] {
      for (vlan, whole) in [(1, genuine), (2, PacketBuilder.datagram(queryMessage(7, count: 100)))] {
        bench.feed(
          PacketBuilder.ethernet(
            PacketBuilder.fragment4(whole, range), tags: [(type: 0x8100, vlan: UInt16(vlan))]))
      }
    }
    #expect(bench.messages.map(\.bytes) == [message, queryMessage(7, count: 100)])
    #expect(bench.oddities == [:])
  }

  @Test("fragments far behind, repeated or tiny take no more room than their bytes")
  func room() {
    var limits = PacketLimits()
    limits.datagramsBytes = 131_072
    var bench = DecoderBench(.rawIP, limits: limits)
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    for id in 100..<240 {
      let far = PacketBuilder.ipv4(
        TransportBytes(number: 17, bytes: [UInt8](repeating: 1, count: 8)), id: UInt16(id), fragment: 0x1ffc)
      bench.feed(far)
    }
    for _ in 0..<300 { bench.feed(PacketBuilder.fragment4(genuine, 0..<56)) }
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
    #expect(bench.messages.map(\.bytes) == [message])
    let long = queryMessage(3, count: 6_000), datagram = PacketBuilder.datagram(long)
    for offset in stride(from: 0, to: datagram.count, by: 8) {
      bench.feed(PacketBuilder.fragment4(datagram, offset..<min(offset + 8, datagram.count), id: 9))
    }
    #expect(bench.messages.last?.bytes == long)
    #expect(bench.oddities[.datagramEvicted] == nil)
  }

  @Test("small fragments cannot make versions of a large datagram without end")
  func amplification() {
    let long = PacketBuilder.datagram(queryMessage(3, count: 60_000))
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(long, 0..<30_000))
    bench.feed(PacketBuilder.fragment4(long, 30_000..<long.count))
    for i in 0..<2_000 {
      let piece = TransportBytes(number: 17, bytes: octets(UInt64(i)))
      bench.feed(
        PacketBuilder.ipv4(piece, fragment: PacketBuilder.fragmentField(40_000, isFollowed: true)))
    }
    let bytes = bench.messages.reduce(0) { $0 + $1.bytes.count }
    #expect(bench.messages.count > 200 && bytes < 20_000_000)
    #expect(bench.oddities[.versionLeftOut] == 2_000 - (bench.messages.count - 1))
  }

  @Test("fragments at the last moment there is do no harm")
  func lastMoment() {
    var bench = DecoderBench(.rawIP)
    bench.now = .max - 1_000_000
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    bench.now = .max - 1_000_000
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
    #expect(bench.messages.map(\.bytes) == [message])
  }

  @Test(
    "a fragment that comes again after its datagram was whole is a repetition, and another beginning a datagram"
  )
  func afterwards() {
    var bench = DecoderBench(.rawIP)
    for range in [0..<56, 56..<108, 56..<108, 0..<56] { bench.feed(PacketBuilder.fragment4(genuine, range)) }
    #expect(bench.messages.count == 1)
    #expect(bench.oddities == [.fragmentRepeated: 2])
    let next = PacketBuilder.datagram(queryMessage(0x3333, count: 100))
    for range in [0..<56, 56..<108] { bench.feed(PacketBuilder.fragment4(next, range)) }
    #expect(bench.messages.map(\.bytes) == [message, queryMessage(0x3333, count: 100)])
    #expect(bench.messages.allSatisfy { !$0.isOtherVersion })
  }

  @Test(
    "a whole datagram is remembered for 30 seconds and not longer", arguments: [29_000, 31_000] as [Int64])
  func memory(milliseconds: Int64) {
    var bench = DecoderBench(.rawIP)
    for range in [0..<56, 56..<108] { bench.feed(PacketBuilder.fragment4(genuine, range)) }
    bench.now += milliseconds * 1_000_000
    bench.feed(PacketBuilder.fragment4(forged, 56..<108))
    #expect(bench.messages.count == (milliseconds < 30_000 ? 2 : 1))
  }

  @Test("a last fragment that ends elsewhere gives a version of its own length")
  func otherEnd() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56))
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108))
    bench.feed(PacketBuilder.fragment4(forged, 56..<80, isFollowed: false))
    #expect(bench.messages.map(\.bytes.count) == [100, 72])
    #expect(bench.messages.last?.declaredLength == 100)
  }

  @Test("a datagram without its end says so")
  func givenUp() {
    var limits = PacketLimits()
    limits.datagrams = 2
    var bench = DecoderBench(.rawIP, limits: limits)
    for id in 1...3 { bench.feed(PacketBuilder.fragment4(genuine, 0..<56, id: UInt16(id))) }
    #expect(bench.messages.map(\.isUnfinished) == [true])
    bench.finish()
    #expect(bench.messages.map(\.isUnfinished) == [true, true, true])
    #expect(bench.oddities == [.datagramEvicted: 1, .datagramUnfinished: 2, .cutMessage: 3])
  }

  @Test("random fragments of a datagram, in any order and repeated, give the datagram and nothing else")
  func random() {
    var random = SeededRandom(seed: 815)
    for round in 0..<300 {
      let isIPv6 = round % 2 == 0
      let message = queryMessage(UInt16(round), count: Int.random(in: 60...600, using: &random))
      let datagram = PacketBuilder.datagram(message, isIPv6: isIPv6)
      var bounds = Set(
        (0..<Int.random(in: 1...8, using: &random)).map { _ in
          Int.random(in: 1..<(datagram.count / 8), using: &random) * 8
        })
      bounds.formUnion([0, datagram.count])
      let edges = bounds.sorted()
      var ranges = zip(edges, edges.dropFirst()).map { $0..<$1 }
      ranges += ranges.filter { _ in Bool.random(using: &random) }
      // An overlap with the same bytes.
      ranges.append(0..<min(64, datagram.count & ~7))
      ranges.shuffle(using: &random)
      var bench = DecoderBench(.rawIP)
      for range in ranges {
        bench.feed(
          isIPv6
            ? PacketBuilder.fragment6(datagram, range, id: UInt32(round))
            : PacketBuilder.fragment4(datagram, range, id: UInt16(round)))
      }
      bench.finish()
      #expect(bench.messages.map(\.bytes) == [message])
      #expect(bench.messages.map(\.checksum) == [.right])
    }
  }
}
