/// Bytes that are read once, from the first to the last.
protocol ByteSource: AnyObject {
  /// Puts the next bytes at the beginning of `target`: as many as there are at once, at least one.
  /// - Returns: how many; 0 at the end, and when reading failed.
  func read(into target: UnsafeMutableRawBufferPointer) -> Int
  /// Why the bytes end before their time; nil as long as they do not.
  var fault: SourceFault? { get }
}

/// Why bytes end before their time.
struct SourceFault: Equatable {
  /// What kind of reason it is.
  enum Kind {
    /// The system cannot read on.
    case system
    /// Compressed data end inside.
    case cut
    /// Compressed data are no such data from a place on, or ask for more memory than they get.
    case corrupt
  }
  /// The kind, and what happened in words.
  let kind: Kind, text: String
}

/// A source of which the first bytes can be looked at before they are read.
final class PeekedSource: ByteSource {
  /// The first bytes; fewer than asked for when there are no more.
  private(set) var start: [UInt8] = []
  /// How many of them have been read.
  private var taken = 0
  /// Where all bytes come from.
  private let source: any ByteSource

  /// Looks at the first bytes.
  init(_ source: any ByteSource, count: Int) {
    self.source = source
    var bytes = [UInt8](repeating: 0, count: count), filled = 0
    while filled < count {
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      guard got > 0 else { break }
      filled += got
    }
    start = Array(bytes.prefix(filled))
  }

  var fault: SourceFault? { source.fault }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    guard taken < start.count else { return unsafe source.read(into: target) }
    let count = min(target.count, start.count - taken)
    unsafe target.copyBytes(from: start[taken..<taken + count])
    taken += count
    return count
  }
}
