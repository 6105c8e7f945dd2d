import Bytes
import DNSWire
import TestSupport
import Testing

/// RFC 8490 §5.4 and RFC 8765.
@Suite struct StatefulOperationTests {
  /// A DSO message with these octets behind its header.
  private func message(_ body: [UInt8], flags: UInt16 = 0x3000) -> [UInt8] {
    var builder = MessageBuilder(flags: flags)
    builder.body = body
    return builder.bytes
  }

  /// An element.
  private func element(_ type: UInt16, _ data: [UInt8]) -> [UInt8] {
    octets(type) + octets(UInt16(data.count)) + data
  }

  /// The text of a message's only element.
  private func text(_ type: UInt16, _ data: [UInt8]) throws -> String? {
    let bytes = message(element(type, data))
    var cursor = try MessageView(bytes.span).makeOperationCursor()
    return try #require(try cursor.next()).text(in: bytes.span)
  }

  @Test("the opcode and four counts of 0 make a message of elements")
  func kind() throws {
    let operation = message([]), query = message([], flags: 0)
    #expect(try MessageView(operation.span).isStatefulOperation)
    #expect(try !MessageView(query.span).isStatefulOperation)
    for count in 4...11 {
      var counted = operation
      counted[count] = 1
      #expect(try MessageView(counted.span).isStatefulOperation == false)
    }
  }

  @Test("elements are walked in order, with exact offsets, up to one that runs past the message")
  func walk() throws {
    let bytes = message(element(1, [UInt8](repeating: 0, count: 8)) + element(3, []) + [0, 3, 0, 2, 0])
    var cursor = try MessageView(bytes.span).makeOperationCursor()
    let first = try #require(try cursor.next()), second = try #require(try cursor.next())
    #expect(first.type == .keepalive && first.dataOffset == 16 && first.dataEnd == 24)
    #expect(second.type == .encryptionPadding && second.dataOffset == 28 && second.dataEnd == 28)
    let error = #expect(throws: DecodingError.self) { try cursor.next() }
    #expect(error == DecodingError(.truncated, at: 28))
    #expect(try cursor.next() == nil)
  }

  @Test("registered elements have names and say what they hold")
  func texts() throws {
    let periods = octets(15_000 as UInt32) + octets(10_000 as UInt32)
    #expect(try text(1, periods) == "inactivity 15000 ms, interval 10000 ms")
    #expect(try text(2, octets(500 as UInt32)) == "500 ms" && text(3, [0, 0, 0]) == "3 octets")
    #expect(try text(0x40, wire("_ipp._tcp.Example.") + [0, 12, 0, 1]) == "_ipp._tcp.Example. IN PTR")
    #expect(try text(0x42, [0x12, 0x34]) == "id 4660")
    for (type, data) in [
      (1, periods + [0]), (1, []), (2, [0]), (0x40, wire("a.") + [0, 12, 0]),
      (0x40, wire("a.") + [0, 12, 0, 1, 0]),
      (0x40, [0xc0, 12, 0, 12, 0, 1]), (0x42, [1]), (0x41, [0]), (0xf800, []),
    ] as [(UInt16, [UInt8])] {
      #expect(try text(type, data) == nil, "\(type) \(data)")
    }
    let named = (0...UInt16.max).filter { StatefulOperationType(rawValue: $0).name != nil }
    #expect(named == [1, 2, 3, 0x40, 0x41, 0x42, 0x43])
  }
}
