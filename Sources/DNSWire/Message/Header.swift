import Bytes

/// The twelve octets in front of every message (RFC 1035 §4.1.1, flags AD and CD from RFC 4035 §3).
///
///      0  1  2  3  4  5  6  7  8  9  0  1  2  3  4  5
///     |                      ID                       |
///     |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
///     |        QDCOUNT        |        ANCOUNT        |
///     |        NSCOUNT        |        ARCOUNT        |
package struct Header: Equatable, Sendable {
  /// The message ID.
  package let id: UInt16
  /// The sixteen bits behind it.
  package let flags: HeaderFlags
  /// The four counts as written, whether the message keeps the promise or not.
  package let qdCount: UInt16, anCount: UInt16, nsCount: UInt16, arCount: UInt16

  /// Length in octets.
  package static let length = 12

  /// Reads the header at the start of a message.
  @inline(__always)
  init(_ message: Span<UInt8>) throws(DecodingError) {
    // All fields are sixteen bits wide: the first one that is cut begins at an even offset.
    guard message.count >= Header.length else { throw DecodingError(.truncated, at: message.count & ~1) }
    let octets = message.extracting(first: Header.length)
    id = octets.uint16(at: 0)
    flags = HeaderFlags(rawValue: octets.uint16(at: 2))
    qdCount = octets.uint16(at: 4)
    anCount = octets.uint16(at: 6)
    nsCount = octets.uint16(at: 8)
    arCount = octets.uint16(at: 10)
  }
}

/// The second sixteen bits of the header.
package struct HeaderFlags: RawRepresentable, Hashable, Sendable {
  /// The bits, QR highest.
  package let rawValue: UInt16

  /// From the bits.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// QR: this is a response.
  package var isResponse: Bool { rawValue & 0x8000 != 0 }
  /// The opcode.
  package var opcode: Opcode { Opcode(rawValue: UInt8(rawValue >> 11 & 15)) }
  /// Whether the opcode is QUERY.
  package var isQuery: Bool { rawValue & 0x7800 == 0 }
  /// AA: authoritative answer.
  package var aa: Bool { rawValue & 0x0400 != 0 }
  /// TC: truncated.
  package var tc: Bool { rawValue & 0x0200 != 0 }
  /// RD: recursion desired.
  package var rd: Bool { rawValue & 0x0100 != 0 }
  /// RA: recursion available.
  package var ra: Bool { rawValue & 0x0080 != 0 }
  /// Z: reserved.
  package var z: Bool { rawValue & 0x0040 != 0 }
  /// AD: authentic data.
  package var ad: Bool { rawValue & 0x0020 != 0 }
  /// CD: checking disabled.
  package var cd: Bool { rawValue & 0x0010 != 0 }
  /// The four bits of the response code; EDNS has eight more in front.
  package var rcodeLow: UInt8 { UInt8(rawValue & 15) }
}
