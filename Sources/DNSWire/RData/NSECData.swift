import Bytes

/// The RDATA of an NSEC (RFC 4034 §4.1).
package struct NSECData: Hashable, Sendable {
  /// The next owner name of the zone in canonical order.
  package let nextName: Name
  /// The types at the NSEC's owner.
  package let types: TypeBitmap

  /// Reads uncompressed RDATA.
  package init(_ rdata: Span<UInt8>) throws(DecodingError) {
    let (name, end) = try readUncompressedName(rdata, at: 0)
    nextName = name
    types = try TypeBitmap(rdata.extracting(end..<rdata.count))
  }
}

/// The RDATA of an NSEC3 (RFC 5155 §3.2).
package struct NSEC3Data: Hashable, Sendable {
  /// Hash algorithm; 1 is SHA-1.
  package let hashAlgorithm: UInt8
  /// Flags; bit 0 is opt-out.
  package let flags: UInt8
  /// Additional times that the hash is applied.
  package let iterations: UInt16
  /// Salt, 0...255 octets.
  package let salt: [UInt8]
  /// Hash of the next owner in hash order, unencoded.
  package let nextHashedOwner: [UInt8]
  /// The types at the original owner.
  package let types: TypeBitmap

  /// Reads RDATA.
  package init(_ rdata: Span<UInt8>) throws(DecodingError) {
    var reader = ByteReader(rdata)
    hashAlgorithm = try reader.readUInt8()
    flags = try reader.readUInt8()
    iterations = try reader.readUInt16()
    let saltLength = Int(try reader.readUInt8()), saltStart = reader.offset
    try reader.skip(saltLength)
    salt = (saltStart..<(saltStart + saltLength)).map { rdata[$0] }
    let hashLength = Int(try reader.readUInt8()), hashStart = reader.offset
    try reader.skip(hashLength)
    nextHashedOwner = (hashStart..<(hashStart + hashLength)).map { rdata[$0] }
    types = try TypeBitmap(rdata.extracting(reader.offset..<rdata.count))
  }

  /// Whether unsigned delegations may hide in the span (RFC 5155 §6).
  package var isOptOut: Bool { flags & 1 != 0 }
}
