/// A window on a source that only moves forward: any number of bytes can be looked at before they are passed over.
@safe struct ForwardBuffer: ~Copyable {
  /// Offset in the source of the first byte in the window.
  private(set) var offset: Int
  /// Where the bytes come from.
  private let source: any ByteSource
  /// The memory, and the part of it that the window covers.
  private var memory: UnsafeMutableRawBufferPointer
  private var start = 0, end = 0
  /// Whether the source has no more: asking it again costs a call of the system.
  private var isExhausted = false

  /// An empty window on a source of which `offset` bytes have been read.
  init(_ source: any ByteSource, offset: Int, capacity: Int) {
    (self.source, self.offset) = (source, offset)
    unsafe memory = .allocate(byteCount: capacity, alignment: ClassicStream.pageSize)
  }

  deinit { unsafe memory.deallocate() }

  /// Bytes in the window.
  var count: Int { end &- start }

  /// Bytes that the memory has.
  private var capacity: Int { unsafe memory.count }

  /// Why the source ended before its time.
  var fault: SourceFault? { source.fault }

  /// Sees that at least so many bytes are in the window; false when the source has no more.
  @inline(__always)
  mutating func fill(_ wanted: Int) -> Bool { end &- start >= wanted || refill(wanted) }

  /// Passes over bytes of the window.
  @inline(__always)
  mutating func skip(_ passed: Int) {
    precondition(passed >= 0 && passed <= count)
    start &+= passed
    offset &+= passed
  }

  /// The bytes at a place of the window; they stay there until the next `fill`.
  @inline(__always)
  func bytes(at place: Int, count length: Int) -> UnsafeRawBufferPointer {
    precondition(place >= 0 && length >= 0 && place <= count &- length)
    return unsafe UnsafeRawBufferPointer(rebasing: memory[start &+ place..<start &+ place &+ length])
  }

  /// The number at a place of the window, in the byte order of this machine or in the other one.
  @inline(__always)
  func load<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type, at place: Int, swapped: Bool) -> Value
  {
    precondition(place >= 0 && place <= count &- MemoryLayout<Value>.size)
    let value = unsafe memory.loadUnaligned(fromByteOffset: start &+ place, as: Value.self)
    return swapped ? value.byteSwapped : value
  }

  /// Puts bytes in front of the window, that were read from its source before.
  mutating func unread(_ bytes: [UInt8]) {
    if start < bytes.count { move(to: bytes.count, capacity: max(capacity, bytes.count + count)) }
    start -= bytes.count
    offset -= bytes.count
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + bytes.count]).copyBytes(from: bytes)
  }

  /// Takes bytes out of the window, or from the source when it is empty.
  mutating func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    guard count > 0 else {
      let got = unsafe source.read(into: target)
      offset += got
      return got
    }
    let taken = min(count, target.count)
    unsafe target.copyMemory(from: bytes(at: 0, count: taken))
    skip(taken)
    return taken
  }

  /// Reads on. The memory is twice of what is asked for, so that moving costs no more than reading.
  private mutating func refill(_ wanted: Int) -> Bool {
    guard !isExhausted else { return false }
    if start &+ wanted > capacity { move(to: 0, capacity: max(capacity, 2 * wanted)) }
    while count < wanted {
      let got = unsafe source.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[end...]))
      guard got > 0 else {
        isExhausted = true
        return false
      }
      end += got
    }
    return true
  }

  /// Moves the window to another place of the memory, and into a larger one when it is too small.
  private mutating func move(to place: Int, capacity: Int) {
    let old = unsafe memory, length = count
    if capacity > old.count {
      unsafe memory = .allocate(byteCount: capacity, alignment: ClassicStream.pageSize)
    }
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[place..<place + length])
      .copyMemory(from: UnsafeRawBufferPointer(rebasing: old[start..<end]))
    if capacity > old.count { unsafe old.deallocate() }
    (start, end) = (place, place + length)
  }
}
