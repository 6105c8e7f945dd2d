import Packets

/// The responses of a run in frame order, 28 bytes each: addresses and server port are a flow with a number, what link
/// and IP headers and matching say a manner with a number, times and frames are counted from the first of a block.
///
/// With the number of its judgement a response takes 32 bytes. What does not fit, such as a query 65,535 frames before
/// its response or times that jump by nine minutes, is kept as it is in a table beside: a capture that is made for that
/// takes more. Reading is inlined in other modules: most ask for one field or two of a million records.
@usableFromInline
package struct RecordStore: Sendable {
  /// A block of records, and what their times and frames are counted from.
  @usableFromInline
  struct Block: Sendable {
    @usableFromInline let time: Int64, frame: UInt32
    @usableFromInline var records: [PackedRecord] = []

    /// A block without records.
    init(time: Int64, frame: UInt32) { (self.time, self.frame) = (time, frame) }
  }

  @usableFromInline var blocks: [Block] = []
  /// Source, destination and source port; manners.
  @usableFromInline var flows = PairTable(), manners = PairTable()
  /// The records that do not fit.
  private var rare: [Int: ResponseRecord] = [:]
  /// How many records there are.
  @usableFromInline package private(set) var count = 0

  /// Records of a block: 28 KiB, and at 1,000 responses a second its times lie in one of the 18 minutes that fit.
  @inlinable static var blockShift: Int { 10 }

  /// An empty store.
  package init() {}

  /// The records of a list.
  package init(_ records: some Sequence<ResponseRecord>) {
    for record in records { append(record) }
  }

  /// Octets of a record in the short form, and how many records have none.
  static var bytesPerRecord: Int { MemoryLayout<PackedRecord>.stride }
  var keptElsewhere: Int { rare.count }

  /// Appends a record.
  /// - Parameter flow: what `approachFlow` gave for it.
  package mutating func append(_ record: ResponseRecord, flow: UInt32? = nil) {
    if count & (1 << RecordStore.blockShift &- 1) == 0 {
      blocks.append(Block(time: record.time, frame: record.frame))
      blocks[blocks.count - 1].records.reserveCapacity(1 << RecordStore.blockShift)
    }
    let block = blocks.count - 1
    let packed = pack(record, flow, time: blocks[block].time, frame: blocks[block].frame)
    if packed == nil { rare[count] = record }
    blocks[block].records.append(packed ?? .elsewhere)
    count += 1
  }

  /// Reads where the flow of a response would be found, so that it is near when that is appended.
  /// - Returns: its number, likely.
  @inline(__always)
  package func approachFlow(_ source: UInt32, _ destination: UInt32, _ sourcePort: UInt16) -> UInt32? {
    flows.guess(ResponseRecord.flow(source, destination, sourcePort))
  }

  /// Reads what stands at a number that was guessed, for the same reason.
  @inline(__always)
  package func approachFlow(_ guess: UInt32) -> UInt64 {
    Int(guess) < flows.count ? flows.pairs[Int(guess)].first : 0
  }

  /// A record.
  @usableFromInline package subscript(index: Int) -> ResponseRecord {
    @inlinable @inline(__always)
    get {
      let block = index &>> RecordStore.blockShift
      let packed = blocks[block].records[index & (1 << RecordStore.blockShift &- 1)]
      if packed.manner == PackedRecord.isElsewhere { return rare(index) }
      return unpack(packed, time: blocks[block].time, frame: blocks[block].frame)
    }
    set {
      let block = index &>> RecordStore.blockShift
      let packed = pack(newValue, nil, time: blocks[block].time, frame: blocks[block].frame)
      let place = index & (1 << RecordStore.blockShift &- 1)
      if packed == nil {
        rare[index] = newValue
      } else if blocks[block].records[place].manner == PackedRecord.isElsewhere {
        rare[index] = nil
      }
      blocks[block].records[place] = packed ?? .elsewhere
    }
  }

  /// A record that does not fit.
  @usableFromInline @inline(never)
  func rare(_ index: Int) -> ResponseRecord { rare[index] ?? .none }

  /// What a response says, without the rest of its record.
  @inlinable @inline(__always)
  package func body(_ index: Int) -> UInt32 {
    let packed = blocks[index &>> RecordStore.blockShift].records[index & (1 << RecordStore.blockShift &- 1)]
    if packed.manner == PackedRecord.isElsewhere { return rare(index).body }
    return packed.body
  }

  /// When a response came, in nanoseconds since 1970, without the rest of its record.
  @inlinable @inline(__always)
  package func time(_ index: Int) -> Int64 {
    let block = index &>> RecordStore.blockShift
    let packed = blocks[block].records[index & (1 << RecordStore.blockShift &- 1)]
    if packed.manner == PackedRecord.isElsewhere { return rare(index).time }
    return blocks[block].time &+ packed.sinceBlock
  }

  /// The short form of a record; nil when it has none.
  @inline(__always)
  private mutating func pack(
    _ record: ResponseRecord, _ guess: UInt32?, time: Int64, frame: UInt32
  ) -> PackedRecord? {
    let (since, overflow) = record.time.subtractingReportingOverflow(time)
    guard !overflow, let frames = UInt16(exactly: Int64(record.frame) - Int64(frame)) else { return nil }
    let distance = record.queryFrame == 0 ? 0 : Int64(record.frame) - Int64(record.queryFrame)
    guard (record.queryFrame == 0) == (distance == 0), let asked = UInt16(exactly: distance) else {
      return nil
    }
    let manner = manners.number(record.manner), flow = flows.number(record.flow, guess: guess)
    guard manner < UInt32(PackedRecord.isElsewhere) else { return nil }
    var packed = PackedRecord()
    guard packed.setSinceBlock(since), packed.setRoundTrip(record.rttMicroseconds) else { return nil }
    (packed.manner, packed.flow) = (UInt16(truncatingIfNeeded: manner), flow)
    (packed.body, packed.frames, packed.asked) = (record.body, frames, asked)
    (packed.id, packed.port) = (record.id, record.destinationPort)
    packed.identification = record.network.identification
    return packed
  }

  /// The long form of a record.
  @inlinable @inline(__always)
  func unpack(_ packed: PackedRecord, time: Int64, frame: UInt32) -> ResponseRecord {
    let flow = flows.pairs[Int(packed.flow)], manner = manners.pairs[Int(packed.manner)]
    var record = ResponseRecord(
      time: time &+ packed.sinceBlock, frame: frame &+ UInt32(packed.frames), id: packed.id,
      traits: ResponseTraits(rawValue: UInt8(truncatingIfNeeded: manner.first &>> 48)),
      source: UInt32(truncatingIfNeeded: flow.first &>> 32),
      destination: UInt32(truncatingIfNeeded: flow.first),
      sourcePort: UInt16(truncatingIfNeeded: flow.second), destinationPort: packed.port, body: packed.body,
      network: NetworkTraits(manner: manner.first, identification: packed.identification))
    record.transaction =
      TransactionStatus(rawValue: UInt8(truncatingIfNeeded: manner.first &>> 56)) ?? .unknown
    record.match = MatchTraits(rawValue: UInt16(truncatingIfNeeded: manner.second))
    record.queryTTL = UInt8(truncatingIfNeeded: manner.second &>> 16)
    record.queryFrame = packed.asked == 0 ? 0 : record.frame &- UInt32(packed.asked)
    record.rttMicroseconds = packed.roundTrip
    return record
  }
}

extension RecordStore: RandomAccessCollection {
  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { count }

  /// Goes over the records in order: one of its own, since in other modules the usual one asks through generic code.
  @usableFromInline
  package struct Iterator: IteratorProtocol {
    @usableFromInline let store: RecordStore
    @usableFromInline var index = 0

    /// Before the first record of a store.
    @inlinable init(store: RecordStore) { self.store = store }

    /// The next record.
    @inlinable @inline(__always)
    package mutating func next() -> ResponseRecord? {
      guard index < store.count else { return nil }
      defer { index &+= 1 }
      return store[index]
    }
  }

  @inlinable package func makeIterator() -> Iterator { Iterator(store: self) }
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

extension ResponseRecord {
  /// Both addresses and the source port.
  fileprivate var flow: PairTable.Pair { ResponseRecord.flow(source, destination, sourcePort) }

  /// The same from the parts.
  @inline(__always)
  fileprivate static func flow(_ source: UInt32, _ destination: UInt32, _ port: UInt16) -> PairTable.Pair {
    PairTable.Pair(first: UInt64(source) &<< 32 | UInt64(destination), second: UInt64(port))
  }

  /// What link and IP header say but for the identification, and what matching says but for query and time.
  fileprivate var manner: PairTable.Pair {
    let kind = UInt64(traits.rawValue) &<< 48 | UInt64(transaction.rawValue) &<< 56
    return PairTable.Pair(
      first: network.manner | kind, second: UInt64(match.rawValue) | UInt64(queryTTL) &<< 16)
  }
}
