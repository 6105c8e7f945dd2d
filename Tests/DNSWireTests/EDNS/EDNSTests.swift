import Bytes
import DNSWire
import TestSupport
import Testing

/// RFC 6891 §6.1.
@Suite struct EDNSTests {
  /// A response with one OPT record.
  private func message(
    size: UInt16 = 1232, ttl: UInt32 = 0, options: [UInt8] = [], owner: [UInt8] = [0],
    in section: Section = .additional
  ) -> [UInt8] {
    var builder = MessageBuilder(flags: 0x8000)
    builder.addQuestion(wire("example."), .a)
    builder.addRecord(owner, .opt, RecordClass(rawValue: size), in: section, ttl: ttl, rdata: options)
    return builder.bytes
  }

  /// An option with its data.
  private func option(_ code: UInt16, _ data: [UInt8]) -> [UInt8] {
    octets(code) + octets(UInt16(data.count)) + data
  }

  /// The text of a message's only option.
  private func text(_ code: UInt16, _ data: [UInt8]) throws -> String? {
    let bytes = message(options: option(code, data))
    let edns = try #require(try MessageView(bytes.span).edns())
    var cursor = edns.makeCursor(in: bytes.span)
    return try #require(try cursor.next()).text(in: bytes.span)
  }

  @Test("the class is the UDP size, the TTL holds response code, version and flags")
  func fields() throws {
    let bytes = message(size: 4096, ttl: 0x01_02_80_01)
    let edns = try #require(try MessageView(bytes.span).edns())
    #expect(edns.udpSize == 4096 && edns.version == 2 && edns.dnssecOK && edns.flags == 0x8001)
    #expect(edns.responseCode(header: HeaderFlags(rawValue: 0x8007)) == ResponseCode(rawValue: 0x17))
    let plain = message(ttl: 0x7fff)
    #expect(try MessageView(plain.span).edns()?.dnssecOK == false)
  }

  @Test("only the root's OPT in the additional section counts")
  func place() throws {
    let inAnswer = message(in: .answer), named = message(owner: wire("a."))
    #expect(try MessageView(inAnswer.span).edns() == nil)
    #expect(try MessageView(named.span).edns() == nil)
  }

  @Test("options are walked in order")
  func options() throws {
    let bytes = message(options: option(3, []) + option(65001, [1, 2, 3]) + option(12, [0, 0]))
    let edns = try #require(try MessageView(bytes.span).edns())
    var cursor = edns.makeCursor(in: bytes.span)
    var seen: [UInt16: [UInt8]] = [:]
    while let option = try cursor.next() {
      let data = option.data(in: bytes.span)
      seen[option.code.rawValue] = data.indices.map { data[$0] }
    }
    #expect(seen == [3: [], 65001: [1, 2, 3], 12: [0, 0]])
  }

  @Test("an option that runs past the record ends the walk with its offset; those before it are given")
  func badLength() throws {
    let bytes = message(options: option(3, [1]) + [0, 10, 0, 9] + [UInt8](repeating: 0, count: 8))
    let edns = try #require(try MessageView(bytes.span).edns())
    var cursor = edns.makeCursor(in: bytes.span)
    #expect(try cursor.next()?.code == .nsid)
    let error = #expect(throws: DecodingError.self) { try cursor.next() }
    #expect(error == DecodingError(.truncated, at: edns.optionsOffset + 5))
    #expect(try cursor.next() == nil)
  }

  @Test("an extended error has its code, meaning and text (RFC 8914 §2)")
  func extendedError() throws {
    #expect(try text(15, [0, 18]) == "18 (Prohibited)")
    #expect(try text(15, [0, 6] + Array("no DS für x".utf8)) == "6 (DNSSEC Bogus): no DS für x")
    #expect(try text(15, [0xff, 0xfe, 0x61, 0]) == "65534: a")
    #expect(try text(15, [0]) == nil)
    let error = try ExtendedError(([0, 24, 0xff, 0x41] as [UInt8]).span)
    #expect(error.code == 24 && error.name == "Invalid Data" && error.text == "\u{fffd}A")
    #expect(try ExtendedError(([0, 0] as [UInt8]).span).name == "Other Error")
    #expect(try ExtendedError(([0, 30] as [UInt8]).span).name == "Invalid Query Type")
    #expect(try ExtendedError(([0xff, 0xff] as [UInt8]).span).name == nil)
  }

  @Test("a cookie has eight octets of the client and 8...32 of the server (RFC 7873 §4)")
  func cookie() throws {
    let client: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 0xff]
    #expect(try text(10, client) == "client 01020304050607ff")
    #expect(try text(10, client + client) == "client 01020304050607ff server 01020304050607ff")
    for length in [7, 9, 15, 41] { #expect(try text(10, [UInt8](repeating: 0, count: length)) == nil) }
    for length in [8, 16, 40] { #expect(try text(10, [UInt8](repeating: 0, count: length)) != nil) }
  }

  @Test("a client subnet has address, source and scope (RFC 7871 §6)")
  func clientSubnet() throws {
    #expect(try text(8, [0, 1, 24, 0, 192, 0, 2]) == "192.0.2.0/24/0")
    #expect(try text(8, [0, 2, 33, 48, 0x20, 0x01, 0x0d, 0xb8, 0x80]) == "2001:db8:8000::/33/48")
    #expect(try text(8, [0, 1, 0, 0]) == "0.0.0.0/0/0")
    #expect(try text(8, [0, 1, 24, 0, 192, 0]) == nil)
    #expect(try text(8, [0, 1, 33, 0, 192, 0, 2, 1, 0]) == nil)
    #expect(try text(8, [0, 3, 0, 0]) == nil)
  }

  @Test("other options say what they hold, or nothing")
  func others() throws {
    #expect(try text(3, Array("ns1\u{1b}\"".utf8)) == #""ns1\027\"""#)
    #expect(try text(3, []) == nil)
    #expect(try text(12, [0, 0, 0]) == "3 octets")
    #expect(try text(11, [0, 123]) == "12.3 s")
    #expect(try text(11, []) == nil)
    #expect(try text(9, [0, 9, 58, 128]) == "604800 s")
    #expect(try text(5, [8, 13, 15]) == "8 13 15")
    #expect(try text(14, [0x4f, 0x66, 0x4a, 0x5c]) == "20326 19036")
    #expect(try text(14, [1]) == nil)
    #expect(try text(18, wire("agent.example.")) == "agent.example.")
    #expect(try text(18, wire("agent.example.") + [0]) == nil)
    #expect(try text(65001, [1]) == nil)
  }

  @Test("options of services say what they hold, and nothing when they lack their layout")
  func services() throws {
    let query = octets(1 as UInt16) + octets(1 as UInt16) + octets(0 as UInt16) + [0, 1, 2, 3, 4, 5, 6, 7]
    #expect(
      try text(1, query + octets(7200 as UInt32))
        == "version 1 opcode 1 error 0 id 0001020304050607 lease 7200 s")
    #expect(try text(2, octets(3600 as UInt32)) == "3600 s")
    #expect(try text(2, octets(3600 as UInt32) + octets(86_400 as UInt32)) == "3600 s, key 86400 s")
    #expect(try text(16, [0, 9]) == "9" && text(17, [1, 0]) == "256")
    #expect(
      try text(19, [2, 0] + octets(2_024_010_101 as UInt32)) == "zone of 2 labels, SOA serial 2024010101")
    #expect(try text(19, [1, 0xf6, 0xab]) == "zone of 1 label, version type 246 ab")
    #expect(
      try text(20, [0, 28, 0, 65, 0xff, 0]) == "AAAA HTTPS TYPE65280" && text(21, [0, 48]) == "DNSKEY")
    #expect(
      try text(22, Array("de".utf8)) == #""de""# && text(23, Array("mailto:a@b".utf8)) == #""mailto:a@b""#)
    #expect(
      try text(20_292, Array("ODNS".utf8) + [1, 0, 0, 8, 0, 0, 0, 7, 0, 0x10, 192, 0, 2, 1])
        == "organization 7, address 192.0.2.1")
    let wrong: [(UInt16, [UInt8])] = [
      (1, query), (1, query + [0, 0, 0, 0, 0]), (2, [0, 0, 1]), (2, [0, 0, 0, 0, 1]), (16, []),
      (16, [0, 1, 2, 3]), (19, []), (19, [1]), (20, []), (20, [1]), (22, []), (20_292, Array("ODNS".utf8)),
      (20_292, Array("ODNX".utf8) + [1, 0, 0, 8, 0, 0, 0, 7]),
      (20_292, Array("ODNS".utf8) + [1, 0, 0, 8, 0]),
      (26, []),
    ]
    for (code, data) in wrong { #expect(try text(code, data) == nil, "\(code) \(data)") }
  }

  @Test("registered options have names")
  func names() {
    let registered = Array(1...3) + Array(5...26) + [20_292, 26_946] as [UInt16]
    #expect(
      (0...UInt16.max).filter { EDNSOptionCode(rawValue: $0).name != nil } == registered)
    #expect(EDNSOptionCode.extendedError.name == "EDE" && EDNSOptionCode.clientSubnet.name == "CLIENT-SUBNET")
    #expect(EDNSOptionCode(rawValue: 65001).name == nil)
  }
}
