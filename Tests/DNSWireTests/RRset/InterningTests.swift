import Bytes
@testable import DNSWire
import TestSupport
import Testing

/// Equal things have equal numbers, and bytes stay where they were put.
@Suite struct InterningTests {
  /// A response to `name. A` with addresses.
  private func response(
    id: UInt16 = 1, name: String = "a.", flags: UInt16 = 0x8400, addresses: [UInt8] = [1], ttl: UInt32 = 60,
    type: RecordType = .a
  ) -> [UInt8] {
    var builder = MessageBuilder(id: id, flags: flags)
    builder.addQuestion(wire(name), type)
    for last in addresses { builder.addRecord(wire(name), .a, ttl: ttl, rdata: [192, 0, 2, last]) }
    return builder.bytes
  }

  /// Interns messages in one store.
  private func bodies(_ messages: [[UInt8]]) throws -> (ids: [BodyID], store: ResponseStore) {
    var store = ResponseStore(), ids: [BodyID] = []
    for message in messages { ids.append(store.intern(try MessageView(message.span)).id) }
    return (ids, store)
  }

  @Test("messages that differ in their ID alone are one body, any other difference makes another")
  func identity() throws {
    let (ids, store) = try bodies([
      response(id: 1), response(id: 2), response(flags: 0x8000), response(addresses: [2]), response(id: 9),
    ])
    #expect(ids.map(\.rawValue) == [0, 0, 1, 2, 0] && store.bodies.count == 3)
  }

  @Test("the order of records and their TTLs do not change the content, the data do")
  func content() throws {
    let (ids, store) = try bodies([
      response(addresses: [1, 2]), response(addresses: [2, 1], ttl: 9), response(addresses: [1, 3]),
      response(flags: 0x8403, addresses: [1, 2]),
    ])
    let contents = ids.map { store.body($0).content }
    #expect(contents[0] == contents[1] && Set(contents).count == 3)
  }

  @Test(
    "a query asks for a resolver's word with AD or DO, unless CD is set",
    arguments: [(0x0100, false, false), (0x0120, false, true), (0x0100, true, true), (0x0130, true, false)]
      as [(UInt16, Bool, Bool)])
  func wantsAD(flags: UInt16, dnssecOK: Bool, wants: Bool) throws {
    var builder = MessageBuilder(id: 1, flags: flags), store = ResponseStore()
    builder.addQuestion(wire("a."), .a)
    if dnssecOK { builder.addRecord([0], .opt, in: .additional, ttl: 0x8000, rdata: []) }
    let bytes = builder.bytes
    #expect(store.internQuery(try MessageView(bytes.span)).wantsAD == wants)
  }

  @Test("a question is kept as spelled and with its letters folded")
  func question() throws {
    let (ids, store) = try bodies([response(name: "aB."), response(name: "Ab.")])
    let first = store.body(ids[0]), second = store.body(ids[1])
    #expect(first.question != second.question && first.foldedQuestion == second.foldedQuestion)
    let spelled = try #require(first.question), folded = try #require(first.foldedQuestion)
    #expect(
      store.questions[spelled].name.wire == wire("aB.") && store.questions[folded].name.wire == wire("ab."))
  }

  @Test("without a question there is none, and the extended response code comes from EDNS")
  func edges() throws {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addRecord([0], .opt, RecordClass(rawValue: 1232), in: .additional, ttl: 0x0100_8000, rdata: [])
    let (ids, store) = try bodies([builder.bytes])
    let body = store.body(ids[0])
    #expect(body.question == nil && body.rcode.rawValue == 16 && body.dnssecOK == true)
  }

  @Test("when no more messages come, what they said stays readable, and takes less memory")
  func end() throws {
    let (ids, stored) = try bodies([response(name: "a."), response(name: "b.", addresses: [7])])
    var store = stored
    store.endRecognition()
    #expect(store.byteCount < stored.byteCount)
    let question = try #require(store.body(ids[1]).question)
    #expect(store.questions[question].name.wire == wire("b."))
    let rrsets = store.answers.answer(store.body(ids[1]).answer).rrsets
    #expect(rrsets.map { store.rrsets.records(of: $0.rrset) } == [[[192, 0, 2, 7]]])
    #expect(store.answers.all == stored.answers.all && store.bodies.count == 2)
  }

  @Test("a table finds what was put in, through growth and equal hashes")
  func table() {
    var table = InternTable()
    for number in 0..<5_000 { #expect(table.insert(number / 2) == UInt32(number)) }
    for number in stride(from: 0, to: 5_000, by: 37) {
      #expect(table.find(number / 2) { $0 == UInt32(number) } == UInt32(number))
    }
    #expect(
      table.find(9_999) { _ in true } == nil && table.find(3) { _ in false } == nil && table.count == 5_000)
  }

  @Test("an arena gives back what was put in, at its block's size and just beside it")
  func arena() {
    var arena = ByteArena(), places: [(ByteArena.Place, UInt8, Int)] = []
    let size = ByteArena.blockSize
    let counts = [0, 1, size - 5, size - 4, size - 3, size - 1, 2, size, size + 1, 7, 3 * size, 5]
    for (index, count) in counts.enumerated() {
      let bytes = [UInt8](repeating: UInt8(index), count: count)
      places.append((arena.append(bytes.span), UInt8(index), count))
    }
    for (place, value, count) in places {
      let bytes = arena.bytes(place)
      #expect(bytes.count == count && (0..<count).allSatisfy { bytes[$0] == value })
    }
    #expect(arena.byteCount == places.reduce(0) { $0 + $1.2 })
  }

  @Test("equal RRsets of different messages have one number")
  func rrsets() throws {
    let (ids, store) = try bodies([response(), response(flags: 0x8180), response(name: "b.")])
    let numbers = ids.map { store.answers.answer(store.body($0).answer).rrsets[0].rrset.rawValue }
    #expect(numbers == [0, 0, 1] && store.rrsets.rrsetCount == 2)
  }
}
