import Bytes
import DNSWire
import Foundation
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

  @Test("keeps nothing where no file can be made")
  func refusal() {
    let file = TemporaryFile(folder: "/nowhere")
    #expect(store([1], in: file) == nil && store([1], in: file) == nil)
  }
}
