import Bytes

/// One element of a message with opcode DSO (RFC 8490 §5.4): its type, and where its data stand in the message.
package struct StatefulOperation: Sendable {
  /// What kind of element this is.
  package let type: StatefulOperationType
  /// Where the data stand.
  package let dataOffset: Int, dataEnd: Int

  /// The data in the message that the element was read from.
  @_lifetime(copy message)
  package func data(in message: Span<UInt8>) -> Span<UInt8> { message.extracting(dataOffset..<dataEnd) }
}

/// The kind of a DSO element (IANA "DSO Type Codes").
package struct StatefulOperationType: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  package let rawValue: UInt16

  /// From the number.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let keepalive = StatefulOperationType(rawValue: 1)
  package static let retryDelay = StatefulOperationType(rawValue: 2)
  package static let encryptionPadding = StatefulOperationType(rawValue: 3)
  package static let subscribe = StatefulOperationType(rawValue: 0x40)
  package static let unsubscribe = StatefulOperationType(rawValue: 0x42)

  /// The registry's names (RFC 8490 §10.3, RFC 8765 §8).
  private static let registry = MnemonicTable(
    prefix: "DSO",
    [
      1: "KEEPALIVE", 2: "RETRYDELAY", 3: "ENCRYPTIONPADDING", 0x40: "SUBSCRIBE", 0x41: "PUSH",
      0x42: "UNSUBSCRIBE", 0x43: "RECONFIRM",
    ])

  /// The name; nil for a number without one.
  package var name: String? { StatefulOperationType.registry.registered(rawValue) }
}

/// Walks the elements of a DSO message; ends for good at the first fault. They have the layout of EDNS options:
/// type and length of 16 bits each, and data.
package struct StatefulOperationCursor: ~Escapable {
  /// The walk below.
  private var elements: EDNSOptionCursor

  /// A cursor at the reader's place.
  @_lifetime(copy reader)
  init(_ reader: ByteReader) { elements = EDNSOptionCursor(reader) }

  /// The next element; nil behind the last one.
  package mutating func next() throws(DecodingError) -> StatefulOperation? {
    guard let element = try elements.next() else { return nil }
    return StatefulOperation(
      type: StatefulOperationType(rawValue: element.code.rawValue), dataOffset: element.dataOffset,
      dataEnd: element.dataEnd)
  }
}

extension MessageView {
  /// Whether DSO elements stand behind the header, where other messages have nothing: the opcode is DSO and all
  /// counts are 0 (RFC 8490 §5.4).
  package var isStatefulOperation: Bool {
    header.flags.opcode == .dso && header.qdCount == 0 && header.anCount == 0 && header.nsCount == 0
      && header.arCount == 0
  }

  /// A cursor in front of the first DSO element.
  @_lifetime(copy self)
  package func makeOperationCursor() -> StatefulOperationCursor {
    StatefulOperationCursor(ByteReader(bytes, from: Header.length, to: bytes.count))
  }
}
