import Capture
import Foundation
import TestSupport
import Testing

@Suite("Several captures as one session")
struct CaptureSessionTests {
  /// Packets of a session: the capture, the number in it, and the second.
  struct Seen: Equatable {
    let file: Int, number: Int, second: Int64
  }

  /// A classic file with packets at these seconds.
  static func capture(_ seconds: [UInt32], isPcapng: Bool = false) -> Data {
    var classic = SavefileBuilder(), pcapng = PcapngBuilder()
    pcapng.addInterface(resolution: 0)
    for second in seconds {
      classic.add([1, 2, 3], seconds: second)
      pcapng.add([1, 2, 3], time: UInt64(second))
    }
    return Data(isPcapng ? pcapng.bytes : classic.bytes)
  }

  /// Reads a session to its end.
  static func read(_ session: inout CaptureSession) -> [Seen] {
    var seen: [Seen] = []
    while let frame = session.next() {
      seen.append(Seen(file: frame.file, number: frame.number, second: frame.time.seconds))
    }
    return seen
  }

  @Test("packets come by time, then in the order of the captures, and each capture in its own order")
  func order() throws {
    let folder = try TemporaryFolder()
    let paths = try [[5, 7, 9], [1, 5, 20, 8], [5, 6], []].enumerated().map { index, seconds in
      try folder.write(Self.capture(seconds, isPcapng: index == 1), to: "\(index)").path()
    }
    var session = CaptureSession(CapturePaths(paths))
    let seen = Self.read(&session)
    #expect(seen.map(\.second) == [1, 5, 5, 5, 6, 7, 9, 20, 8])
    #expect(seen.map(\.file) == [1, 0, 1, 2, 2, 0, 0, 1, 1])
    #expect(seen.map(\.number) == [1, 1, 2, 1, 2, 2, 3, 3, 4])
    #expect(session.warnings.isEmpty && session.unreadable.isEmpty)
    for (index, outcome) in session.outcomes.enumerated() {
      guard case .read(let metadata)? = outcome else {
        Issue.record("\(index) was not read")
        continue
      }
      #expect((metadata.path, metadata.packets) == (paths[index], [3, 4, 2, 0][index]))
      #expect(metadata.sha256 != nil)
    }
  }

  @Test("any number of captures give what sorting gives", arguments: 0..<10)
  func random(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    var expected: [Seen] = [], paths: [String] = []
    for file in 0..<Int.random(in: 2...9, using: &random) {
      let count = Int.random(in: 0...30, using: &random)
      let seconds = (0..<count).map { _ in UInt32.random(in: 0...40, using: &random) }.sorted()
      paths.append(try folder.write(Self.capture(seconds, isPcapng: file % 2 == 0), to: "\(file)").path())
      expected += seconds.enumerated().map { Seen(file: file, number: $0 + 1, second: Int64($1)) }
    }
    expected.sort { ($0.second, $0.file, $0.number) < ($1.second, $1.file, $1.number) }
    var session = CaptureSession(CapturePaths(paths), workers: 1 + Int(seed % 3))
    #expect(Self.read(&session) == expected)
  }

  @Test("of a rotated set few files are open at a time, and all are read in the order of their times")
  func rotated() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder(), count = 1_000
      for i in 0..<count {
        let second = UInt32((count - i) * 10)
        try folder.write(CaptureSessionTests.capture([second, second + 9]), to: "part\(i).pcap")
      }
      var limit = rlimit(rlim_cur: 64, rlim_max: 64)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      var session = CaptureSession(CapturePaths([folder.url.path()]))
      let seen = CaptureSessionTests.read(&session)
      #expect(seen.count == 2 * count)
      #expect(seen.map(\.second) == seen.map(\.second).sorted())
      #expect(session.unreadable.isEmpty)
    }
  }

  @Test("more overlapping captures than may be open are all read, with a warning")
  func tooMany() throws {
    let folder = try TemporaryFolder()
    for i in 0..<100 { try folder.write(Self.capture([UInt32(i), UInt32(1_000 + i)]), to: "\(100 + i)") }
    var session = CaptureSession(CapturePaths([folder.url.path()]))
    #expect(Self.read(&session).count == 200)
    #expect(session.warnings.contains { $0.contains("more than 64 captures overlap") })
  }

  @Test("a directory stands for the captures in it, by name; what is none is passed over with a warning")
  func directory() throws {
    let folder = try TemporaryFolder()
    for name in ["b.pcap", "a.pcap", ".hidden.pcap", "below/c.pcap"] {
      try folder.write(Self.capture([1]), to: name)
    }
    try folder.write("notes", to: "notes.txt")
    let path = folder.url.path() + "/"
    var session = CaptureSession(CapturePaths([path]))
    #expect(session.paths == [path + "a.pcap", path + "b.pcap"])
    #expect(Self.read(&session).count == 2)
    #expect(session.warnings.first == "passed over: \(path)below is a directory in a directory")
    #expect(session.warnings.count == 2 && session.warnings[1].hasPrefix("passed over: \(path)notes.txt"))
    #expect(session.unreadable.isEmpty)
  }

  @Test("a directory without a capture cannot be read")
  func emptyDirectory() throws {
    let folder = try TemporaryFolder(), nothing = try TemporaryFolder()
    try folder.write("notes", to: "notes.txt")
    for path in [folder.url.path(), nothing.url.path()] {
      var session = CaptureSession(CapturePaths([path]))
      #expect(Self.read(&session).isEmpty)
      #expect(session.unreadable == ["\(path) is a directory without a capture in it"])
    }
  }

  @Test("a file that is named twice is read once, whatever it is called")
  func twice() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Self.capture([1, 2]), to: "a.pcap").path(), link = file + ".link"
    unsafe symlink(file, link)
    var session = CaptureSession(CapturePaths([file, link, file, folder.url.path()]))
    #expect(session.paths == [file])
    #expect(Self.read(&session).count == 2)
    #expect(session.warnings.count == 4)
    #expect(session.warnings.allSatisfy { $0.hasSuffix("was named before, and is read once") })
  }

  @Test("what cannot be read keeps its place among the captures")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    let first = try folder.write(Self.capture([1]), to: "first").path()
    let last = try folder.write(Self.capture([1]), to: "last").path()
    var session = CaptureSession(CapturePaths([first, first + ".gone", last]))
    #expect(Self.read(&session).map(\.file) == [0, 2])
    #expect(session.unreadable == ["\(first).gone: there is no such file"])
  }

  @Test("leaving a capture ends it alone")
  func leaving() throws {
    let folder = try TemporaryFolder()
    let paths = try [[1, 3, 5], [2, 4, 6]].enumerated().map {
      try folder.write(Self.capture($1), to: "\($0)").path()
    }
    var session = CaptureSession(CapturePaths(paths)), seconds: [Int64] = [], leave = false
    while let frame = session.next(leaving: leave) {
      seconds.append(frame.time.seconds)
      leave = frame.file == 0 && frame.number == 2
    }
    #expect(seconds == [1, 2, 3, 4, 6])
  }

  @Test("members of a directory that are no files are named, and without a file there is no capture in it")
  func noFiles() throws {
    let folder = try TemporaryFolder(), path = folder.url.path() + "/"
    try folder.write(Self.capture([1]), to: "below/c.pcap")
    unsafe symlink("loop", path + "loop")
    unsafe mkfifo(path + "pipe", 0o600)
    var session = CaptureSession(CapturePaths([path]))
    #expect(Self.read(&session).isEmpty)
    #expect(session.unreadable == ["\(path) is a directory without a capture in it"])
    #expect(
      session.warnings == [
        "passed over: \(path)below is a directory in a directory",
        "passed over: \(path)loop is a link that leads nowhere", "passed over: \(path)pipe is a pipe",
      ])
  }

  @Test("many members that are no files are counted behind the first ones")
  func manyMembers() throws {
    let folder = try TemporaryFolder(), path = folder.url.path()
    for i in 0..<20 { unsafe symlink("nowhere", path + "/link\(100 + i)") }
    try folder.write(Self.capture([1]), to: "a.pcap")
    let session = CaptureSession(CapturePaths([path]))
    #expect(session.unreadable.isEmpty)
    #expect(session.warnings.count == 17)
    #expect(session.warnings.last == "passed over: 4 more in \(path) that are no regular files")
  }

  @Test(
    "a pcapng of link types that are not read cannot be read, with their names; in a directory it is passed over"
  )
  func undecoded() throws {
    let folder = try TemporaryFolder(), directory = folder.url.path()
    var usb = PcapngBuilder()
    usb.addInterface(linkType: 189)
    usb.addInterface(linkType: 187)
    let empty = try folder.write(Data(usb.bytes), to: "a").path()
    usb.add([1], interface: 1)
    let file = try folder.write(Data(usb.bytes), to: "b").path()
    usb.addInterface(linkType: 1)
    usb.add([1], interface: 2)
    let mixed = try folder.write(Data(usb.bytes), to: "c").path()
    let sentence = "packets of link type USB_LINUX (189), BLUETOOTH_HCI_H4 (187) cannot be read"
    for path in [empty, file, mixed, directory] {
      var session = CaptureSession(CapturePaths([path]))
      _ = Self.read(&session)
      #expect(session.unreadable.map { $0.contains("\(file): \(sentence)") } == (path == file ? [true] : []))
      let warned = path == empty ? [empty] : path == directory ? [empty, file] : []
      #expect(session.warnings.map { $0.prefix { $0 != ":" } } == warned.map { $0[...] })
      #expect(session.warnings.allSatisfy { $0.contains(sentence) })
    }
  }
}
