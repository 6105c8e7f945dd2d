import Bytes

/// The records of the message at hand in canonical form (RFC 4034 §6.2), copied together; it keeps its buffers from message
/// to message.
struct CanonicalRecords: Sendable {
  /// A record, its names and RDATA canonical in `bytes`.
  struct Record: Sendable {
    let section: Section, type: RecordType, recordClass: RecordClass, ttl: UInt32
    /// The type that groups it: TYPE COVERED for an RRSIG.
    let groupType: RecordType
    /// The next record of its group; -1 for the last.
    fileprivate(set) var next = -1
    let owner: Range<Int>, rdata: Range<Int>
    /// Keyed hash of section, class, group type and owner.
    let key: Int
  }

  /// An owner that is nothing but a compression pointer.
  private struct PointedOwner: Sendable {
    /// The pointer as it stands in the message; 0 for none.
    var pointer: UInt16 = 0
    /// Where the name lies in `bytes`, and its keyed hash.
    var name = 0..<0, hash = 0
  }

  private let hashKey = HashKey()
  /// Owners and RDATA, and where each record has its own.
  private(set) var bytes: [UInt8] = []
  private var list: [Record] = []
  /// The last owner that is nothing but a compression pointer, which that of the next record mostly is too.
  private var pointed = PointedOwner()
  /// Positions of the records of the RRset that is encoded.
  var members: [Int] = []

  /// The positions of the records.
  var indices: Range<Int> { list.indices }

  /// The record at a position.
  @inline(__always)
  subscript(index: Int) -> Record { list[index] }

  /// Forgets the message before.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    list.removeAll(keepingCapacity: true)
    pointed = PointedOwner()
  }

  /// Puts a record behind the last one of its group.
  mutating func link(_ index: Int, behind last: Int) { list[last].next = index }

  /// Copies a record in canonical form.
  mutating func add(_ record: RecordHeader, in message: Span<UInt8>) throws(DecodingError) {
    let (owner, ownerHash) = try addOwner(record, in: message), start = bytes.count
    try RDataView(message, record).appendCanonical(to: &bytes)
    let rdata = start..<bytes.count
    // Decompressed names can lift RDATA over what its length field holds; no zone can serve such a record.
    guard rdata.count <= Int(UInt16.max) else { throw DecodingError(.badRData, at: record.rdataOffset) }
    let covers = record.type == .rrsig && rdata.count >= 2
    let groupType =
      covers
      ? RecordType(rawValue: UInt16(bytes[rdata.lowerBound]) << 8 | UInt16(bytes[rdata.lowerBound + 1]))
      : record.type
    let kind =
      UInt64(record.section.rawValue) &<< 32 | UInt64(record.recordClass.rawValue) &<< 16
      | UInt64(groupType.rawValue)
    let key = hashKey.hash(UInt64(bitPattern: Int64(ownerHash)), kind)
    list.append(
      Record(
        section: record.section, type: record.type, recordClass: record.recordClass, ttl: record.ttl,
        groupType: groupType, owner: owner, rdata: rdata, key: Int(truncatingIfNeeded: key)))
  }

  /// Copies the owner of a record in lower case, unless it is the same compression pointer as that of one before.
  /// - Returns: where it lies in `bytes`, and its keyed hash.
  private mutating func addOwner(_ record: RecordHeader, in message: Span<UInt8>) throws(DecodingError)
    -> (name: Range<Int>, hash: Int)
  {
    let at = record.ownerOffset
    let isPointer = at + 1 < message.count && message[at] >= 0xc0
    let pointer = isPointer ? message.uint16(at: at) : 0
    if isPointer, pointer == pointed.pointer { return (pointed.name, pointed.hash) }
    let start = bytes.count
    try NameView(message, at: at).appendWire(to: &bytes, lowercase: true)
    let name = start..<bytes.count, hash = hashKey.hash(bytes.span.extracting(name))
    if isPointer { pointed = PointedOwner(pointer: pointer, name: name, hash: hash) }
    return (name, hash)
  }

  /// Whether the same octets lie in two places.
  func isSame(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    equalBytes(bytes.span.extracting(a), bytes.span.extracting(b))
  }
}
