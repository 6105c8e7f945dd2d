import Bytes
import DNSWire
import TestSupport
import Testing

/// RFC 4034 §6.2 as corrected by RFC 6840 §5.1.
@Suite struct CanonicalRDataTests {
  /// The canonical form of one record's RDATA in a message whose question `WWW.Example.` stands at offset 12.
  private func canonical(
    _ type: UInt16, _ rdata: [UInt8], in recordClass: RecordClass = .in, trailing: [UInt8] = []
  ) throws -> [UInt8] {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion(wire("WWW.Example."), .a)
    builder.addRecord(pointer(12), RecordType(rawValue: type), recordClass, rdata: rdata)
    let bytes = builder.bytes + trailing
    var cursor = try MessageView(bytes.span).makeCursor()
    let record = try #require(try cursor.nextRecord())
    var out: [UInt8] = []
    try RDataView(bytes.span, record).appendCanonical(to: &out)
    return out
  }

  @Test(
    "names of the listed types are uncompressed and in lower case",
    arguments: [2, 3, 4, 5, 7, 8, 9, 12, 39] as [UInt16])
  func singleName(type: UInt16) throws {
    #expect(try canonical(type, pointer(12)) == wire("www.example."))
    #expect(try canonical(type, [4] + Array("MAIL".utf8) + pointer(16)) == wire("mail.example."))
  }

  @Test("octets around the names stay as they are")
  func around() throws {
    let numbers = (1...20).map { UInt8($0 + 0x40) }
    #expect(
      try canonical(6, pointer(12) + wire("Host.Master.") + numbers)
        == wire("www.example.") + wire("host.master.") + numbers)
    #expect(try canonical(15, [0x41, 0x42] + pointer(12)) == [0x41, 0x42] + wire("www.example."))
    #expect(
      try canonical(33, [0, 1, 0, 2, 0x41, 0x42] + pointer(12))
        == [0, 1, 0, 2, 0x41, 0x42] + wire("www.example."))
    let signature = Array("SIGNATURE".utf8)
    #expect(
      try canonical(46, Array(numbers[..<18]) + pointer(12) + signature)
        == Array(numbers[..<18]) + wire("www.example.") + signature)
    let strings = characterString("U") + characterString("SIP+D2U") + characterString("")
    #expect(
      try canonical(35, [0, 1, 0, 2] + strings + pointer(16))
        == [0, 1, 0, 2] + strings + wire("example."))
  }

  @Test("types with two names have both uncompressed", arguments: [14, 17] as [UInt16])
  func twoNames(type: UInt16) throws {
    #expect(try canonical(type, pointer(12) + pointer(16)) == wire("www.example.") + wire("example."))
  }

  @Test(
    "NSEC, SVCB, HTTPS, LP and TALINK keep the case of their names",
    arguments: [
      (47, [], 1), (64, [0, 1], 1), (65, [0, 1], 1), (107, [0, 1], 1), (58, [], 2),
    ] as [(UInt16, [UInt8], Int)])
  func caseKept(type: UInt16, lead: [UInt8], names: Int) throws {
    let compressed = (0..<names).flatMap { _ in pointer(12) }
    let expanded = (0..<names).flatMap { _ in wire("WWW.Example.") }
    #expect(try canonical(type, lead + compressed) == lead + expanded)
  }

  @Test(
    "types without names and unknown types are copied as they are",
    arguments: [
      1, 13, 16, 28, 43, 48, 50, 257, 65280,
    ] as [UInt16])
  func copied(type: UInt16) throws {
    let rdata = characterString("UPPER") + pointer(12)
    #expect(try canonical(type, rdata) == rdata)
    #expect(try canonical(type, []) == [])
  }

  @Test("A6 has a name behind a prefix length that is not 0")
  func a6() throws {
    let address = (0..<16).map { UInt8($0) }
    #expect(try canonical(38, [0] + address) == [0] + address)
    #expect(
      try canonical(38, [64] + address[..<8] + pointer(12)) == [64] + address[..<8] + wire("www.example."))
    #expect(throws: DecodingError.self) { try canonical(38, [129] + pointer(12)) }
  }

  @Test("types of class IN are copied in another class, those of every class are not")
  func otherClass() throws {
    #expect(
      try canonical(33, [0, 1, 0, 2, 0, 3] + pointer(12), in: .ch) == [0, 1, 0, 2, 0, 3] + pointer(12))
    #expect(try canonical(2, pointer(12), in: .ch) == wire("www.example."))
  }

  @Test("RDATA that ends inside its name, or goes on behind it, is refused")
  func badLayout() throws {
    let inside = #expect(throws: DecodingError.self) {
      try canonical(5, [3, 0x77, 0x77], trailing: [0x77, 0])
    }
    #expect(inside?.fault == .badRData)
    let behind = #expect(throws: DecodingError.self) { try canonical(5, pointer(12) + [0]) }
    #expect(behind?.fault == .badRData)
    #expect(throws: DecodingError.self) {
      try canonical(6, pointer(12) + pointer(12) + [UInt8](repeating: 0, count: 19))
    }
    #expect(throws: DecodingError.self) { try canonical(15, [0]) }
  }

  @Test("a name that runs past its RDATA is refused where anything may follow it")
  func nameBehindEnd() {
    let header = [UInt8](repeating: 1, count: 18)
    for (type, lead) in [(46, header), (47, []), (64, [0, 1])] as [(UInt16, [UInt8])] {
      let error = #expect(throws: DecodingError.self) {
        try canonical(type, lead + [3, 0x77, 0x77], trailing: [0x77, 0])
      }
      #expect(error?.fault == .badRData)
    }
  }

  @Test("a refused RDATA leaves the buffer as it was")
  func bufferKept() throws {
    let rdata = wire("ok.") + [0xc0]
    var out: [UInt8] = [1, 2, 3]
    #expect(throws: DecodingError.self) {
      try RDataView(uncompressed: rdata.span, type: RecordType(rawValue: 14), recordClass: .in)
        .appendCanonical(to: &out)
    }
    #expect(out == [1, 2, 3])
  }
}
