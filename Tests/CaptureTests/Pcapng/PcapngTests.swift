import Capture
import Packets
import TestSupport
import Testing

@Suite("pcapng")
struct PcapngTests {
  /// Packets of every length modulo four.
  let packets: [[UInt8]] = (0..<8).map { i in (0..<30 + i).map { UInt8(truncatingIfNeeded: $0 * i) } }

  /// Reads what a builder wrote.
  func read(_ builder: PcapngBuilder) throws -> ReadCapture {
    let file = try CaptureOnDisk(builder.bytes)
    return try ReadCapture(file.path)
  }

  @Test("sections of different byte orders follow one another, each with interfaces of its own")
  func sections() throws {
    var builder = PcapngBuilder(isBigEndian: true)
    builder.addInterface(linkType: 1, resolution: 6)
    builder.add(packets[0], time: 1)
    builder.addSection(isBigEndian: false)
    builder.addInterface(linkType: 101, resolution: 9)
    builder.addInterface(linkType: 113, resolution: 3)
    builder.add(packets[1], time: 2, interface: 1)
    builder.add(packets[2], time: 3)
    builder.addSection(isBigEndian: true)
    builder.addInterface(linkType: 276, resolution: 6)
    builder.add(packets[3], time: 4)
    let read = try read(builder)
    #expect(read.packets == Array(packets[0...3]))
    #expect(read.linkTypes == [.ethernet, .linuxCooked, .rawIPInFiles, .linuxCooked2])
    #expect(read.times == [1_000, 2_000_000, 3, 4_000])
    #expect(read.metadata.facts.linkTypes == [.ethernet, .rawIPInFiles, .linuxCooked, .linuxCooked2])
    #expect(!read.metadata.isTruncated)
  }

  @Test(
    "times are read in any unit", arguments: [true, false],
    [
      (nil, 0, 1_476_975_781_123_456, 1_476_975_781_123_456_000),
      (0, 0, 1_476_975_781, 1_476_975_781_000_000_000), (3, 0, 1_476_975_781_123, 1_476_975_781_123_000_000),
      (6, 0, 5, 5_000), (6, 0, .max, .max), (9, 0, 1_476_975_781_123_456_789, 1_476_975_781_123_456_789),
      (9, 0, .max, .max), (9, 3_600, 5, 3_600_000_000_005), (9, -10, 0, -10_000_000_000),
      (6, .max, 5, .max), (12, 0, 1_476_975_781_123_456, 1_476_975_781_123), (28, 0, .max, 1),
      (29, 0, .max, 0), (127, 0, .max, 0), (0x80, 0, 7, 7_000_000_000), (0x8a, 0, 1_536, 1_500_000_000),
      (0x80 | 20, 0, 1 << 20 | 1, 1_000_000_953), (0x80 | 32, 0, 3 << 31, 1_500_000_000),
      (0x80 | 63, 0, .max, 1_999_999_999), (0x80 | 64, 0, 1 << 63, 500_000_000),
      (0x80 | 65, 0, .max, 499_999_999),
      (0xff, 0, .max, 0),
    ] as [(UInt8?, Int64, UInt64, Int64)])
  func times(isBigEndian: Bool, example: (resolution: UInt8?, offset: Int64, units: UInt64, time: Int64))
    throws
  {
    var builder = PcapngBuilder(isBigEndian: isBigEndian)
    let offset = example.offset == 0 ? [] : [(code: 14 as UInt16, value: builder.number(example.offset))]
    builder.addInterface(resolution: example.resolution, options: offset)
    builder.add(packets[0], time: example.units)
    #expect(try read(builder).times == [example.time])
  }

  @Test("simple and obsolete packet blocks are read", arguments: [true, false])
  func otherPackets(isBigEndian: Bool) throws {
    var builder = PcapngBuilder(isBigEndian: isBigEndian)
    builder.addInterface(snapLength: 25)
    builder.addObsolete(packets[0], time: 77)
    builder.addSimple(Array(packets[1].prefix(25)), originalLength: 31)
    builder.addSimple(Array(packets[2].prefix(7)))
    let read = try read(builder)
    #expect(read.packets == [packets[0], Array(packets[1].prefix(25)), Array(packets[2].prefix(7))])
    #expect(read.originalLengths == [30, 31, 7])
    // A packet without a time belongs to the moment of the one before.
    #expect(read.times == [77, 77, 77])
    #expect((read.metadata.facts.packetsWithoutTime, read.metadata.cutPackets) == (2, 1))
  }

  @Test("comments and names of interfaces are kept, a bounded number of bounded length")
  func texts() throws {
    var builder = PcapngBuilder(comment: "about the section")
    builder.addInterface(options: [
      (2, Array("eth0".utf8)), (3, Array("a card".utf8)), (1, Array("slow".utf8)),
    ])
    builder.addInterface(options: [(3, Array("without a name".utf8))])
    builder.add(packets[0], options: [(1, Array("look here\0\0".utf8)), (2, [0, 0, 0, 0])])
    let few = try read(builder).metadata.facts
    #expect(few.interfaces == ["eth0", "without a name"])
    #expect(few.comments == ["about the section", "slow", "look here"])
    for _ in 0..<200 { builder.add(packets[0], options: [(1, [UInt8](repeating: 0x61, count: 2_000))]) }
    let many = try read(builder).metadata.facts
    #expect(many.comments.count + many.interfaces.count == 100)
    #expect(many.textsLeftOut == 105)
    #expect(many.comments.last == String(repeating: "a", count: 1_024))
  }

  @Test("packets that were lost are those of the last statistics of each interface")
  func losses() throws {
    var builder = PcapngBuilder()
    builder.addInterface()
    #expect(try read(builder).metadata.facts.dropped == nil)
    builder.addInterface()
    builder.addStatistics(interface: 0, lost: 1, lostBySystem: 2)
    builder.addStatistics(interface: 0, lost: 10, lostBySystem: 20)
    builder.addStatistics(interface: 1, lost: 100, lostBySystem: 0)
    builder.addStatistics(interface: 9, lost: 5, lostBySystem: 5)
    builder.addSection(isBigEndian: true)
    builder.addInterface()
    builder.add(packets[0], options: [(4, builder.number(4_000 as UInt64))])
    builder.addObsolete(packets[0], dropped: 3)
    builder.addObsolete(packets[0])
    #expect(try read(builder).metadata.facts.dropped == 4_133)
    builder.addStatistics(lost: .max, lostBySystem: .max)
    #expect(try read(builder).metadata.facts.dropped == .max)
  }

  @Test(
    "secrets and custom blocks are kept; what Wireshark counts as a frame counts here, and the rest does not")
  func otherBlocks() throws {
    var builder = PcapngBuilder()
    builder.addInterface()
    for type: UInt32 in [4, 0x77, 9, 10, 0xbad, 0x4000_0bad, 0x204] {
      builder.addBlock(type, [1, 2, 3, 4])
      builder.add(packets[0])
    }
    let read = try read(builder)
    // The journal, both custom blocks and the event take a number each.
    #expect(read.numbers == [1, 2, 4, 5, 7, 9, 11])
    #expect(read.metadata.facts.keptBlocks.map(\.type) == [10, 0xbad, 0x4000_0bad])
    #expect(read.metadata.facts.keptBlocks.allSatisfy { $0.body == [1, 2, 3, 4] })
    #expect(!read.metadata.isTruncated)
    for _ in 0..<20 { builder.addBlock(10, [UInt8](repeating: 0, count: 100_000)) }
    let facts = try self.read(builder).metadata.facts
    #expect((facts.keptBlocks.count, facts.blocksLeftOut) == (13, 10))
  }

  @Test("interfaces whose packets nobody can read do not end the file")
  func unknownLinkType() throws {
    var builder = PcapngBuilder()
    builder.addInterface(linkType: 147)
    builder.addInterface(linkType: 1)
    builder.add(packets[0], interface: 0)
    builder.add(packets[1], interface: 1)
    #expect(try read(builder).linkTypes == [LinkType(rawValue: 147), .ethernet])
  }

  @Test("the snap length is the largest one, and 0 when an interface has none")
  func snapLength() throws {
    var builder = PcapngBuilder()
    for length: UInt32 in [100, 65_535, 96] { builder.addInterface(snapLength: length) }
    #expect(try read(builder).metadata.facts.snapLength == 65_535)
    builder.addInterface(snapLength: 0)
    builder.addInterface(snapLength: 96)
    #expect(try read(builder).metadata.facts.snapLength == 0)
  }

  @Test("blocks longer than the buffer are read, up to the limit")
  func longBlocks() throws {
    let long = [UInt8](repeating: 7, count: 3_000_001)
    var builder = PcapngBuilder()
    builder.addInterface()
    for packet in [packets[0], long, packets[1], long, long, packets[2]] { builder.add(packet) }
    #expect(try read(builder).packets == [packets[0], long, packets[1], long, long, packets[2]])
  }
}
