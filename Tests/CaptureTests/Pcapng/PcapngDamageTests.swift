import Capture
import Foundation
import TestSupport
import Testing

@Suite("Damaged pcapng files")
struct PcapngDamageTests {
  /// A file with both byte orders, with where its blocks begin and what packets they hold.
  struct Sample {
    var builder = PcapngBuilder(comment: "sample")
    var starts: [Int] = [0], packets: [(end: Int, bytes: [UInt8])] = []

    init() {
      for isBigEndian in [false, true] {
        if isBigEndian { add { $0.addSection(isBigEndian: true) } }
        add { $0.addInterface(options: [(2, Array("eth0".utf8))]) }
        for i in 0..<3 {
          let packet = (0..<UInt8(21 + i)).map { $0 + (isBigEndian ? 150 : 100) }
          add { $0.add(packet, time: 5, options: i == 1 ? [(1, [0x61])] : []) }
          packets.append((builder.bytes.count, packet))
        }
        add { $0.addStatistics(lost: 1, lostBySystem: 2) }
      }
    }

    private mutating func add(_ body: (inout PcapngBuilder) -> Void) {
      starts.append(builder.bytes.count)
      body(&builder)
    }
  }

  @Test("cut at every length, a file gives all packets before the cut and says where it ends")
  func cuts() throws {
    let sample = Sample(), whole = sample.builder.bytes
    for length in 12...whole.count {
      let file = try CaptureOnDisk(Array(whole[..<length]))
      let read = try ReadCapture(file.path)
      #expect(read.packets == sample.packets.filter { $0.end <= length }.map(\.bytes), "\(length)")
      let isWhole = length == whole.count || sample.starts.contains(length)
      #expect(read.metadata.isTruncated == !isWhole, "\(length)")
      guard !isWhole else { continue }
      guard case .truncated(_, let place, _)? = read.error else {
        Issue.record("\(length): \(String(describing: read.error))")
        continue
      }
      #expect(place.offset == sample.starts.last { $0 < length }, "\(length)")
      #expect(read.metadata.facts.lostBytes == length - place.offset)
    }
  }

  @Test("a damaged length costs that block, and an interface's description its packets", arguments: 0...3)
  func lengths(byte: Int) throws {
    let sample = Sample(), whole = sample.builder.bytes, all = Array(0..<6)
    // By block: header, interface, three packets and statistics of each section.
    let kept =
      [all, [3, 4, 5], [1, 2, 3, 4, 5], [0, 2, 3, 4, 5], [0, 1, 3, 4, 5], all]
      + [all, [0, 1, 2], [0, 1, 2, 4, 5], [0, 1, 2, 3, 5], [0, 1, 2, 3, 4], all]
    for (index, start) in sample.starts.enumerated() {
      let end = index + 1 < sample.starts.count ? sample.starts[index + 1] : whole.count
      for place in [start + 4 + byte, end - 4 + byte] {
        var damaged = whole
        damaged[place] ^= 0xff
        let file = try CaptureOnDisk(damaged)
        let read = try ReadCapture(file.path)
        #expect(read.metadata.isTruncated, "\(place)")
        // The length at its end is not missed where another block or nothing follows.
        let expected = place >= end - 4 ? all : kept[index]
        #expect(read.packets == expected.map { sample.packets[$0].bytes }, "\(place)")
      }
    }
  }

  @Test(
    "bytes put between blocks are passed over, and told with place and number", arguments: [1, 4, 7, 300_000])
  func insertions(count: Int) throws {
    let sample = Sample(), whole = sample.builder.bytes
    for start in sample.starts.dropFirst() {
      let junk = [UInt8](repeating: 0xa5, count: count)
      let file = try CaptureOnDisk(Array(whole[..<start]) + junk + Array(whole[start...]))
      let read = try ReadCapture(file.path)
      #expect(read.packets == sample.packets.map(\.bytes), "\(start)")
      guard case .skipped(_, let place, count, _)? = read.error else {
        Issue.record("\(start): \(String(describing: read.error))")
        continue
      }
      #expect(place.offset == start)
      #expect(read.metadata.facts.lostBytes == count)
      #expect(read.error?.sentence.contains("\(count) bytes from byte \(start) on") == true)
    }
  }

  @Test("any damage is survived, and packets in front of it are kept", arguments: 0..<8)
  func mutations(seed: UInt64) throws {
    let sample = Sample(), whole = sample.builder.bytes
    var random = SeededRandom(seed: seed)
    for _ in 0..<150 {
      var bytes = whole, first = bytes.count
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 28..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
        first = min(first, place)
      }
      let file = try CaptureOnDisk(bytes)
      let kept = sample.packets.filter { $0.end <= first }.map(\.bytes)
      #expect(try Array(ReadCapture(file.path).packets.prefix(kept.count)) == kept)
    }
  }

  @Test("a packet of an interface that nothing describes is left out and told")
  func unknownInterface() throws {
    var builder = PcapngBuilder()
    builder.addInterface()
    builder.add([1], interface: 0)
    builder.add([2], interface: 1)
    builder.add([3], interface: 0)
    let file = try CaptureOnDisk(builder.bytes)
    let read = try ReadCapture(file.path)
    #expect((read.packets, read.numbers) == ([[1], [3]], [1, 3]))
    #expect(read.error?.sentence.contains("of interface 1, which nothing describes") == true)
  }

  @Test("many damages are counted, and the first ones told")
  func manyDamages() throws {
    var builder = PcapngBuilder()
    builder.addInterface()
    for _ in 0..<100 { builder.add([2], interface: 1) }
    let file = try CaptureOnDisk(builder.bytes)
    let facts = try ReadCapture(file.path).metadata.facts
    #expect((facts.damageCount, facts.damages.count) == (100, 16))
    #expect(facts.damageSentences.last?.hasSuffix("84 places more cannot be read") == true)
  }

  @Test("behind a description that is too short, interfaces keep their numbers")
  func shortDescription() throws {
    var builder = PcapngBuilder()
    builder.addBlock(1, [1, 0, 0, 0])
    builder.addInterface(linkType: 113)
    builder.addInterface(linkType: 101)
    for interface in 0...2 { builder.add([UInt8(interface)], interface: UInt32(interface)) }
    let file = try CaptureOnDisk(builder.bytes)
    let read = try ReadCapture(file.path)
    #expect(read.packets == [[0], [1], [2]])
    #expect(read.linkTypes.map(\.rawValue) == [-1, 113, 101])
    #expect(read.metadata.facts.undecodedPackets == 1)
    #expect(read.metadata.facts.linkTypes == [.linuxCooked, .rawIPInFiles])
    #expect(
      read.error?.sentence.contains("where an interface's description should begin, cannot be read") == true)
  }

  @Test("an interface's description that ends with a wrong length counts")
  func wrongTrailer() throws {
    var builder = PcapngBuilder()
    builder.addInterface(linkType: 1, resolution: nil)
    var bytes = builder.bytes
    bytes[bytes.count - 4] ^= 1
    let start = bytes.count
    builder.addInterface(linkType: 113)
    builder.add([7], interface: 1)
    let file = try CaptureOnDisk(bytes + builder.bytes[start...])
    let read = try ReadCapture(file.path)
    #expect(read.linkTypes == [.linuxCooked])
    #expect(
      read.error?.sentence.contains(
        "4 bytes from byte \(start - 4) on, where the last length of an interface's description should begin")
        == true)
  }

  @Test(
    "damage that may have cost an interface says so, when others follow in the section", arguments: [19, 20])
  func uncertainNumbers(lost: Int) throws {
    for follows in [true, false] {
      var builder = PcapngBuilder()
      builder.addRaw([UInt8](repeating: 0xa5, count: lost))
      if !follows { builder.addSection(isBigEndian: false) }
      builder.addInterface()
      builder.addInterface()
      let file = try CaptureOnDisk(builder.bytes)
      let facts = try ReadCapture(file.path).metadata.facts
      #expect(facts.damageSentences.count == 1)
      let isUncertain = facts.damageSentences[0].contains(
        "interfaces that the section describes behind it may have other numbers")
      #expect(isUncertain == (follows && lost >= 20))
    }
  }

  @Test("where the limit of interfaces is why one is missing, it is named")
  func interfaceLimit() throws {
    var builder = PcapngBuilder()
    for _ in 0..<65_537 { builder.addInterface(resolution: nil) }
    for interface: UInt32 in 65_535...65_537 { builder.add([1], interface: interface) }
    let file = try CaptureOnDisk(builder.bytes)
    let read = try ReadCapture(file.path)
    #expect(read.packets.count == 1)
    let sentences = read.metadata.facts.damageSentences
    #expect(sentences.count == 2)
    #expect(sentences[0].contains("of interface 65536, and only the first 65536 of a section are kept"))
    #expect(sentences[1].contains("of interface 65537, which nothing describes"))
  }

  @Test(
    "candidates for blocks that reach past the end cost no call of the system each", .timeLimit(.minutes(1)))
  func candidatesAtTheEnd() async {
    await #expect(processExitsWith: .success) {
      var builder = PcapngBuilder()
      for _ in 0..<5_000 {
        builder.addRaw(builder.number(6 as UInt32) + builder.number(1_000_000 as UInt32))
      }
      let file = try CaptureOnDisk(builder.bytes)
      let calls = {
        let lines = try String(contentsOfFile: "/proc/self/io", encoding: .utf8).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("syscr: ") })
        return try #require(Int(line.dropFirst(7)))
      }
      let before = try calls()
      let facts = try ReadCapture(file.path).metadata.facts
      #expect(try calls() - before < 100)
      #expect(facts.lostBytes == 40_000)
    }
  }
}
