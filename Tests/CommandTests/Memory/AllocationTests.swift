import Foundation
import TestSupport
import Testing

/// The hot path allocates nothing: what decoding takes from the heap does not grow with the packets.
@Suite("Allocations") struct AllocationTests {
  /// How many allocations more 40,000 packets may take than 20,000 do: a buffer or two that grows.
  private static let tolerance = 200

  @Test(
    "20,000 packets more cost decode less than 200 allocations",
    .requiresPrograms("valgrind", "strip", for: "allocations of decode"),
    .requiresReleaseCommand("allocations of decode"))
  func decode() throws {
    let folder = try TemporaryFolder()
    // Valgrind of Debian 12 cannot read the debugging information of Swift 6.3 and gives up.
    let command = folder.url.appending(path: "dnsaudit").path()
    let strip = try #require(Environment.program("strip"))
    try #require(try run(strip, ["--strip-debug", "-o", command, Environment.command.path()]).status == 0)
    let counts = try [20_000, 40_000].map { packets in
      let file = try folder.write(traffic(packets: packets), to: "\(packets).pcap").path()
      let outcome = try run(#require(Environment.program("valgrind")), [command, "decode", "-q", file])
      #expect(outcome.text.hasPrefix("\(packets) packets, \(packets) messages, "))
      let match = try #require(outcome.errorText.firstMatch(of: /total heap usage: ([\d,]+) allocs/))
      return try #require(Int(match.1.filter { $0 != "," }))
    }
    #expect(abs(counts[1] - counts[0]) < AllocationTests.tolerance, "\(counts)")
  }

  /// Queries and answers of several types, compressed and not, over IPv4 and IPv6.
  private func traffic(packets: Int) -> Data {
    var savefile = SavefileBuilder()
    let frames = (0..<200).map(frame)
    for index in 0..<packets {
      savefile.add(frames[index % frames.count], seconds: 1, fraction: UInt32(index))
    }
    return Data(savefile.bytes)
  }

  /// One packet: every other one is an answer.
  private func frame(_ index: Int) -> [UInt8] {
    let isAnswer = index % 2 == 1
    var message = MessageBuilder(id: UInt16(index), flags: isAnswer ? 0x8580 : 0x0100)
    message.addQuestion(wire("host\(index / 2).example.org."), .a)
    if isAnswer {
      message.addRecord(pointer(12), .cname, rdata: characterString("www") + pointer(12))
      message.addRecord(pointer(12), .a, rdata: [192, 0, 2, UInt8(index % 256)])
      message.addRecord(pointer(12), .mx, rdata: [0, 10] + pointer(12))
      message.addRecord(wire("text.example."), .txt, in: .additional, rdata: characterString("text \(index)"))
    }
    message.addRecord([0], .opt, .init(rawValue: 1_232), in: .additional, ttl: 0x8000, rdata: [])
    let (source, target): (UInt16, UInt16) = isAnswer ? (53, 40_000) : (40_000, 53)
    let datagram = PacketBuilder.udp(message.bytes, from: source, to: target)
    return PacketBuilder.ethernet(index % 4 < 2 ? PacketBuilder.ipv4(datagram) : PacketBuilder.ipv6(datagram))
  }
}
