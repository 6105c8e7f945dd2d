import Bytes

/// The RDATA of a DS (RFC 4034 §5.1).
package struct DSData: Hashable, Sendable {
  /// Key tag of the DNSKEY that it names.
  package let keyTag: UInt16
  /// Algorithm of that key.
  package let algorithm: UInt8
  /// Digest type (IANA "Delegation Signer (DS) Resource Record (RR) Type Digest Algorithms").
  package let digestType: UInt8
  /// Digest of owner name and DNSKEY RDATA.
  package let digest: [UInt8]

  /// From the fields.
  package init(keyTag: UInt16, algorithm: UInt8, digestType: UInt8, digest: [UInt8]) {
    (self.keyTag, self.algorithm, self.digestType, self.digest) = (keyTag, algorithm, digestType, digest)
  }

  /// Reads RDATA.
  package init(_ rdata: Span<UInt8>) throws(DecodingError) {
    var reader = ByteReader(rdata)
    keyTag = try reader.readUInt16()
    algorithm = try reader.readUInt8()
    digestType = try reader.readUInt8()
    digest = (reader.offset..<rdata.count).map { rdata[$0] }
  }
}
