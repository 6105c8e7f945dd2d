import Bytes

/// What an OPT record says (RFC 6891 §6.1); offsets only, so that it may outlive the message.
///
///     | NAME: root (8) | TYPE: 41 (16) | CLASS: sender's UDP size (16) |
///     | TTL: EXTENDED-RCODE (8) | VERSION (8) | DO (1) | Z (15) | RDATA: options |
package struct EDNS: Sendable {
  /// The upper eight bits of the response code.
  package let extendedRcode: UInt8
  /// The version; 0 is the only one there is.
  package let version: UInt8
  /// The largest UDP payload that the sender takes, octets.
  package let udpSize: UInt16
  /// The sixteen flag bits, DO highest.
  package let flags: UInt16
  /// Where the options stand in the message.
  package let optionsOffset: Int, optionsEnd: Int

  /// The flag DO: the sender understands DNSSEC records (RFC 3225 §3).
  package var dnssecOK: Bool { flags & 0x8000 != 0 }

  /// Reads an OPT record; nil for a record that is not the root's OPT in the additional section.
  package init?(_ record: RecordHeader, in message: Span<UInt8>) {
    guard record.type == .opt, record.section == .additional else { return nil }
    guard message.indices.contains(record.ownerOffset), message[record.ownerOffset] == 0 else { return nil }
    extendedRcode = UInt8(record.ttl >> 24)
    version = UInt8(record.ttl >> 16 & 255)
    udpSize = record.recordClass.rawValue
    flags = UInt16(record.ttl & 0xffff)
    optionsOffset = record.rdataOffset
    optionsEnd = record.rdataOffset + record.rdataLength
  }

  /// The response code of twelve bits that the header's four belong to.
  package func responseCode(header: HeaderFlags) -> ResponseCode {
    ResponseCode(rawValue: UInt16(extendedRcode) << 4 | UInt16(header.rcodeLow))
  }

  /// A cursor in front of the first option of the message that this was read from.
  @_lifetime(copy message)
  package func makeCursor(in message: Span<UInt8>) -> EDNSOptionCursor {
    EDNSOptionCursor(ByteReader(message, from: optionsOffset, to: optionsEnd))
  }
}

/// An option: its code, and where its data stand in the message (RFC 6891 §6.1.2).
package struct EDNSOption: Sendable {
  /// What kind of option this is.
  package let code: EDNSOptionCode
  /// Where the data stand.
  package let dataOffset: Int, dataEnd: Int

  /// The data in the message that the option was read from.
  @_lifetime(copy message)
  package func data(in message: Span<UInt8>) -> Span<UInt8> { message.extracting(dataOffset..<dataEnd) }
}

/// Walks the options of an OPT record; ends for good at the first fault.
package struct EDNSOptionCursor: ~Escapable {
  /// What is left of the options.
  private var reader: ByteReader
  /// Whether a fault ended the walk.
  private var failed = false

  /// A cursor at the reader's place.
  @_lifetime(copy reader)
  init(_ reader: ByteReader) { self.reader = reader }

  /// The next option; nil behind the last one.
  package mutating func next() throws(DecodingError) -> EDNSOption? {
    guard !failed, reader.remaining > 0 else { return nil }
    let start = reader.offset
    do throws(DecodingError) {
      let code = EDNSOptionCode(rawValue: try reader.readUInt16())
      let length = Int(try reader.readUInt16()), dataOffset = reader.offset
      try reader.skip(length)
      return EDNSOption(code: code, dataOffset: dataOffset, dataEnd: reader.offset)
    } catch {
      failed = true
      throw DecodingError(error.fault, at: start)
    }
  }
}

extension MessageView {
  /// The message's first OPT record; nil when there is none in front of the first fault.
  package func edns() -> EDNS? {
    guard header.arCount > 0 else { return nil }
    var cursor = makeCursor()
    while let record = try? cursor.nextRecord() {
      if let edns = EDNS(record, in: bytes) { return edns }
    }
    return nil
  }
}
