/// A record type, query type or meta type (IANA "Resource Record (RR) TYPEs").
@usableFromInline
package struct RecordType: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  @usableFromInline package let rawValue: UInt16

  /// From the number.
  @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Whether two have the same number. The comparison that the library makes for all of its kind asks through tables.
  @inlinable @inline(__always)
  package static func == (a: RecordType, b: RecordType) -> Bool { a.rawValue == b.rawValue }

  package static let a = RecordType(rawValue: 1)
  package static let ns = RecordType(rawValue: 2)
  package static let cname = RecordType(rawValue: 5)
  package static let soa = RecordType(rawValue: 6)
  package static let ptr = RecordType(rawValue: 12)
  package static let mx = RecordType(rawValue: 15)
  package static let txt = RecordType(rawValue: 16)
  package static let sig = RecordType(rawValue: 24)
  package static let aaaa = RecordType(rawValue: 28)
  package static let srv = RecordType(rawValue: 33)
  package static let dname = RecordType(rawValue: 39)
  package static let opt = RecordType(rawValue: 41)
  package static let ds = RecordType(rawValue: 43)
  package static let rrsig = RecordType(rawValue: 46)
  package static let nsec = RecordType(rawValue: 47)
  package static let dnskey = RecordType(rawValue: 48)
  package static let nsec3 = RecordType(rawValue: 50)
  package static let nsec3param = RecordType(rawValue: 51)
  package static let nxname = RecordType(rawValue: 128)
  package static let tkey = RecordType(rawValue: 249)
  package static let tsig = RecordType(rawValue: 250)
  package static let ixfr = RecordType(rawValue: 251)
  package static let axfr = RecordType(rawValue: 252)
  package static let any = RecordType(rawValue: 255)
}

/// A class (RFC 1035 §3.2.4); OPT uses the field for the sender's UDP size.
@usableFromInline
package struct RecordClass: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  @usableFromInline package let rawValue: UInt16

  /// From the number.
  @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Whether two have the same number. The comparison that the library makes for all of its kind asks through tables.
  @inlinable @inline(__always)
  package static func == (a: RecordClass, b: RecordClass) -> Bool { a.rawValue == b.rawValue }

  package static let `in` = RecordClass(rawValue: 1)
  package static let ch = RecordClass(rawValue: 3)
  package static let hs = RecordClass(rawValue: 4)
  package static let none = RecordClass(rawValue: 254)
  package static let any = RecordClass(rawValue: 255)
}

/// The kind of a message (RFC 1035 §4.1.1 and IANA "DNS OpCodes").
package struct Opcode: RawRepresentable, Hashable, Sendable {
  /// The number on the wire, 0...15.
  package let rawValue: UInt8

  /// From the number.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let query = Opcode(rawValue: 0)
  package static let iquery = Opcode(rawValue: 1)
  package static let status = Opcode(rawValue: 2)
  package static let notify = Opcode(rawValue: 4)
  package static let update = Opcode(rawValue: 5)
  package static let dso = Opcode(rawValue: 6)
}

/// A response code, with the eight bits that EDNS adds (RFC 6891 §6.1.3): 0...4095.
@usableFromInline
package struct ResponseCode: RawRepresentable, Hashable, Sendable {
  /// The number.
  @usableFromInline package let rawValue: UInt16

  /// From the number.
  @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Whether two have the same number. The comparison that the library makes for all of its kind asks through tables.
  @inlinable @inline(__always)
  package static func == (a: ResponseCode, b: ResponseCode) -> Bool { a.rawValue == b.rawValue }

  package static let noError = ResponseCode(rawValue: 0)
  package static let formErr = ResponseCode(rawValue: 1)
  package static let servFail = ResponseCode(rawValue: 2)
  package static let nxDomain = ResponseCode(rawValue: 3)
  package static let notImp = ResponseCode(rawValue: 4)
  package static let refused = ResponseCode(rawValue: 5)
  package static let yxDomain = ResponseCode(rawValue: 6)
}
