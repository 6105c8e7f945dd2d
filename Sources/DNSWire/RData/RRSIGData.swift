import Bytes

/// The RDATA of an RRSIG in uncompressed form (RFC 4034 §3.1).
///
///     | Type Covered (16) | Algorithm (8) | Labels (8) | Original TTL (32) |
///     | Signature Expiration (32) | Signature Inception (32) | Key Tag (16) |
///     / Signer's Name / Signature /
package struct RRSIGData: Sendable {
  /// The type of the RRset that is signed.
  package let typeCovered: RecordType
  /// The signer's algorithm number.
  package let algorithm: UInt8
  /// Labels of the owner without root and leading `*`.
  package let labels: UInt8
  /// TTL of the RRset in the zone, seconds.
  package let originalTTL: UInt32
  /// End and start of validity: seconds since 1970 modulo 2^32, both inclusive (RFC 4034 §3.1.5).
  package let expiration: UInt32, inception: UInt32
  /// Key tag of the key that made it.
  package let keyTag: UInt16
  /// The zone that signed.
  package let signer: Name
  /// Octets in front of the signature: the part of the RDATA that is itself signed.
  package let headerLength: Int
  /// Octets of the signature.
  package let signatureLength: Int

  /// Octets before the signer's name.
  package static let fixedLength = 18

  /// Reads uncompressed RDATA.
  package init(_ rdata: Span<UInt8>) throws(DecodingError) {
    let fixed = try RRSIGFixedFields(rdata)
    let (name, end) = try readUncompressedName(rdata, at: RRSIGData.fixedLength)
    self.init(fixed, signer: name, headerLength: end, signatureLength: rdata.count - end)
  }

  /// From fields that were read before.
  package init(_ fixed: RRSIGFixedFields, signer: Name, headerLength: Int, signatureLength: Int) {
    (typeCovered, algorithm, labels) = (fixed.typeCovered, fixed.algorithm, fixed.labels)
    (originalTTL, expiration, inception) = (fixed.originalTTL, fixed.expiration, fixed.inception)
    (keyTag, self.signer) = (fixed.keyTag, signer)
    (self.headerLength, self.signatureLength) = (headerLength, signatureLength)
  }
}

/// The fields in front of the signer's name in the RDATA of an RRSIG (RFC 4034 §3.1).
package struct RRSIGFixedFields: Sendable {
  /// TTL of the RRset in the zone, seconds.
  package let originalTTL: UInt32
  /// End and start of validity.
  package let expiration: UInt32, inception: UInt32
  /// The type of the RRset that is signed.
  package let typeCovered: RecordType
  /// Key tag of the key that made it.
  package let keyTag: UInt16
  /// The signer's algorithm number, and the labels of the owner without root and leading `*`.
  package let algorithm: UInt8, labels: UInt8

  /// Zeros, for where there are none.
  package init() {
    (originalTTL, expiration, inception, typeCovered) = (0, 0, 0, RecordType(rawValue: 0))
    (keyTag, algorithm, labels) = (0, 0, 0)
  }

  /// Reads them from RDATA.
  package init(_ rdata: Span<UInt8>) throws(DecodingError) {
    var reader = ByteReader(rdata)
    typeCovered = RecordType(rawValue: try reader.readUInt16())
    algorithm = try reader.readUInt8()
    labels = try reader.readUInt8()
    originalTTL = try reader.readUInt32()
    expiration = try reader.readUInt32()
    inception = try reader.readUInt32()
    keyTag = try reader.readUInt16()
  }
}

/// Reads a name in RDATA where compression is not allowed; the offset behind it comes along.
package func readUncompressedName(_ rdata: Span<UInt8>, at start: Int) throws(DecodingError) -> (
  Name, end: Int
) {
  var offset = start
  while true {
    guard offset < rdata.count else { throw DecodingError(.truncated, at: offset) }
    let length = Int(rdata[offset])
    guard length <= Name.maximumLabelLength else { throw DecodingError(.reservedLabelType, at: offset) }
    guard offset - start + length + 1 <= Name.maximumLength else {
      throw DecodingError(.nameTooLong, at: offset)
    }
    guard offset + length < rdata.count else { throw DecodingError(.truncated, at: offset) }
    offset += length + 1
    if length == 0 { return (Name(stored: rdata.extracting(start..<offset)), offset) }
  }
}
