import Bytes
import DNSWire
import TestSupport
import Testing

@Suite struct RDataTextTests {
  /// The presentation format of RDATA that stands alone.
  static func text(_ type: RecordType, _ rdata: [UInt8], in recordClass: RecordClass = .in) throws -> String {
    var text: [UInt8] = []
    try RDataView(uncompressed: rdata.span, type: type, recordClass: recordClass).appendPresentation(
      to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  @Test(
    "presentation format is what other readers turn into the same wire", arguments: PresentationVector.all)
  func vector(vector: PresentationVector) throws {
    let type = try #require(RecordType(mnemonic: vector.type))
    #expect(try Self.text(type, #require(Hex.decode(vector.wire))) == vector.text)
  }

  @Test("every type of the registry that has a presentation format has a vector")
  func complete() {
    let tested = Set(PresentationVector.all.map(\.type))
    let without = (0...UInt16.max).map { RecordType(rawValue: $0).mnemonic }
      .filter { !$0.hasPrefix("TYPE") && !tested.contains($0) }
    #expect(
      without == [
        "NULL", "OPT", "UINFO", "UID", "GID", "UNSPEC", "NXNAME", "IXFR", "AXFR", "MAILB", "MAILA", "ANY",
        "CLA", "IPN",
      ])
    #expect((try? Self.text(.cla, characterString("tcp-v4") + characterString("x"))) == #""tcp-v4" "x""#)
    #expect((try? Self.text(.ipn, octets(977_000 as UInt64))) == "977000")
  }

  @Test(
    "RDATA cut at any place is refused or said in full, never past its end", arguments: PresentationVector.all
  )
  func cut(vector: PresentationVector) throws {
    let type = try #require(RecordType(mnemonic: vector.type))
    let wire = try #require(Hex.decode(vector.wire))
    for length in 0..<wire.count {
      var text: [UInt8] = [0x21]
      let rdata = Array(wire[..<length])
      let view = RDataView(uncompressed: rdata.span, type: type, recordClass: .in)
      do {
        try view.appendPresentation(to: &text)
        #expect(String(decoding: text.dropFirst(), as: UTF8.self) != vector.text)
      } catch {
        #expect(text == [0x21])
        #expect(error.offset <= length)
      }
    }
  }

  @Test("types that other readers do not know by name stand in RDATA by number")
  func typesInRData() throws {
    let types: [UInt16] = [31, 32, 34, 40, 57, 58, 100, 101, 102, 128, 259, 263, 264]
    for type in types {
      let name = RecordType(rawValue: type).mnemonic
      #expect(!name.hasPrefix("TYPE"))
      #expect(try Self.text(.dsync, octets(type) + [1, 0, 53, 0]) == "TYPE\(type) 1 53 .")
      let bit = [UInt8](repeating: 0, count: Int(type & 255) / 8) + [0x80 >> UInt8(type & 7)]
      #expect(
        try Self.text(.nsec, [0, UInt8(type >> 8), UInt8(bit.count)] + bit) == ". TYPE\(type)")
    }
  }

  @Test("names are uncompressed and keep their letters")
  func compressedNames() throws {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion(wire("WWW.Example."), .a)
    builder.addRecord(
      pointer(12), .soa, rdata: pointer(12) + [1, 0x41] + pointer(16) + [UInt8](repeating: 1, count: 20))
    builder.addRecord(pointer(12), .https, rdata: [0, 1] + pointer(16))
    let bytes = builder.bytes
    var cursor = try MessageView(bytes.span).makeCursor()
    var texts: [String] = []
    while let record = try cursor.nextRecord() {
      var text: [UInt8] = []
      try RDataView(bytes.span, record).appendPresentation(to: &text)
      texts.append(String(decoding: text, as: UTF8.self))
    }
    let number = 0x0101_0101
    #expect(
      texts == [
        "WWW.Example. A.Example. \(number) \(number) \(number) \(number) \(number)", "1 Example.",
      ])
  }

  @Test("a name that runs past its RDATA into the next record is refused")
  func nameBehindEnd() throws {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addRecord([0], .ns, rdata: [3, 0x61, 0x62])
    builder.addRecord([0], .a, rdata: [1, 2, 3, 4])
    let bytes = builder.bytes
    var cursor = try MessageView(bytes.span).makeCursor()
    let record = try #require(try cursor.nextRecord())
    var text: [UInt8] = []
    let error = #expect(throws: DecodingError.self) {
      try RDataView(bytes.span, record).appendPresentation(to: &text)
    }
    #expect(error?.fault == .badRData)
    RDataView(bytes.span, record).appendText(to: &text)
    #expect(String(decoding: text, as: UTF8.self) == "\\# 3 036162")
  }

  @Test("unknown types, and types of class IN in another class, have the generic form of RFC 3597 §5")
  func generic() throws {
    #expect(try Self.text(RecordType(rawValue: 65280), [1, 0xab]) == "\\# 2 01AB")
    #expect(try Self.text(RecordType(rawValue: 65280), []) == "\\# 0")
    #expect(try Self.text(.a, [192, 0, 2, 1], in: RecordClass(rawValue: 32)) == "\\# 4 C0000201")
    #expect(try Self.text(.srv, [0, 1], in: .ch) == "\\# 2 0001")
    #expect(try Self.text(.txt, characterString("BIND"), in: .ch) == #""BIND""#)
    #expect(try Self.text(.a, wire("a.") + [0o1, 0o2], in: .ch) == "a. 402")
  }

  @Test("deletions of dynamic updates, class NONE, have the layouts of class IN")
  func update() throws {
    #expect(try Self.text(.a, [192, 0, 2, 1], in: .none) == "192.0.2.1")
  }

  @Test("an escape sequence in a string or a name is written in digits")
  func controls() throws {
    #expect(try Self.text(.txt, characterString("\u{1b}[31m\u{202e}")) == #""\027[31m\226\128\174""#)
    #expect(try Self.text(.ns, [5, 0x1b] + Array("[31m".utf8.prefix(4)) + [0]) == #"\027[31m."#)
  }

  @Test("arbitrary octets of any type are refused or written in printable ASCII")
  func arbitrary() {
    var random = SeededRandom(seed: 0x5eed_0001)
    for round in 0..<20_000 {
      let type = RecordType(
        rawValue: round % 7 == 0
          ? .random(in: 32768...32769, using: &random) : .random(in: 0...270, using: &random))
      let rdata = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...4, using: &random) : UInt8.random(in: 0...255, using: &random)
      }
      var text: [UInt8] = []
      RDataView(uncompressed: rdata.span, type: type, recordClass: .in).appendText(to: &text)
      #expect(text.allSatisfy { (0x20...0x7e).contains($0) })
    }
  }
}
