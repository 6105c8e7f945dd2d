import Bytes
import DNSWire
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Audit

@Suite("A storage in a file without a name")
struct TemporaryFileTests {
  /// Octets that differ from place to place.
  private func octets(_ count: Int, _ seed: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ seed) }
  }

  /// Has a storage keep octets.
  private func store(_ octets: [UInt8], in file: TemporaryFile?) -> StoredBlock? { file?.store(octets.span) }

  /// Whether a block holds octets.
  private func holds(_ block: StoredBlock?, _ octets: [UInt8]) -> Bool {
    guard let block else { return false }
    return unsafe block.octets.elementsEqual(octets)
  }

  @Test("gives back what it got, also after its memory was given back, and when the storage itself is gone")
  func blocks() {
    var file: TemporaryFile? = TemporaryFile()
    let all = [1, 65_536, 65_537, 1 << 20].map { octets($0, $0) }
    let blocks = all.map { store($0, in: file) }
    for (block, octets) in zip(blocks, all) { #expect(holds(block, octets)) }
    for block in blocks { block?.letGo() }
    file = nil
    for (block, octets) in zip(blocks, all) { #expect(holds(block, octets)) }
  }

  @Test("leaves nothing in the folder")
  func folder() throws {
    let folder = try TemporaryFolder()
    let file = TemporaryFile(folder: folder.url.path)
    let block = store([1, 2, 3], in: file)
    #expect(holds(block, [1, 2, 3]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    #expect(store([], in: file) == nil)
  }

  /// The file of a storage in a folder: its descriptor, found among all that this process has.
  private static func descriptor(in folder: String) throws -> Int32? {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }.first {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?
        .hasPrefix(folder + "/dnsaudit-") ?? false
    }
  }

  @Test("has a file that only this user can open and that no other program gets")
  func descriptor() throws {
    let folder = try TemporaryFolder(), path = folder.url.resolvingSymlinksInPath().path
    let file = TemporaryFile(folder: path)
    #expect(try Self.descriptor(in: path) == nil)
    let block = store([1], in: file), descriptor = try #require(try Self.descriptor(in: path))
    var about = stat()
    let status = unsafe fstat(descriptor, &about)
    #expect(holds(block, [1]) && status == 0)
    #expect(about.st_mode & 0o777 == 0o600 && about.st_nlink == 0)
    #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC == FD_CLOEXEC)
  }

  @Test("refuses a block that there is no room for before it writes any of it, and keeps those before")
  func full() async {
    await #expect(processExitsWith: .success) {
      let suite = TemporaryFileTests()
      let folder = try TemporaryFolder(), path = folder.url.resolvingSymlinksInPath().path
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 300_000, rlim_max: 300_000)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let file = TemporaryFile(folder: path), octets = suite.octets(200_000, 1)
      let block = suite.store(octets, in: file)
      #expect(suite.holds(block, octets))
      #expect(suite.store(octets, in: file) == nil && suite.store([1], in: file) == nil)
      var about = stat()
      let descriptor = try #require(try TemporaryFileTests.descriptor(in: path))
      #expect(unsafe fstat(descriptor, &about) == 0 && about.st_size == 200_000)
      block?.letGo()
      #expect(suite.holds(block, octets))
    }
  }

  @Test("keeps nothing where no file can be made")
  func refusal() {
    let file = TemporaryFile(folder: "/nowhere")
    #expect(store([1], in: file) == nil && store([1], in: file) == nil)
  }
}
