import Foundation
import TestSupport
import Testing

/// A small file that inflates to a large one, or says a great deal about itself, is read in bounded memory.
@Suite("Bombs") struct BombTests {
  /// The most that the command may take, in KiB: 128 MiB.
  private static let bound = 131_072

  @Test(
    "256 MiB out of a small compressed file take no more than 128 MiB",
    .requiresPrograms("python3", "gzip", "zstd", "lz4", "xz", for: "memory under bombs"),
    .requiresReleaseCommand("memory under bombs"), arguments: ["gzip", "zstd", "lz4", "xz"])
  func compressed(tool: String) throws {
    let folder = try TemporaryFolder(), path = folder.url.appending(path: "bomb").path()
    var builder = SavefileBuilder()
    for _ in 0..<32 { builder.add([UInt8](repeating: 0, count: 262_128)) }
    let header = try compress(Array(builder.bytes.prefix(24)), tool)
    let packets = try compress(Array(builder.bytes.dropFirst(24)), tool)
    let bytes = header + (0..<32).flatMap { _ in packets }
    try Data(bytes).write(to: URL(filePath: path))
    #expect(bytes.count < 2_000_000)
    #expect(try dnsaudit("decode", "-q", path).text.hasPrefix("1024 packets, "))
    #expect(try measuredPeak(["decode", "-q", path]) <= Self.bound)
  }

  @Test(
    "a pcapng file of interfaces, comments, secrets and long blocks takes no more than 128 MiB",
    .requiresPrograms("python3", for: "memory under bombs"),
    .requiresReleaseCommand("memory under bombs"))
  func pcapng() throws {
    let folder = try TemporaryFolder()
    var builder = PcapngBuilder()
    let comment = [(code: 1 as UInt16, value: [UInt8](repeating: 0x61, count: 60_000))]
    for _ in 0..<200_000 { builder.addInterface(options: [(2, [0x65])]) }
    for _ in 0..<500 { builder.add([1], options: comment) }
    for _ in 0..<8 { builder.addBlock(10, [UInt8](repeating: 0, count: 16_777_204)) }
    // Beginnings of blocks that would end far behind.
    for _ in 0..<200_000 { builder.addRaw([6, 0, 0, 0, 0xf0, 0xff, 0xff, 0]) }
    let file = try folder.write(Data(builder.bytes), to: "bomb.pcapng").path()
    #expect(try measuredPeak(["decode", "-q", file]) <= Self.bound)
  }

  /// What a tool makes of bytes.
  private func compress(_ bytes: [UInt8], _ tool: String) throws -> [UInt8] {
    let outcome = try run(#require(Environment.program(tool)), ["-9", "-c"], input: Data(bytes))
    try #require(outcome.status == 0, "\(outcome.errorText)")
    return Array(outcome.output)
  }
}
