import Bytes
import Packets

/// The responses of a run in frame order, 28 bytes each: addresses and server port are a flow with a number, what link
/// and IP headers and matching say a manner with a number, times and frames are counted from the first of a block.
///
/// With the number of its judgement a response takes 32 bytes. What does not fit, such as a query 65,535 frames before
/// its response or times that jump by nine minutes, is kept as it is in a table beside: a capture that is made for that
/// takes more. Reading is inlined in other modules: most ask for one field or two of a million records.
///
/// Old blocks go to a storage, where there is one; passes over the records let go of what lies behind them.
@usableFromInline
package struct RecordStore: Sendable {
  @usableFromInline var blocks: [RecordBlock] = []
  private var storage: (any BlockStorage)?
  /// What the storage has: `groupSize` blocks each, from the first on.
  private(set) var stored: [StoredBlock] = []
  /// Source, destination and source port; manners.
  @usableFromInline var flows = PairTable(), manners = PairTable()
  /// The records that do not fit.
  private var rare: [Int: ResponseRecord] = [:]
  /// How many records there are.
  @usableFromInline package private(set) var count = 0

  /// Records of a block: 28 KiB, and at 1,000 responses a second its times lie in one of the 18 minutes that fit.
  @inlinable static var blockShift: Int { 10 }
  /// Blocks that are stored together, of a mebibyte nearly, and records in them.
  private static let groupSize = 32
  @inlinable static var recordsPerGroup: Int { 32 &<< blockShift }

  /// An empty store.
  /// - Parameter storage: what takes old blocks; without any they stay in memory.
  package init(storage: (any BlockStorage)? = nil) { self.storage = storage }

  /// The records of a list.
  package init(_ records: some Sequence<ResponseRecord>, storage: (any BlockStorage)? = nil) {
    self.init(storage: storage)
    for record in records { append(record) }
  }

  /// Octets of a record in the short form, and how many records have none.
  static var bytesPerRecord: Int { MemoryLayout<PackedRecord>.stride }
  var keptElsewhere: Int { rare.count }

  /// Appends a record.
  /// - Parameter flow: what `approachFlow` gave for it.
  package mutating func append(_ record: ResponseRecord, flow: UInt32? = nil) {
    if count & (1 << RecordStore.blockShift &- 1) == 0 { addBlock(record) }
    let block = blocks.count - 1
    let packed = pack(record, flow, time: blocks[block].time, frame: blocks[block].frame)
    if packed == nil { rare[count] = record }
    blocks[block].records.append(packed ?? .elsewhere)
    count += 1
  }

  /// Begins a block with the record that comes, and stores old ones.
  private mutating func addBlock(_ record: ResponseRecord) {
    if blocks.count % RecordStore.groupSize == 0 { storeBlocks() }
    blocks.append(RecordBlock(time: record.time, frame: record.frame))
    blocks[blocks.count - 1].records.reserveCapacity(1 << RecordStore.blockShift)
  }

  /// Stores the next blocks. The last ones stay, because what is found out of a query changes records: that of most
  /// responses comes before the next response, or within `TransactionTiming.reorder`.
  private mutating func storeBlocks() {
    let start = stored.count * RecordStore.groupSize, end = start + RecordStore.groupSize
    guard let storage, end + RecordStore.groupSize <= blocks.count else { return }
    var octets: [UInt8] = []
    octets.reserveCapacity(RecordStore.recordsPerGroup * RecordStore.bytesPerRecord)
    for block in start..<end {
      unsafe blocks[block].records.withUnsafeBytes { unsafe octets.append(contentsOf: $0) }
    }
    guard let group = storage.store(octets.span) else { return self.storage = nil }
    stored.append(group)
    let size = RecordStore.bytesPerRecord << RecordStore.blockShift
    for block in start..<end { blocks[block].move(to: group, at: (block - start) * size) }
  }

  /// Gives back the memory of stored records that were read.
  package func letGo() { for group in stored { group.letGo() } }

  /// The short form of a record.
  @inlinable @inline(__always)
  func packed(_ index: Int) -> PackedRecord {
    let block = index &>> RecordStore.blockShift, place = index & (1 << RecordStore.blockShift &- 1)
    guard let octets = unsafe blocks[block].octets else { return blocks[block].records[place] }
    return unsafe octets.load(
      fromByteOffset: place &* MemoryLayout<PackedRecord>.stride, as: PackedRecord.self)
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
      let block = index &>> RecordStore.blockShift, packed = packed(index)
      if packed.manner == PackedRecord.isElsewhere { return rare(index) }
      return unpack(packed, time: blocks[block].time, frame: blocks[block].frame)
    }
    set {
      let block = index &>> RecordStore.blockShift
      let packed = pack(newValue, nil, time: blocks[block].time, frame: blocks[block].frame)
      let place = index & (1 << RecordStore.blockShift &- 1)
      takeBack(block)
      if packed == nil {
        rare[index] = newValue
      } else if blocks[block].records[place].manner == PackedRecord.isElsewhere {
        rare[index] = nil
      }
      blocks[block].records[place] = packed ?? .elsewhere
    }
  }

  /// Has a block in memory where it can be changed, and there alone.
  private mutating func takeBack(_ block: Int) {
    guard unsafe blocks[block].octets != nil else { return }
    blocks[block].takeBack()
    stored[block / RecordStore.groupSize].letGo()
  }

  /// A record that does not fit.
  @usableFromInline @inline(never)
  func rare(_ index: Int) -> ResponseRecord { rare[index] ?? .none }

  /// What a response says, without the rest of its record.
  @inlinable @inline(__always)
  package func body(_ index: Int) -> UInt32 {
    let packed = packed(index)
    if packed.manner == PackedRecord.isElsewhere { return rare(index).body }
    return packed.body
  }

  /// When a response came, in nanoseconds since 1970, without the rest of its record.
  @inlinable @inline(__always)
  package func time(_ index: Int) -> Int64 {
    let packed = packed(index)
    if packed.manner == PackedRecord.isElsewhere { return rare(index).time }
    return blocks[index &>> RecordStore.blockShift].time &+ packed.sinceBlock
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
    @usableFromInline var pass: Pass

    /// Before the first record of a store.
    @inlinable init(store: RecordStore) { (self.store, pass) = (store, store.pass()) }

    /// The next record.
    @inlinable @inline(__always)
    package mutating func next() -> ResponseRecord? {
      guard let index = pass.next() else { return nil }
      return store[index]
    }
  }

  @inlinable package func makeIterator() -> Iterator { Iterator(store: self) }
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
