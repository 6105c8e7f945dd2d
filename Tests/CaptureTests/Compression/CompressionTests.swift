import Crypto
import Foundation
import TestSupport
import Testing

@testable import Capture

@Suite("Compressed captures")
struct CompressionTests {
  /// The tools, by what they make.
  static let tools: [Compression] = [.gzip, .zstd, .lz4, .xz]

  /// What a tool makes of bytes.
  static func compress(_ bytes: [UInt8], _ tool: Compression, _ options: String...) throws -> [UInt8] {
    let program = try #require(Environment.program(tool.rawValue))
    let outcome = try run(program, options + ["-c"], input: Data(bytes))
    try #require(outcome.status == 0, "\(outcome.errorText)")
    return Array(outcome.output)
  }

  /// A capture of either container.
  static func capture(isPcapng: Bool, count: Int = 50) -> [UInt8] {
    var random = SeededRandom(seed: 1)
    let packets = (0..<count).map { i in
      (0..<40 + i % 100).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    var classic = SavefileBuilder(), pcapng = PcapngBuilder()
    pcapng.addInterface()
    for (i, packet) in packets.enumerated() {
      classic.add(packet, seconds: UInt32(i))
      pcapng.add(packet, time: UInt64(i) * 1_000_000_000)
    }
    return isPcapng ? pcapng.bytes : classic.bytes
  }

  /// Reads bytes as a file whose name tells nothing.
  func read(_ bytes: [UInt8]) throws -> ReadCapture {
    let file = try CaptureOnDisk(bytes, name: "file")
    return try ReadCapture(file.path)
  }

  @Test(
    "each compression of each container gives the same packets; size and digest are those of the file as stored",
    .requiresPrograms("gzip", "zstd", "lz4", "xz", for: "compressed captures"), arguments: tools,
    [true, false])
  func same(tool: Compression, isPcapng: Bool) throws {
    let plain = Self.capture(isPcapng: isPcapng, count: 20_000), stored = try Self.compress(plain, tool)
    let read = try read(stored), expected = try self.read(plain)
    #expect(read.packets == expected.packets)
    #expect(read.times == expected.times)
    #expect(read.metadata.formatName == (isPcapng ? "pcapng+" : "pcap+") + tool.rawValue)
    #expect(read.metadata.byteCount == stored.count)
    #expect(read.metadata.sha256 == Digest.hash(.sha256, stored.span))
    #expect(!read.metadata.isTruncated)
  }

  @Test(
    "members, frames and streams may follow one another, and one compression may hold another",
    .requiresPrograms("gzip", "zstd", "lz4", "xz", for: "compressed captures"), arguments: tools)
  func several(tool: Compression) throws {
    let plain = Self.capture(isPcapng: false), expected = try read(plain).packets
    let parts = try Self.compress(Array(plain[..<1_000]), tool) + Self.compress(Array(plain[1_000...]), tool)
    #expect(try read(parts).packets == expected)
    let twice = try Self.compress(Self.compress(plain, tool), .gzip)
    #expect(try read(twice).packets == expected)
    #expect(try read(twice).metadata.formatName == "pcap+\(tool)+gzip")
    let thrice = try Self.compress(twice, tool)
    let error = try #require(throws: CaptureError.self) { try read(thrice) }
    #expect(error.sentence.contains("compressed more than 2 times"))
  }

  @Test(
    "skippable frames of zstd and lz4 are skipped, also in front",
    .requiresPrograms("zstd", "lz4", for: "compressed captures"), arguments: [Compression.zstd, .lz4],
    [4, 500])
  func skippable(tool: Compression, size: Int) throws {
    let plain = Self.capture(isPcapng: false)
    let frame = [0x50, 0x2a, 0x4d, 0x18, UInt8(size & 0xff), UInt8(size >> 8), 0, 0]
    let skipped = frame + [UInt8](repeating: 1, count: size)
    let data = try Self.compress(plain, tool)
    #expect(try read(data + skipped).packets == read(plain).packets)
    // A long one in front hides what follows it; then it is zstd that is meant.
    guard tool == .zstd || size < 20 else { return }
    #expect(try read(skipped + data).packets == read(plain).packets)
  }

  @Test("zeros behind gzip are padding, anything else is told", .requiresPrograms("gzip", for: "gzip"))
  func padding() throws {
    let plain = Self.capture(isPcapng: false), data = try Self.compress(plain, .gzip)
    #expect(try !read(data + [UInt8](repeating: 0, count: 500)).metadata.isTruncated)
    let read = try read(data + Array("junk".utf8))
    #expect(read.packets.count == 50)
    #expect(read.error?.sentence.contains("something else follows them") == true)
  }

  @Test(
    "cut at any length, compressed data give what could be inflated, and say so",
    .requiresPrograms("gzip", "zstd", "lz4", "xz", for: "compressed captures"), arguments: tools,
    [true, false])
  func cuts(tool: Compression, isPcapng: Bool) throws {
    let plain = Self.capture(isPcapng: isPcapng, count: 3_000), expected = try read(plain).packets
    // A block of lz4 or zstd is lost as a whole: small ones, and many.
    let data = try Self.compress(plain, tool, tool == .lz4 ? "-B4" : "-3")
    var most = 0
    for length in stride(from: 1, to: data.count, by: data.count / 40) {
      do {
        let read = try read(Array(data[..<length]))
        #expect(read.packets == Array(expected.prefix(read.packets.count)))
        #expect(read.metadata.isTruncated)
        #expect(read.error?.sentence.contains("data end early") == true)
        most = max(most, read.packets.count)
      } catch let error as CaptureError {
        guard case .notACapture = error else {
          Issue.record("\(length): \(error)")
          continue
        }
      }
    }
    #expect(most > 1_000)
  }

  @Test(
    "damaged compressed data give what was before the damage",
    .requiresPrograms("gzip", "zstd", "lz4", "xz", for: "compressed captures"), arguments: tools)
  func damage(tool: Compression) throws {
    let plain = Self.capture(isPcapng: false, count: 12_000), expected = try read(plain).packets
    var data = try Self.compress(plain, tool)
    for i in 0..<64 { data[data.count * 3 / 4 + i] ^= 0x5a }
    let read = try read(data)
    #expect(read.metadata.isTruncated)
    let sound = zip(read.packets, expected).prefix { $0 == $1 }.count
    #expect(sound > 5_000, "\(sound) of \(read.packets.count)")
  }

  @Test(
    "what asks for too much memory is refused with the reason",
    .requiresPrograms("zstd", "xz", for: "compressed captures"))
  func memory() throws {
    let plain = Self.capture(isPcapng: false)
    let wide = try Self.compress(plain, .xz, "--lzma2=dict=512MiB")
    let error = try #require(throws: CaptureError.self) { try read(wide) }
    #expect(error.sentence.contains("more than 128 MiB of memory"))
    // A frame header without content size and with a window of 2^31 bytes (RFC 8878 §3.1.1.1).
    let window: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x01, 0x00, 0x00]
    let refused = try #require(throws: CaptureError.self) { try read(window) }
    #expect(refused.sentence.contains("memory"))
  }

  @Test("what inflates to nothing is no capture", .requiresPrograms("gzip", for: "gzip"))
  func empty() throws {
    let data = try Self.compress([], .gzip)
    let error = try #require(throws: CaptureError.self) { try read(data) }
    #expect(error.sentence.contains("its gzip data hold nothing"))
  }
}
