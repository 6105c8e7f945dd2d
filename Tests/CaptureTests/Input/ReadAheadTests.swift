import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Capture

@Suite("Sources that another core reads ahead")
struct ReadAheadTests {
  @Test("bytes come as the source gives them, however many are asked for at once", arguments: 1...6)
  func same(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 0...4_000_000, using: &random)
    let source = CountingSource(count, seed: seed), reader = ReadAhead(source)
    #expect(bytes(of: reader, seed: seed) == source.expected)
    #expect(reader.fault == nil)
    // Whoever asks again gets nothing, and does not wait.
    #expect(bytes(of: reader, seed: seed).isEmpty)
  }

  @Test("no more is read than there is room for, and nothing before somebody asks")
  func bounded() async throws {
    let source = CountingSource(64 * ReadAhead.chunkSize, seed: 3), reader = ReadAhead(source)
    var bytes = [UInt8](repeating: 0, count: 10)
    try await Task.sleep(for: .milliseconds(20))
    #expect(source.given.withLock { $0 } == 0)
    _ = take(from: reader, &bytes)
    try await Task.sleep(for: .milliseconds(50))
    let given = source.given.withLock { $0 }
    #expect(given > bytes.count && given <= (ReadAhead.depth + 1) * ReadAhead.chunkSize)
  }

  @Test("why a source ends early is told with its last byte, not before")
  func fault() async throws {
    let fault = SourceFault(kind: .cut, text: "it ends early")
    let source = CountingSource(100_000, seed: 5, fault: fault), reader = ReadAhead(source)
    var bytes = [UInt8](repeating: 0, count: 1_000), taken = 0
    while taken < source.count {
      #expect(reader.fault == nil)
      taken += take(from: reader, &bytes)
      // The other thread is at the end long before this one.
      if taken == 1_000 { try await Task.sleep(for: .milliseconds(20)) }
    }
    #expect(take(from: reader, &bytes) == 0)
    #expect(reader.fault == fault)
  }

  @Test("a source that cannot be read at all says so at once")
  func faultAtOnce() {
    let fault = SourceFault(kind: .system, text: "no"),
      reader = ReadAhead(CountingSource(0, seed: 1, fault: fault))
    #expect(bytes(of: reader, seed: 1).isEmpty)
    #expect(reader.fault == fault)
  }

  @Test("what is stopped leaves its source to others, which find the rest there", arguments: [0, 1, 2, 900])
  func stopped(reads: Int) {
    let source = CountingSource(8 * ReadAhead.chunkSize, seed: 9), reader = ReadAhead(source)
    var bytes = [UInt8](repeating: 0, count: 1_500)
    for _ in 0..<reads { _ = take(from: reader, &bytes) }
    reader.stop()
    let given = source.given.withLock { $0 }
    var rest: [UInt8] = []
    while case let count = take(from: source, &bytes), count > 0 {
      rest += bytes[..<count]
    }
    #expect(rest == Array(source.expected[given...]))
    #expect(take(from: reader, &bytes) == 0 && reader.fault == nil)
  }

  @Test(
    "a regular file with work to be done is read ahead, and no pipe is, which would keep a thread waiting")
  func kinds() throws {
    let plain = CompressionTests.capture(isPcapng: false), file = try CaptureOnDisk(plain, name: "file")
    for (hash, mode, isAhead) in [
      (true, ReadingMode.ahead, true), (false, .ahead, false), (false, .parallel, true),
      (true, .inline, false),
    ] {
      #expect(try CaptureInput(path: file.path, hash: hash, mode).isAhead == isAhead)
    }
    let folder = try TemporaryFolder(), path = folder.url.appending(path: "pipe").path()
    try #require(unsafe mkfifo(path, 0o600) == 0)
    Thread { try? FileHandle(forWritingAtPath: path)?.write(contentsOf: Data(plain)) }.start()
    #expect(try !CaptureInput(path: path, hash: true, .parallel).isAhead)
  }

  @Test(
    "a file gives the same packets, size and digest on one core and on several, compressed once and twice",
    .requiresPrograms("gzip", "zstd", "lz4", "xz", for: "compressed captures"), arguments: [2, 8])
  func files(workers: Int) throws {
    let plain = CompressionTests.capture(isPcapng: true, count: 20_000)
    let twice = try CompressionTests.compress(CompressionTests.compress(plain, .zstd), .gzip)
    let files =
      try [plain, twice, Array(twice.dropLast(99)), Array(plain.dropLast(7))]
      + CompressionTests.tools.map { try CompressionTests.compress(plain, $0) }
    for bytes in files {
      let file = try CaptureOnDisk(bytes, name: "file")
      let one = try ReadCapture(file.path), more = try ReadCapture(file.path, workers: workers)
      #expect(one.packets.count > 10_000 && more.packets == one.packets && more.times == one.times)
      #expect("\(more.metadata)" == "\(one.metadata)")
      // What is left behind a limit belongs to size and digest, too.
      let few = try ReadCapture(file.path, count: 3, workers: workers)
      #expect(few.packets.count == 3 && few.metadata.sha256 == one.metadata.sha256)
    }
  }

  /// Takes bytes of a source into the beginning of an array; answers how many came.
  private func take(from source: some ByteSource, _ bytes: inout [UInt8], most: Int = .max) -> Int {
    unsafe bytes.withUnsafeMutableBytes {
      unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<min(most, $0.count)]))
    }
  }

  /// All bytes of a source, taken by counts of which most are small.
  private func bytes(of source: some ByteSource, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed + 1_000), all: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 700_000)
    while true {
      let wanted = Int.random(
        in: 1...(Int.random(in: 0..<4, using: &random) == 0 ? 700_000 : 70_000), using: &random)
      let count = take(from: source, &bytes, most: wanted)
      if count == 0 { return all }
      all += bytes[..<count]
    }
  }
}

/// A source that gives a number of bytes in pieces of all sizes, and counts them.
private final class CountingSource: ByteSource, @unchecked Sendable {
  /// Bytes that it has, what they are, and how many it has given.
  let count: Int, given = Mutex(0)
  private var random: SeededRandom
  private let end: SourceFault?

  /// A source of so many bytes that ends with a fault, or without.
  init(_ count: Int, seed: UInt64, fault: SourceFault? = nil) {
    (self.count, end, random) = (count, fault, SeededRandom(seed: seed))
  }

  /// All its bytes.
  var expected: [UInt8] { (0..<count).map(CountingSource.byte) }

  var fault: SourceFault? { given.withLock { $0 } == count ? end : nil }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    given.withLock { given in
      let most = min(target.count, count - given)
      let taken = most == 0 ? 0 : Int.random(in: 1...most, using: &random)
      for index in 0..<taken { unsafe target[index] = CountingSource.byte(given + index) }
      given += taken
      return taken
    }
  }

  /// The byte at a place: no two chunks begin alike.
  private static func byte(_ place: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: place &* 31 &+ place >> 8 &* 7 &+ place >> 16)
  }
}
