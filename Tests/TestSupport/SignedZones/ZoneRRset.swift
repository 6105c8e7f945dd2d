import Bytes
import DNSWire

/// An RRset of a zone that a test makes: RDATA without compression, names in it in lower case, so that the bytes are
/// those of the canonical form (RFC 4034 §6.2) too.
package struct ZoneRRset: Sendable {
  /// Owner and type.
  package var owner: Name, type: RecordType
  /// TTL in seconds.
  package var ttl: UInt32
  /// The records.
  package var rdata: [[UInt8]]

  /// From the fields.
  package init(_ owner: Name, _ type: RecordType, ttl: UInt32 = 3600, _ rdata: [[UInt8]]) {
    (self.owner, self.type, self.ttl, self.rdata) = (owner, type, ttl, rdata)
  }
}

/// An RRset as it stands in a message: the owner that is shown, and the RRSIGs beside it.
package struct AnsweredRRset: Sendable {
  /// The RRset, with the owner asked for where a wildcard was expanded.
  package var rrset: ZoneRRset
  /// RDATA of its RRSIGs; empty where nothing is signed.
  package var signatures: [[UInt8]]

  /// From the fields.
  package init(rrset: ZoneRRset, signatures: [[UInt8]] = []) {
    (self.rrset, self.signatures) = (rrset, signatures)
  }
}

/// A domain name; the test stops when the text is none.
package func domainName(_ text: String) -> Name {
  guard let name = Name(text) else { preconditionFailure("not a name: \(text)") }
  return name
}

/// Writes RDATA.
package enum ZoneRData {
  /// An address, from its last octet in 192.0.2.0/24 (RFC 5737).
  package static func a(_ last: UInt8) -> [UInt8] { [192, 0, 2, last] }

  /// An address in 2001:db8::/32 (RFC 3849).
  package static func aaaa(_ last: UInt8) -> [UInt8] {
    [0x20, 0x01, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [last]
  }

  /// A name alone: NS, CNAME, DNAME, PTR.
  package static func name(_ name: Name) -> [UInt8] { name.canonical.wire }

  /// A mail exchange.
  package static func mx(_ preference: UInt16, _ host: Name) -> [UInt8] { octets(preference) + name(host) }

  /// One character-string.
  package static func txt(_ text: String) -> [UInt8] { characterString(text) }

  /// A start of authority.
  package static func soa(_ apex: Name, serial: UInt32) -> [UInt8] {
    let (server, mailbox) = (
      apex.child(Array("ns".utf8)) ?? apex, apex.child(Array("hostmaster".utf8)) ?? apex
    )
    let times: [UInt32] = [serial, 7200, 3600, 1_209_600, 300]
    return name(server) + name(mailbox) + times.flatMap { octets($0) }
  }

  /// Window blocks of a list of types (RFC 4034 §4.1.2).
  package static func typeBitmap(_ types: [RecordType]) -> [UInt8] {
    var wire: [UInt8] = []
    for window in Set(types.map { $0.rawValue >> 8 }).sorted() {
      var bits = [UInt8](repeating: 0, count: 32)
      for type in types where type.rawValue >> 8 == window {
        bits[Int(type.rawValue & 255) / 8] |= 0x80 >> UInt8(type.rawValue & 7)
      }
      while bits.last == 0 { bits.removeLast() }
      wire += [UInt8(window), UInt8(bits.count)] + bits
    }
    return wire
  }
}
