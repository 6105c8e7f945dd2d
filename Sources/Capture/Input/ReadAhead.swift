import Dispatch
import Synchronization

/// What a source gives, read on another core while what came before is taken: for a regular file whose bytes have work to
/// be done on them, such as a digest or inflating.
///
/// A thread reads as long as there is room and then ends, so that none waits for anything but the disk: pipes are not read so,
/// since threads that wait for writers would keep others from work. What is guarded by no lock belongs to the thread that
/// takes; `source` to the one that reads, as `State.isReading` tells, or to none.
final class ReadAhead: ByteSource, @unchecked Sendable {
  /// Bytes that are read at a time: with chunks on their way, half a megabyte a file, also where 64 are open.
  static let chunkSize = 65_536
  /// Chunks between the two threads.
  static let depth = 6

  /// What both threads change.
  private struct State {
    /// Chunks to take, in order, and chunks to fill.
    var full: [Chunk] = [], spare: [Chunk] = []
    /// Whether a thread reads, whether there is nothing more to read, and whether nobody wants more.
    var isReading = false, isExhausted = false, isStopped = false
  }

  /// Where the bytes come from.
  private let source: any ByteSource
  private let state = Mutex(State())
  /// Counts full chunks, and the end; tells when the thread that reads has ended.
  private let arrived = DispatchSemaphore(value: 0), reading = DispatchGroup()
  /// The chunk that is being taken, how many of its bytes have been, and whether none comes after it.
  private var current: Chunk?, taken = 0, isAtEnd = false

  /// What a source gives.
  init(_ source: any ByteSource) { self.source = source }

  /// Why the bytes end before their time; it is told with the last of them, and not of bytes that nobody took.
  var fault: SourceFault? { isAtEnd && !state.withLock(\.isStopped) ? source.fault : nil }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    guard let chunk = chunk() else { return 0 }
    let count = min(target.count, chunk.count - taken)
    unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: chunk.memory[taken..<taken + count]))
    taken += count
    return count
  }

  /// Ends reading, so that the source may be used by others; what was read and not taken is lost.
  func stop() {
    state.withLock { $0.isStopped = true }
    reading.wait()
    (current, isAtEnd) = (nil, true)
  }

  /// The chunk to take from; nil at the end.
  private func chunk() -> Chunk? {
    if let current, taken < current.count { return current }
    guard !isAtEnd else { return nil }
    let needsThread = state.withLock { state in
      if let current { state.spare.append(current) }
      return claim(&state)
    }
    if needsThread { DispatchQueue.global().async(group: reading) { self.fill() } }
    arrived.wait()
    taken = 0
    current = state.withLock { $0.full.isEmpty ? nil : $0.full.removeFirst() }
    isAtEnd = current == nil
    return current
  }

  /// Whether a thread is to begin reading, for half of the chunks at least; it is counted as one that does.
  private func claim(_ state: inout State) -> Bool {
    guard !state.isReading, !state.isExhausted, state.full.count <= ReadAhead.depth / 2 else { return false }
    state.isReading = true
    return true
  }

  /// Reads until there is no more room, or nothing more to read.
  private func fill() {
    while let chunk = state.withLock({ state -> Chunk? in
      if !state.isStopped, state.full.count < ReadAhead.depth { return state.spare.popLast() ?? Chunk() }
      state.isReading = false
      return nil
    }) {
      chunk.count = unsafe source.read(into: chunk.memory)
      state.withLock { state in
        if chunk.count > 0 { return state.full.append(chunk) }
        (state.isExhausted, state.isReading) = (true, false)
      }
      arrived.signal()
      if chunk.count == 0 { return }
    }
  }
}

/// Bytes on their way from one thread to another, which have it in turn.
@safe private final class Chunk: @unchecked Sendable {
  /// The memory, which begins at a whole page as the kernel likes it, and how many bytes of it are filled.
  let memory: UnsafeMutableRawBufferPointer
  var count = 0

  /// Empty.
  init() {
    unsafe memory = .allocate(byteCount: ReadAhead.chunkSize, alignment: ClassicStream.pageSize)
  }

  deinit { unsafe memory.deallocate() }
}

/// What another core does for a capture in a regular file before there are packets.
enum ReadingMode {
  /// Nothing.
  case inline
  /// What takes more than reading: the digest, inflating.
  case ahead
  /// Reading too, since captures that overlap in time are read at the same time.
  case parallel
}
