import Bytes
import Glibc
import Packets

/// Finds out which files are captures, and when each begins.
struct CaptureList {
  /// What was passed over and why, a sentence each.
  private(set) var warnings: [String] = []
  /// The indices of captures that nobody named: they were found in a directory.
  private(set) var found: Set<Int> = []
  private let files: [CapturePath]
  private var paths: [String] = [], closed: [ClosedCapture] = [], open: [WaitingCapture] = []
  private var outcomes: [CaptureOutcome?] = []

  /// Of these files.
  init(_ files: [CapturePath]) { self.files = files }

  /// Looks at each file: what can be opened again is closed; the only file, and a pipe, stay open.
  mutating func open(hash: Bool, _ mode: ReadingMode) -> (
    paths: [String], closed: [ClosedCapture], open: [WaitingCapture], outcomes: [CaptureOutcome?]
  ) {
    var emptyDirectories: [String] = [], full: Set<String> = []
    for file in files {
      let isKept = files.count == 1 || !Self.isRegular(file.path)
      do throws(CaptureError) {
        let capture = try CaptureFile(path: file.path, hash: hash && isKept, isKept ? mode : .inline)
        try add(capture, file.path, isKept, hash: hash)
        if let directory = file.directory {
          full.insert(directory)
          found.insert(paths.count - 1)
        }
      } catch {
        if let directory = file.directory, Self.isNoCapture(error) {
          if file.path != directory { warnings.append("passed over: \(error.sentence)") }
          if !emptyDirectories.contains(directory) { emptyDirectories.append(directory) }
        } else {
          add(.unreadable(error), file.path)
        }
      }
    }
    for directory in emptyDirectories where !full.contains(directory) {
      add(.unreadable(.noCaptures(path: directory)), directory)
    }
    closed.sort { $1.key < $0.key }
    return (paths, closed, open, outcomes)
  }

  /// Adds a capture by its first packet.
  private mutating func add(
    _ capture: consuming CaptureFile, _ path: String, _ isKept: Bool, hash: Bool
  ) throws(CaptureError) {
    let index = paths.count
    guard let packet = capture.next() else {
      // Without packets it has no place among the others; only the digest is still to be computed.
      if hash, !isKept {
        capture = try CaptureFile(path: path, hash: true, .inline)
        _ = capture.next()
      }
      return add(.read(capture.finish()), path)
    }
    if isKept {
      open.append(WaitingCapture(capture, index, packet))
    } else {
      closed.append(ClosedCapture(index: index, key: MergeKey(packet.time, index)))
    }
    paths.append(path)
    outcomes.append(nil)
  }

  /// Adds a file that there is no more to read of.
  private mutating func add(_ outcome: CaptureOutcome, _ path: String) {
    paths.append(path)
    outcomes.append(outcome)
  }

  /// Whether a file can be opened again and is then the same.
  private static func isRegular(_ path: String) -> Bool {
    path != "-" && CapturePaths.status(path).map { $0.st_mode & S_IFMT == S_IFREG } ?? true
  }

  /// Whether an error says that a file is no capture of packets that can be read.
  private static func isNoCapture(_ error: CaptureError) -> Bool {
    switch error {
    case .notACapture, .isEmpty, .unknownLinkTypes: true
    default: false
    }
  }
}
