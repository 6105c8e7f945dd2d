import Bytes

/// A block of records, and what their times and frames are counted from. (Unchecked: the compiler knows nothing of the
/// octets, which nobody writes.)
@usableFromInline
@safe struct RecordBlock: @unchecked Sendable {
  /// Of the first record.
  @usableFromInline let time: Int64, frame: UInt32
  /// The records; none where a storage has them, and where these are.
  @usableFromInline var records: [PackedRecord] = []
  @usableFromInline private(set) var octets: UnsafeRawPointer?

  /// A block without records.
  init(time: Int64, frame: UInt32) { (self.time, self.frame) = (time, frame) }

  /// Has the records at an offset of a stored block, which whoever holds this one has to keep.
  mutating func move(to stored: StoredBlock, at offset: Int) {
    let size = records.count * MemoryLayout<PackedRecord>.stride
    unsafe octets = UnsafeRawBufferPointer(stored.octets.extracting(offset..<offset + size)).baseAddress
    records = []
  }

  /// Has the records of a full block in memory again, where they can be changed, and leaves them there: to store them
  /// anew for each change would write 28 KiB for one packet. Of ordinary captures no block comes back. A forger's does
  /// whose second answers come more than a group of records behind the first: he can have all blocks taken back, once
  /// each, which takes what a run without a storage takes, 28 octets a response.
  mutating func takeBack() {
    guard let start = unsafe octets else { return }
    records.reserveCapacity(1 << RecordStore.blockShift)
    for place in 0..<1 << RecordStore.blockShift {
      records.append(
        unsafe start.load(fromByteOffset: place * MemoryLayout<PackedRecord>.stride, as: PackedRecord.self))
    }
    unsafe octets = nil
  }
}

/// The short form of a record.
@usableFromInline
struct PackedRecord: Sendable {
  /// Nanoseconds since the first record of the block, 40 bits, and the round trip in microseconds, 24 bits.
  @usableFromInline var timeLow: UInt32 = 0, timeHigh: Int8 = 0
  @usableFromInline var tripHigh: UInt8 = 0
  /// Frames since the first record of the block.
  @usableFromInline var frames: UInt16 = 0
  /// Numbers of the flow and of what it says.
  @usableFromInline var flow: UInt32 = 0, body: UInt32 = 0
  @usableFromInline var tripLow: UInt16 = 0
  /// Number of the manner.
  @usableFromInline var manner: UInt16 = 0
  /// Identification of IP, message ID, destination port.
  @usableFromInline var identification: UInt16 = 0, id: UInt16 = 0, port: UInt16 = 0
  /// Frames from the query; 0 without a query.
  @usableFromInline var asked: UInt16 = 0

  /// The manner of a record that is kept elsewhere.
  @inlinable static var isElsewhere: UInt16 { .max }
  /// The bits of a round trip that is not known.
  @inlinable static var noTrip: UInt32 { 0xff_ffff }

  /// In place of a record that is kept elsewhere.
  static var elsewhere: PackedRecord {
    var packed = PackedRecord()
    packed.manner = isElsewhere
    return packed
  }

  /// Nanoseconds since the first record of the block.
  @inlinable @inline(__always)
  var sinceBlock: Int64 { Int64(timeHigh) &<< 32 | Int64(timeLow) }

  /// Sets the nanoseconds since the first record of the block; false when they do not fit.
  @inline(__always)
  mutating func setSinceBlock(_ nanoseconds: Int64) -> Bool {
    guard let high = Int8(exactly: nanoseconds &>> 32) else { return false }
    (timeHigh, timeLow) = (high, UInt32(truncatingIfNeeded: nanoseconds))
    return true
  }

  /// The round trip in microseconds; the greatest number when it is not known.
  @inlinable @inline(__always)
  var roundTrip: UInt32 {
    let trip = UInt32(tripHigh) &<< 16 | UInt32(tripLow)
    return trip == PackedRecord.noTrip ? .max : trip
  }

  /// Sets the round trip; false when it does not fit.
  @inline(__always)
  mutating func setRoundTrip(_ microseconds: UInt32) -> Bool {
    guard microseconds == .max || microseconds < PackedRecord.noTrip else { return false }
    tripHigh = UInt8(truncatingIfNeeded: microseconds &>> 16)
    tripLow = UInt16(truncatingIfNeeded: microseconds)
    return true
  }
}
