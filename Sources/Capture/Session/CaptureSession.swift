import Bytes
import Packets

/// Any number of captures, read as one: their packets come by time, those of the same moment in the order of the
/// inputs, and those of one capture in its own order.
///
/// `next()` lends the packet: two live packets of one session do not compile. A capture is opened when its turn comes,
/// so that of a rotated set few are open at a time.
@safe package struct CaptureSession: ~Copyable {
  /// Captures that are open at a time; more whose times overlap wait, and a warning says so. Every second one of 128
  /// interfaces of a large machine.
  package static let openLimit = 64

  /// The files, in the order of their index.
  package let paths: [String]
  /// What each of them came to; nil until it has been read.
  package private(set) var outcomes: [CaptureOutcome?]
  /// What people should know of the choice of files, a sentence each, and the captures of which that is all.
  private var notes: [String]
  private let found: Set<Int>
  /// Whether to compute digests, and how files are read.
  private let hash: Bool, mode: ReadingMode
  /// The capture whose packet was lent last, and its index.
  private var current: CaptureFile?, index = 0
  /// Those that are open besides, with the packets that come next.
  private var waiting: [WaitingCapture] = []
  /// Captures that are still closed, the one that begins last in front.
  private var closed: [ClosedCapture] = []
  /// What comes before all that waits or is closed; the current capture goes on until then.
  private var bound = MergeKey.never

  /// Opens captures, and finds out when those begin that are not opened yet.
  /// - Parameters:
  ///   - hash: whether SHA-256 of each is computed on the way.
  ///   - workers: cores to use.
  package init(_ named: CapturePaths, hash: Bool = true, workers: Int = 1) {
    var files = CaptureList(named.files)
    mode = workers < 2 ? .inline : named.files.count > 1 ? .parallel : .ahead
    (paths, closed, waiting, outcomes) = files.open(hash: hash, mode)
    (notes, found) = (named.warnings + files.warnings, files.found)
    self.hash = hash
    chooseBound()
  }

  /// The next packet; nil at the end of all captures.
  /// - Parameter leave: whether no more is wanted of the capture whose packet was lent last.
  @_lifetime(&self)
  package mutating func next(leaving leave: Bool = false) -> Frame? {
    if leave { leaveCapture() }
    guard let (packet, index) = nextPacket() else { return nil }
    let frame = unsafe Frame(
      number: packet.number, file: index, time: packet.time, originalLength: packet.originalLength,
      linkType: packet.linkType, bytes: packet.bytes.bindMemory(to: UInt8.self).span)
    return unsafe _overrideLifetime(frame, mutating: &self)
  }

  /// Ends the reading of the capture whose packet was lent last.
  private mutating func leaveCapture() {
    if let file = current.take() { outcomes[index] = .read(file.finish()) }
  }

  /// What could not be read at all, a sentence each.
  package var unreadable: [String] {
    outcomes.indices.compactMap { index in
      switch outcomes[index] {
      case .unreadable(let error): error.sentence
      case .read(let metadata) where !isMinor(metadata, index): metadata.undecoded?.sentence
      default: nil
      }
    }
  }

  /// What people should know besides, a sentence each.
  package var warnings: [String] {
    notes
      + outcomes.indices.compactMap { index in
        guard case .read(let metadata) = outcomes[index], isMinor(metadata, index) else { return nil }
        return metadata.undecoded?.sentence
      }
  }

  /// Whether it is no failure when the packets of a capture cannot be read: there are none, or nobody named it.
  private func isMinor(_ metadata: CaptureMetadata, _ index: Int) -> Bool {
    metadata.packets == 0 || found.contains(index)
  }

  /// What of the others could not be read, a sentence each.
  package var damaged: [String] {
    outcomes.flatMap { outcome -> [String] in
      if case .read(let metadata) = outcome { metadata.facts.damageSentences } else { [] }
    }
  }

  /// The next packet, and the index of its capture.
  @inline(__always)
  private mutating func nextPacket() -> (StoredPacket, Int)? {
    if let packet = current?.next() {
      if MergeKey(packet.time, index) < bound { return (packet, index) }
      if let file = current.take() { waiting.append(WaitingCapture(file, index, packet)) }
    } else {
      leaveCapture()
    }
    return turn()
  }

  /// Turns to the capture with the earliest packet, and hands that on.
  private mutating func turn() -> (StoredPacket, Int)? {
    openDue()
    guard let next = waiting.indices.min(by: { waiting[$0].key < waiting[$1].key }) else { return nil }
    let capture = waiting.remove(at: next)
    current = capture.take()
    index = capture.index
    chooseBound()
    return (capture.packet, index)
  }

  /// Opens the closed captures that begin before every packet that waits.
  private mutating func openDue() {
    while let last = closed.last, !waiting.contains(where: { $0.key < last.key }) {
      guard waiting.count < Self.openLimit else { return warnOfLimit() }
      closed.removeLast()
      do throws(CaptureError) {
        var file = try CaptureFile(path: paths[last.index], hash: hash, mode)
        if let packet = file.next() {
          waiting.append(WaitingCapture(file, last.index, packet))
        } else {
          outcomes[last.index] = .read(file.finish())
        }
      } catch {
        outcomes[last.index] = .unreadable(error)
      }
    }
  }

  /// Says once that too many captures overlap.
  private mutating func warnOfLimit() {
    let warning =
      "more than \(Self.openLimit) captures overlap in time; some packets come later than their time"
    if !notes.contains(warning) { notes.append(warning) }
  }

  /// Finds out how long the current capture may go on.
  private mutating func chooseBound() {
    bound = waiting.reduce(closed.last?.key ?? .never) { min($0, $1.key) }
    // What cannot be opened now must not stop the current capture again and again.
    if waiting.count >= Self.openLimit { bound = waiting.reduce(.never) { min($0, $1.key) } }
  }
}

/// What became of an input.
package enum CaptureOutcome: Sendable {
  /// It has been read to its end, or as far as it was wanted.
  case read(CaptureMetadata)
  /// It could not be read at all.
  case unreadable(CaptureError)
}

/// The place of a packet among those of all captures.
struct MergeKey: Comparable {
  /// When it was captured, in nanoseconds, and the index of its capture.
  let time: Int64, index: Int

  /// Behind all packets.
  static let never = MergeKey(time: .max, index: .max)

  /// The place of a packet.
  @inline(__always)
  init(_ time: Timestamp, _ index: Int) { (self.time, self.index) = (time.nanoseconds, index) }

  /// From the fields.
  private init(time: Int64, index: Int) { (self.time, self.index) = (time, index) }

  @inline(__always)
  static func < (a: MergeKey, b: MergeKey) -> Bool { a.time == b.time ? a.index < b.index : a.time < b.time }
}

/// A capture that is open, with the packet that comes next.
final class WaitingCapture {
  /// Its index, and the packet, which stays in the memory of the capture until that is asked for another one.
  let index: Int, packet: StoredPacket
  /// The capture; nil once it has been taken out.
  private var file: CaptureFile?

  /// Puts a capture aside.
  init(_ file: consuming CaptureFile, _ index: Int, _ packet: StoredPacket) {
    (self.index, self.packet) = (index, packet)
    self.file = consume file
  }

  /// Takes the capture out.
  func take() -> CaptureFile? { file.take() }

  /// Where the packet belongs.
  var key: MergeKey { MergeKey(packet.time, index) }
}

/// A capture that is not open, with the place of its first packet.
struct ClosedCapture {
  let index: Int, key: MergeKey
}
