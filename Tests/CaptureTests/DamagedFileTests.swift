import Bytes
import Capture
import Crypto
import Foundation
import Packets
import TestSupport
import Testing

@Suite("Files that are no captures, or damaged ones")
struct DamagedFileTests {
  /// Three packets of 30 bytes: their records begin at 24, 70 and 116.
  static let sound: [UInt8] = {
    var builder = SavefileBuilder()
    for _ in 0..<3 { builder.add([UInt8](repeating: 7, count: 30)) }
    return builder.bytes
  }()

  @Test(
    "a file cut inside a packet says which and where; what was before it is kept", arguments: [71, 86, 115])
  func cut(length: Int) throws {
    let bytes = Array(Self.sound[..<length])
    let file = try CaptureOnDisk(bytes)
    let read = try ReadCapture(file.path)
    #expect(read.packets.count == 1)
    guard case .truncated(file.path, let place, _)? = read.error else {
      Issue.record("unexpected: \(String(describing: read.error))")
      return
    }
    #expect(place == CapturePlace(frame: 2, offset: 70))
    #expect(read.error?.sentence.contains("inside packet 2, which begins at byte 70") == true)
    #expect((read.metadata.isTruncated, read.metadata.facts.lostBytes) == (true, length - 70))
    #expect(read.metadata.sha256 == Digest.hash(.sha256, bytes.span))
    #expect(read.metadata.byteCount == length)
  }

  @Test("a file that ends between two packets is whole", arguments: [24, 70, 116])
  func uncut(length: Int) throws {
    let file = try CaptureOnDisk(Array(Self.sound[..<length]))
    let read = try ReadCapture(file.path)
    #expect(read.error == nil)
    #expect(!read.metadata.isTruncated)
    #expect(read.packets.count == (length - 24) / 46)
  }

  @Test("an empty file, a directory and a name without a file are told apart")
  func noFile() throws {
    let empty = try CaptureOnDisk([])
    let path = empty.path
    #expect(throws: CaptureError.isEmpty(path: path)) { try ReadCapture(path) }
    let folder = URL(filePath: path).deletingLastPathComponent().path()
    #expect(throws: CaptureError.noCaptures(path: folder)) { try ReadCapture(folder) }
    #expect(throws: CaptureError.notFound(path: path + ".not")) { try ReadCapture(path + ".not") }
  }

  @Test(
    "a file that is no capture says what it seems to be",
    arguments: [
      (Array("hello, world".utf8), "neither the magic number"), (Array("BZh91AY".utf8), "bzip2"),
      (Array("snoop\0\0\0".utf8), "snoop"), ([0x50, 0x4b, 3, 4, 0], "zip"),
      ([0x1f, 0x8b, 8, 0], "its gzip data end early"),
      ([0x28, 0xb5, 0x2f, 0xfd, 0], "its zstd data end early"),
      ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "its xz data end early"),
      ([0x04, 0x22, 0x4d, 0x18], "its lz4 data end early"),
      ([1, 2, 3], "only 3 bytes"),
      (Array(sound[..<20]), "cut short inside the file header"),
    ] as [([UInt8], String)])
  func notACapture(bytes: [UInt8], words: String) throws {
    let file = try CaptureOnDisk(bytes)
    let error = try #require(throws: CaptureError.self) { try ReadCapture(file.path) }
    guard case .notACapture = error else {
      Issue.record("unexpected: \(error)")
      return
    }
    #expect(error.sentence.contains(words))
  }

  @Test("a file that the system cannot read is refused with the system's words")
  func readError() throws {
    // The kernel does not give away what is mapped at address 0.
    let error = try #require(throws: CaptureError.self) { try ReadCapture("/proc/self/mem") }
    #expect(error == .notACapture(path: "/proc/self/mem", reason: "Input/output error"))
  }

  @Test("a link type that is not read is named")
  func unknownLinkType() throws {
    let file = try CaptureOnDisk(SavefileBuilder(linkType: 195).bytes)
    let error = try #require(throws: CaptureError.self) { try ReadCapture(file.path) }
    #expect(error == .unknownLinkTypes(path: file.path, linkTypes: [LinkType(rawValue: 195)]))
    #expect(error.sentence.contains("IEEE802_15_4 (195)"))
  }

  @Test("a file that may not be read is refused as such")
  func permission() async {
    await #expect(processExitsWith: .success) {
      let file = try CaptureOnDisk(SavefileBuilder().bytes)
      unsafe chmod(file.path, 0)
      try Privileges.drop()
      #expect(throws: CaptureError.noPermission(path: file.path)) { try ReadCapture(file.path) }
    }
  }

  @Test("names with control characters are shown, not sent to the terminal")
  func printableNames() throws {
    let error = try #require(throws: CaptureError.self) {
      try ReadCapture("/no/\u{1b}[31m\u{202e}\n\u{7f}name")
    }
    #expect(error.sentence == "/no/\\u{1b}[31m\\u{202e}\\u{a}\\u{7f}name: there is no such file")
  }

  @Test("every kind of error has a sentence that names its file or interface")
  func sentences() {
    let place = CapturePlace(frame: 3, offset: 99)
    let errors: [CaptureError] = [
      .notFound(path: "x"), .noPermission(path: "x"), .noCaptures(path: "x"), .isEmpty(path: "x"),
      .notACapture(path: "x", reason: "r"), .unknownLinkTypes(path: "x", linkTypes: [.rawIP]),
      .skipped(path: "x", place: place, lost: 7, detail: "d"),
      .truncated(path: "x", place: place, detail: "d"), .damaged(path: "x", place: place, detail: "d"),
      .readFailed(path: "x", place: place, detail: "d"), .badFilter(expression: "x", detail: "d"),
      .noSuchInterface(name: "x", detail: "d"), .captureNotPermitted(name: "x", detail: "d"),
      .captureFailed(name: "x", detail: "d"),
    ]
    #expect(errors.allSatisfy { $0.sentence.contains("x") })
    #expect(Set(errors.map(\.sentence)).count == errors.count)
    #expect(CaptureError.isEmpty(path: "-").sentence.hasPrefix("standard input"))
  }
}
