import Capture
import TestSupport
import Testing

@Suite("Damaged classic files")
struct ClassicDamageTests {
  /// A file of ten packets, with the end of each.
  static func sample(_ variant: SavefileBuilder.Variant = .microseconds, isBigEndian: Bool = false)
    -> (bytes: [UInt8], packets: [(end: Int, bytes: [UInt8])])
  {
    var builder = SavefileBuilder(variant, isBigEndian: isBigEndian),
      packets: [(end: Int, bytes: [UInt8])] = []
    for i in 0..<10 {
      let packet = (0..<UInt8(30 + i)).map { $0 &+ 100 }
      builder.add(packet, seconds: 1_476_975_781 + UInt32(i), fraction: UInt32(i))
      packets.append((builder.bytes.count, packet))
    }
    return (builder.bytes, packets)
  }

  @Test("cut at every length, a file gives all packets before the cut")
  func cuts() throws {
    let (whole, packets) = Self.sample()
    for length in 24...whole.count {
      let file = try CaptureOnDisk(Array(whole[..<length]))
      let read = try ReadCapture(file.path)
      #expect(read.packets == packets.filter { $0.end <= length }.map(\.bytes), "\(length)")
      let end = packets.last { $0.end <= length }?.end ?? 24
      #expect(read.metadata.isTruncated == (end != length), "\(length)")
      #expect(read.metadata.facts.lostBytes == length - end)
    }
  }

  @Test(
    "behind a length that is nonsense reading goes on with the next packet",
    arguments: SavefileBuilder.Variant.allCases, [true, false])
  func lengths(variant: SavefileBuilder.Variant, isBigEndian: Bool) throws {
    let (whole, packets) = Self.sample(variant, isBigEndian: isBigEndian)
    for index in packets.indices.dropLast() {
      let start = index == 0 ? 24 : packets[index - 1].end
      var bytes = whole
      for place in 8..<12 { bytes[start + place] = 0xff }
      let file = try CaptureOnDisk(bytes)
      let read = try ReadCapture(file.path)
      #expect(read.packets == packets.enumerated().filter { $0.offset != index }.map(\.element.bytes))
      let lost = packets[index].end - start
      guard case .skipped(_, CapturePlace(frame: index + 1, offset: start), lost, _)? = read.error else {
        Issue.record("\(index): \(String(describing: read.error))")
        continue
      }
      #expect(read.metadata.facts.lostBytes == lost)
    }
  }

  @Test("a length that reaches past the end hides no packet behind it")
  func longLength() throws {
    let (whole, packets) = Self.sample()
    var bytes = whole
    bytes[packets[2].end + 9] = 0x70
    let file = try CaptureOnDisk(bytes)
    #expect(try ReadCapture(file.path).packets.count == 9)
  }

  @Test("bytes between packets are passed over", arguments: [1, 15, 16, 17, 700_000])
  func insertions(count: Int) throws {
    let (whole, packets) = Self.sample()
    for packet in packets.dropLast(2) {
      let junk = [UInt8](repeating: 0xa5, count: count)
      let file = try CaptureOnDisk(Array(whole[..<packet.end]) + junk + Array(whole[packet.end...]))
      let read = try ReadCapture(file.path)
      #expect(read.packets == packets.map(\.bytes), "\(packet.end)")
      #expect(read.metadata.facts.lostBytes == count)
    }
  }

  @Test("any damage is survived, and packets in front of it are kept", arguments: 0..<8)
  func mutations(seed: UInt64) throws {
    let (whole, packets) = Self.sample()
    var random = SeededRandom(seed: seed)
    for _ in 0..<150 {
      var bytes = whole, first = bytes.count
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 24..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
        first = min(first, place)
      }
      let file = try CaptureOnDisk(bytes)
      let kept = packets.filter { $0.end <= first }.map(\.bytes)
      #expect(try Array(ReadCapture(file.path).packets.prefix(kept.count)) == kept)
    }
  }

  @Test("damage without end is given up after a while, and told")
  func muchDamage() throws {
    var bytes = SavefileBuilder().bytes
    for _ in 0..<400 {
      var builder = SavefileBuilder()
      for _ in 0..<3 { builder.add([1, 2, 3], seconds: 5) }
      bytes += builder.bytes.dropFirst(24) + [UInt8](repeating: 0xff, count: 40)
    }
    let file = try CaptureOnDisk(bytes)
    let read = try ReadCapture(file.path)
    #expect(read.metadata.facts.damageCount == 257)
    #expect(read.packets.count == 3 * 257)
  }

  @Test("a file with many buffers of packets is read on behind damage in any of them")
  func laterBuffers() throws {
    var builder = SavefileBuilder()
    let packet = [UInt8](repeating: 7, count: 1_000)
    for i in 0..<2_000 { builder.add(packet, seconds: UInt32(1_000 + i)) }
    var bytes = builder.bytes
    for index in stride(from: 100, to: 2_000, by: 100) { bytes[24 + index * 1_016 + 11] = 0xff }
    let file = try CaptureOnDisk(bytes)
    let read = try ReadCapture(file.path)
    #expect(read.metadata.facts.damageCount == 19)
    #expect(read.packets.count == 1_981)
  }

  @Test(
    "a second file header is passed over and told, and its link type holds for what follows",
    arguments: SavefileBuilder.Variant.allCases, [true, false])
  func secondHeader(variant: SavefileBuilder.Variant, isBigEndian: Bool) throws {
    let (whole, packets) = Self.sample(variant, isBigEndian: isBigEndian)
    var other = SavefileBuilder(variant, isBigEndian: isBigEndian, linkType: 113)
    other.add([1, 2, 3], seconds: 1_476_975_790)
    let file = try CaptureOnDisk(
      whole + other.bytes + SavefileBuilder(variant, isBigEndian: isBigEndian).bytes)
    let read = try ReadCapture(file.path)
    #expect(read.packets == packets.map(\.bytes) + [[1, 2, 3]])
    #expect(read.numbers == Array(1...11))
    #expect(read.linkTypes == Array(repeating: .ethernet, count: 10) + [.linuxCooked])
    #expect((read.metadata.facts.damageCount, read.metadata.facts.lostBytes) == (2, 48))
    #expect(
      read.error?.sentence.contains(
        "24 bytes from byte \(whole.count) on, where packet 11 should begin, cannot be read (a second file header)"
      )
        == true)
  }

  @Test("a record that only resembles a file header is kept")
  func noHeader() throws {
    var builder = SavefileBuilder()
    builder.add([], seconds: 0xa1b2_c3d4, fraction: 7)
    builder.add([], seconds: 7, fraction: 0x0004_0002)
    let file = try CaptureOnDisk(builder.bytes)
    #expect(try ReadCapture(file.path).packets == [[], []])
  }
}
