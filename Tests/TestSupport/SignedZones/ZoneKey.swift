import Crypto
import DNSWire

/// When signatures hold, in seconds since 1970; both ends belong to it (RFC 4034 §3.1.5).
package struct ValidityPeriod: Sendable {
  /// First and last second.
  package var inception: UInt32, expiration: UInt32

  /// From the ends.
  package init(_ inception: UInt32, _ expiration: UInt32) {
    (self.inception, self.expiration) = (inception, expiration)
  }
}

/// A key of a zone, which makes RRSIGs.
package struct ZoneKey: Sendable {
  /// Flags of a key that signs keys, and of one that signs all else (RFC 4034 §2.1.1).
  package static let keySigning: UInt16 = 257, zoneSigning: UInt16 = 256

  /// The number in DNSKEY, RRSIG and DS.
  package let algorithm: UInt8
  /// The DNSKEY RDATA.
  package let rdata: [UInt8]
  /// Its key tag.
  package let keyTag: UInt16
  private let key: SigningKey

  /// The key of a seed; the last two parameters are those of RSA alone.
  package init(
    algorithm: UInt8, flags: UInt16, protocolNumber: UInt8 = 3, seed: UInt64, rsaBits: Int = 1024,
    exponent: UInt64 = 65537
  ) throws {
    guard let scheme = SignatureScheme(dnssecAlgorithm: algorithm) else { throw SigningKey.Failure() }
    let key = try SigningKey(scheme, seed: seed, rsaBits: rsaBits, exponent: exponent)
    let rdata = octets(flags) + [protocolNumber, algorithm] + key.dnskeyBytes
    (self.algorithm, self.key, self.rdata) = (algorithm, key, rdata)
    keyTag = try DNSKEYData(rdata.span).keyTag
  }

  /// RDATA of an RRSIG over an RRset (RFC 4034 §3.1).
  package func sign(_ rrset: ZoneRRset, signer: Name, _ period: ValidityPeriod) throws -> [UInt8] {
    let labels = UInt8(rrset.owner.labelCount - (rrset.owner.isWildcard ? 1 : 0))
    let header =
      octets(rrset.type.rawValue) + [algorithm, labels] + octets(rrset.ttl) + octets(period.expiration)
      + octets(period.inception) + octets(keyTag) + signer.canonical.wire
    return header + (try key.sign(header + ZoneKey.canonicalForm(of: rrset)))
  }

  /// RDATA of the DS that names this key (RFC 4034 §5.1.4).
  package func ds(of zone: Name, digestType: UInt8) -> [UInt8] {
    let algorithms: [UInt8: DigestAlgorithm] = [1: .sha1, 2: .sha256, 4: .sha384, 6: .sm3]
    guard let digest = algorithms[digestType] else { preconditionFailure("no digest of type \(digestType)") }
    let input = zone.canonical.wire + rdata
    return octets(keyTag) + [algorithm, digestType] + Digest.hash(digest, input.span)
  }

  /// RDATA of the DS with SHA-256 that names any DNSKEY RDATA, also of what is no key.
  package static func ds(naming rdata: [UInt8], of zone: Name) throws -> [UInt8] {
    let input = zone.canonical.wire + rdata
    return octets(try DNSKEYData(rdata.span).keyTag) + [rdata[3], 2] + Digest.hash(.sha256, input.span)
  }

  /// The records one behind the other in canonical order, without repetitions (RFC 4034 §6.3).
  private static func canonicalForm(of rrset: ZoneRRset) -> [UInt8] {
    let head = rrset.owner.canonical.wire + octets(rrset.type.rawValue) + octets(RecordClass.in.rawValue)
    return Set(rrset.rdata).sorted { $0.lexicographicallyPrecedes($1) }
      .flatMap { head + octets(rrset.ttl) + octets(UInt16($0.count)) + $0 }
  }
}
