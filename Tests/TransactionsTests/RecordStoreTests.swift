import Bytes
import Packets
import TestSupport
import Testing

@testable import Transactions

@Suite("The responses of a run, packed")
struct RecordStoreTests {
  /// A record like most: its query some frames before, a round trip of milliseconds.
  private func record(_ number: Int) -> ResponseRecord {
    var record = ResponseRecord(
      time: 1_700_000_000_000_000_000 + Int64(number) * 250_000, frame: UInt32(number * 2 + 2),
      id: UInt16(truncatingIfNeeded: number &* 7_919), traits: .querySeen, source: UInt32(number % 97),
      destination: UInt32(number % 13), sourcePort: 53, destinationPort: UInt16(1_024 + number % 60_000),
      body: UInt32(number / 3),
      network: NetworkTraits(
        ipTTL: UInt8(40 + number % 24), identification: UInt16(truncatingIfNeeded: number), trafficClass: 8,
        station: UInt16(number % 97)))
    record.transaction = .answered
    (record.queryFrame, record.rttMicroseconds, record.queryTTL) = (UInt32(number * 2 + 1), 12_345, 64)
    record.match.insert(.queryHadEDNS)
    return record
  }

  @Test("a record takes 28 bytes, and gives back what was put in")
  func usual() {
    let records = (0..<5_000).map(record), store = RecordStore(records)
    #expect(RecordStore.bytesPerRecord == 28)
    #expect(Array(store) == records)
    #expect(store.keptElsewhere == 0)
    #expect(
      (0..<5_000).allSatisfy { store.time($0) == records[$0].time && store.body($0) == records[$0].body })
  }

  @Test("what does not fit is kept beside, and gives back what was put in")
  func unusual() {
    let changes: [(inout ResponseRecord) -> Void] = [
      { $0.time += 1 << 39 }, { $0.time -= 1 << 39 + 1_000_000_000 }, { $0.time = .max }, { $0.time = .min },
      { $0.frame += 65_536 }, { $0.frame = 1 }, { $0.queryFrame = $0.frame },
      { $0.queryFrame = $0.frame + 5 },
      { $0.queryFrame = 1 }, { $0.rttMicroseconds = 0xff_ffff }, { $0.rttMicroseconds = .max - 1 },
    ]
    // The first of a block is what the others are counted from.
    var records = [record(70_000)] + changes.indices.map { record(70_001 + $0) }
    for (index, change) in changes.enumerated() { change(&records[index + 1]) }
    let store = RecordStore(records)
    #expect(Array(store) == records)
    #expect(store.keptElsewhere == changes.count)
    #expect(records.indices.allSatisfy { store.time($0) == records[$0].time })
    #expect(records.indices.allSatisfy { store.body($0) == records[$0].body })
  }

  @Test("the edges of what fits take no more than the others")
  func edges() {
    let changes: [(inout ResponseRecord) -> Void] = [
      { $0.time += 1 << 39 - 300_000_000 }, { $0.time -= 1 << 39 - 300_000_000 }, { $0.queryFrame = 0 },
      { $0.queryFrame = $0.frame - 65_535 }, { $0.rttMicroseconds = 0xff_fffe },
      { $0.rttMicroseconds = .max },
      { $0.rttMicroseconds = 0 },
    ]
    var records = [record(70_000)] + changes.indices.map { record(70_001 + $0) }
    for (index, change) in changes.enumerated() { change(&records[index + 1]) }
    let store = RecordStore(records)
    #expect(Array(store) == records)
    #expect(store.keptElsewhere == 0)
  }

  @Test("a record that is changed comes back changed, in or out of the short form")
  func changes() {
    var store = RecordStore((0..<2_000).map(record)), expected = (0..<2_000).map(record)
    for index in [0, 5, 1_023, 1_024, 1_999] {
      expected[index].rttMicroseconds = .max - 1
      store[index] = expected[index]
    }
    #expect(Array(store) == expected && store.keptElsewhere == 5)
    for index in [0, 1_024] {
      expected[index].rttMicroseconds = 77
      store[index] = expected[index]
    }
    #expect(Array(store) == expected && store.keptElsewhere == 3)
  }

  @Test("records that a storage has come back, and a pass over them lets go of what lies behind it")
  func stored() {
    let storage = MemoryStorage(), records = (0..<150_000).map(record)
    let store = RecordStore(records, storage: storage)
    #expect(storage.stored == 3 && storage.letGo.isEmpty)
    #expect(Array(store) == records)
    #expect(storage.letGo == [0: 1, 1: 1, 2: 1])
    store.letGo()
    #expect(storage.letGo == [0: 2, 1: 2, 2: 2])
    #expect(records.indices.allSatisfy { store.time($0) == records[$0].time })
    #expect(records.indices.allSatisfy { store.body($0) == records[$0].body })
  }

  @Test("a pass over some records gives their numbers in order, and lets go of the groups that it leaves")
  func somePass() {
    let storage = MemoryStorage(), store = RecordStore((0..<150_000).map(record), storage: storage)
    #expect(Array(store.pass(over: 40_000..<98_304)) == Array(40_000..<98_304))
    #expect(storage.letGo == [1: 1])
    #expect(Array(store.pass()) == Array(0..<150_000))
    #expect(storage.letGo == [0: 1, 1: 2, 2: 1])
    #expect(Array(store.pass(over: 7..<7)).isEmpty)
  }

  @Test("a record that is read again and again, the first of a group too, is let go of by no reader")
  func again() {
    let storage = MemoryStorage(), store = RecordStore((0..<150_000).map(record), storage: storage)
    for _ in 0..<3 {
      for index in [32_768, 65_536, 98_303, 0] {
        #expect(store[index] == record(index) && store.body(index) == record(index).body)
        #expect(store.time(index) == record(index).time)
      }
    }
    #expect(storage.letGo.isEmpty)
  }

  @Test("a stored record can be changed, in one of two copies too")
  func storedChanges() {
    let storage = MemoryStorage()
    var store = RecordStore((0..<150_000).map(record), storage: storage)
    let before = store
    var expected = (0..<150_000).map(record)
    for index in [0, 1_023, 40_000, 98_303, 149_999] {
      expected[index].rttMicroseconds = index == 0 ? .max - 1 : 77
      store[index] = expected[index]
    }
    // Once for each block that came back, of which 0 and 1,023 are in one.
    #expect(storage.letGo == [0: 1, 1: 1, 2: 1])
    #expect(Array(store) == expected && store.keptElsewhere == 1)
    #expect(Array(before) == (0..<150_000).map(record))
  }

  @Test("records stay in memory from where the storage has no more room")
  func refused() {
    let storage = MemoryStorage(limit: 1), records = (0..<200_000).map(record)
    #expect(Array(RecordStore(records, storage: storage)) == records && storage.stored == 1)
  }

  @Test("more manners than have a number are kept beside")
  func manners() {
    let records = (0..<70_000).map { number in
      var record = record(number)
      record.network = NetworkTraits(ipTTL: UInt8(number & 255), station: UInt16(number >> 4 & 0xffff))
      record.queryTTL = UInt8(number & 15)
      record.match = MatchTraits(rawValue: UInt16(truncatingIfNeeded: number))
      return record
    }
    let store = RecordStore(records)
    #expect(store.keptElsewhere == 70_000 - 65_535)
    #expect(Array(store) == records)
  }
}

@Suite("Numbers for pairs and addresses")
struct PairTableTests {
  @Test("equal pairs have one number, in order of arrival, through growth")
  func pairs() {
    var table = PairTable()
    for number in 0..<10_000 {
      #expect(table.number(.init(first: UInt64(number % 5_000), second: 9)) == UInt32(number % 5_000))
    }
    #expect(table.count == 5_000)
    #expect(table.find(.init(first: 9, second: 5)) == nil)
    #expect(table.pairs[4_321] == PairTable.Pair(first: 4_321, second: 9))
  }

  @Test("an IPv4 address and the IPv6 address with its bits are two")
  func families() {
    var book = AddressBook()
    let v4 = IPAddress(v4: 0xc000_0201), v6 = IPAddress(v6High: 0, low: 0xc000_0201)
    #expect(book.number(v4) == 0)
    #expect(book.known(v6) == nil)
    #expect(book.number(v6) == 1)
    #expect(book.number(v4) == 0)
    #expect(book[0] == v4 && book[1] == v6 && book.count == 2)
  }
}
