import Bytes
import Capture
import Crypto
import Foundation
import Packets
import TestSupport
import Testing

@Suite("Capture files")
struct CaptureFileTests {
  /// Packets of different lengths.
  let packets: [[UInt8]] = (0..<5).map { i in (0..<40 + i * 7).map { UInt8(truncatingIfNeeded: $0 * i) } }

  @Test(
    "classic files of all byte orders and resolutions are read", arguments: SavefileBuilder.Variant.allCases,
    [true, false])
  func classic(variant: SavefileBuilder.Variant, isBigEndian: Bool) throws {
    var builder = SavefileBuilder(variant, isBigEndian: isBigEndian, snapLength: 4_096)
    for (i, packet) in packets.enumerated() {
      builder.add(
        packet, seconds: 1_476_975_781 + UInt32(i), fraction: 999_999, originalLength: packet.count + i)
    }
    let file = try CaptureOnDisk(builder.bytes)
    let read = try ReadCapture(file.path)
    let fraction: Int64 = variant == .nanoseconds ? 999_999 : 999_999_000
    #expect(read.packets == packets)
    #expect(read.numbers == [1, 2, 3, 4, 5])
    #expect(read.times == (0..<5).map { 1_476_975_781_000_000_000 + $0 * 1_000_000_000 + fraction })
    #expect(read.originalLengths == packets.enumerated().map { $1.count + $0 })
    #expect(read.error == nil)
    #expect(read.metadata.facts.snapLength == 4_096)
    #expect((read.metadata.format, read.metadata.facts.linkTypes) == (.pcap, [.ethernet]))
    #expect((read.metadata.packets, read.metadata.cutPackets, read.metadata.isTruncated) == (5, 4, false))
    #expect(read.metadata.firstTime?.nanoseconds == read.times.first)
    #expect(read.metadata.lastTime?.nanoseconds == read.times.last)
    #expect(read.metadata.byteCount == builder.bytes.count)
  }

  @Test("the seconds of classic files are unsigned and reach 2106", arguments: [true, false])
  func afterSignedTime(isBigEndian: Bool) throws {
    let seconds: [UInt32] = [0x7fff_ffff, 0x8000_0000, 0xffff_ffff]
    var builder = SavefileBuilder(isBigEndian: isBigEndian)
    for second in seconds { builder.add(packets[1], seconds: second, fraction: 1) }
    let file = try CaptureOnDisk(builder.bytes)
    #expect(try ReadCapture(file.path).times == seconds.map { Int64($0) * 1_000_000_000 + 1_000 })
  }

  @Test("a fraction of more than a second adds whole seconds, and no fraction ends the reading")
  func longFraction() throws {
    var builder = SavefileBuilder()
    for fraction: UInt32 in [1_000_000, 5_000_001, 0x7fff_ffff, 0x8000_0000, .max] {
      builder.add(packets[1], seconds: .max, fraction: fraction)
    }
    let file = try CaptureOnDisk(builder.bytes)
    let read = try ReadCapture(file.path)
    #expect(read.packets.count == 5 && read.error == nil)
    #expect(read.times.prefix(2) == [4_294_967_296_000_000_000, 4_294_967_300_000_001_000])
  }

  @Test("pcapng files of both byte orders are read", arguments: [true, false])
  func pcapng(isBigEndian: Bool) throws {
    var builder = PcapngBuilder(isBigEndian: isBigEndian)
    builder.addInterface(linkType: 113, resolution: 6)
    for packet in packets { builder.add(packet, time: 1_476_975_781_123_456) }
    let file = try CaptureOnDisk(builder.bytes)
    let read = try ReadCapture(file.path)
    #expect(read.packets == packets)
    #expect(read.times == Array(repeating: 1_476_975_781_123_456_000, count: 5))
    #expect((read.metadata.format, read.metadata.facts.linkTypes) == (.pcapng, [.linuxCooked]))
    #expect(read.metadata.byteCount == builder.bytes.count)
  }

  @Test("the digest is that of the whole file, and is left out when not wanted")
  func digest() throws {
    var builder = SavefileBuilder()
    for packet in packets { builder.add(packet) }
    let file = try CaptureOnDisk(builder.bytes)
    #expect(try ReadCapture(file.path).metadata.sha256 == Digest.hash(.sha256, builder.bytes.span))
    #expect(try ReadCapture(file.path, hash: false).metadata.sha256 == nil)
  }

  @Test("the digest covers what was not read as well")
  func digestOfTheRest() throws {
    var builder = SavefileBuilder()
    for _ in 0..<20_000 { builder.add(packets[4]) }
    let bytes = builder.bytes + [1, 2, 3]
    let onDisk = try CaptureOnDisk(bytes)
    let metadata = try ReadCapture(onDisk.path, count: 1).metadata
    #expect(metadata.sha256 == Digest.hash(.sha256, bytes.span))
    #expect((metadata.byteCount, metadata.packets) == (bytes.count, 1))
  }

  @Test("packets older than the one in front of them are counted")
  func timeReversals() throws {
    var builder = SavefileBuilder()
    for second: UInt32 in [5, 6, 4, 4, 3, 9] { builder.add(packets[0], seconds: second) }
    let file = try CaptureOnDisk(builder.bytes)
    let metadata = try ReadCapture(file.path).metadata
    #expect(metadata.timeReversals == 2)
    #expect((metadata.firstTime?.seconds, metadata.lastTime?.seconds) == (5, 9))
  }

  @Test("packets longer than the snap length that the file names are whole")
  func shortSnapLength() throws {
    var builder = SavefileBuilder(snapLength: 20)
    for packet in packets { builder.add(packet) }
    let file = try CaptureOnDisk(builder.bytes)
    let read = try ReadCapture(file.path)
    #expect(read.packets == packets)
    #expect((read.metadata.facts.snapLength, read.metadata.cutPackets) == (20, 0))
  }

  @Test("the upper bits of the link type say something else")
  func frameCheckSequence() throws {
    // pcap-savefile(5): 4 bytes of FCS, and that this is said.
    var builder = SavefileBuilder(linkType: 0x2400_0001)
    builder.add(packets[0])
    let file = try CaptureOnDisk(builder.bytes)
    #expect(try ReadCapture(file.path).linkTypes == [.ethernet])
  }

  @Test("a capture without packets has no times")
  func withoutPackets() throws {
    let file = try CaptureOnDisk(SavefileBuilder().bytes)
    let read = try ReadCapture(file.path)
    #expect(read.error == nil)
    #expect(read.metadata.packets == 0)
    #expect(read.metadata.firstTime == nil)
  }

  @Test("standard input is read like a file, and hashed")
  func standardInput() async {
    await #expect(processExitsWith: .success) {
      var builder = SavefileBuilder()
      for i in 0..<3_000 { builder.add([UInt8](repeating: 1, count: i % 1_000)) }
      let file = try CaptureOnDisk(builder.bytes)
      let descriptor = unsafe open(file.path, O_RDONLY)
      try #require(dup2(descriptor, STDIN_FILENO) == STDIN_FILENO)
      let read = try ReadCapture("-")
      #expect(read.packets.count == 3_000)
      #expect(read.metadata.sha256 == Digest.hash(.sha256, builder.bytes.span))
      #expect(read.metadata.path == "-")
    }
  }
}
