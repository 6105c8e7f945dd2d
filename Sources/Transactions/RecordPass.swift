import Bytes

extension RecordStore {
  /// The numbers of all records, for who goes over them in order.
  @usableFromInline
  package func pass() -> Pass { Pass(stored, 0..<count) }

  /// The numbers of some records in order.
  package func pass(over range: Range<Int>) -> Pass { Pass(stored, range) }

  /// The numbers of records in order. Who reads what they stand for pulls it out of the storage: when a pass comes to a
  /// group, the memory of the one behind it is given back. Records that are read without a pass stay until `letGo`, so
  /// that who asks for one again and again pays for it once.
  @usableFromInline
  package struct Pass: Sequence, IteratorProtocol {
    private let stored: [StoredBlock]
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    /// Before the first of some numbers.
    fileprivate init(_ stored: [StoredBlock], _ range: Range<Int>) {
      (self.stored, index, end) = (stored, range.lowerBound, range.upperBound)
    }

    /// The next number.
    @inlinable @inline(__always)
    package mutating func next() -> Int? {
      guard index < end else { return nil }
      if index & (RecordStore.recordsPerGroup &- 1) == 0 { letGo(behind: index) }
      defer { index &+= 1 }
      return index
    }

    /// Gives back the memory of the group before a record, which is the first of its own.
    @usableFromInline @inline(never)
    func letGo(behind index: Int) {
      let group = index / RecordStore.recordsPerGroup - 1
      if group >= 0, group < stored.count { stored[group].letGo() }
    }
  }
}
