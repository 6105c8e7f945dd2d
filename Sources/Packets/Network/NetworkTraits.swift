/// What the IP header and the link say of a packet beside its addresses: by this two senders that use one address may be
/// told apart. It is one word, so that it can be kept for every message and costs next to nothing on the way.
///
///     | identification 16 | station 16 | IP TTL 8 | flags 8 | traffic class 8 | 0 |
@usableFromInline
package struct NetworkTraits: Hashable, Sendable {
  /// The fields, the first one in the lowest bits.
  @usableFromInline var word: UInt64

  /// From the fields.
  @inline(__always)
  package init(
    ipTTL: UInt8 = 64, identification: UInt16 = 0, flags: NetworkFlags = [], trafficClass: UInt8 = 0,
    station: UInt16 = 0
  ) {
    word = UInt64(identification) | UInt64(station) &<< 16 | UInt64(ipTTL) &<< 32
    word |= UInt64(flags.rawValue) &<< 40 | UInt64(trafficClass) &<< 48
  }

  /// All but the identification: 40 bits.
  @inlinable package var manner: UInt64 { word &>> 16 }

  /// From all but the identification, of which 40 bits count, and that.
  @inlinable package init(manner: UInt64, identification: UInt16) {
    word = (manner & (1 &<< 40 &- 1)) &<< 16 | UInt64(identification)
  }

  /// The low 16 bits of the IPv4 identification, or of that of the IPv6 fragment header; 0 when there is none.
  @inlinable package var identification: UInt16 { UInt16(truncatingIfNeeded: word) }
  /// A hash of the link-layer source address and the VLAN; 0 when there is neither. Equal for equal senders on a link; of
  /// different ones about one pair in 65,536 shares it.
  @inlinable package var station: UInt16 { UInt16(truncatingIfNeeded: word &>> 16) }
  /// Time to live, or hop limit.
  @inlinable package var ipTTL: UInt8 { UInt8(truncatingIfNeeded: word &>> 32) }
  /// What else is so.
  @inlinable package var flags: NetworkFlags {
    NetworkFlags(rawValue: UInt8(truncatingIfNeeded: word &>> 40))
  }
  /// Type of service (RFC 791 §3.1), or traffic class (RFC 8200 §7): DSCP and ECN.
  @inlinable package var trafficClass: UInt8 { UInt8(truncatingIfNeeded: word &>> 48) }

  /// The same with further flags.
  package func adding(_ flags: NetworkFlags) -> NetworkTraits {
    var traits = self
    traits.word |= UInt64(flags.rawValue) &<< 40
    return traits
  }
}

/// Facts about the packet, or the packets, of a message that are so or not.
@usableFromInline
package struct NetworkFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  @usableFromInline package let rawValue: UInt8

  /// From the bits.
  @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Whether all of another set is in it. Other modules would call generic code otherwise, which took three tenths of an audit.
  @inlinable package func contains(_ other: NetworkFlags) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }
  /// Whether nothing of another set is in it.
  @inlinable package func isDisjoint(with other: NetworkFlags) -> Bool { rawValue & other.rawValue == 0 }

  /// There is an identification.
  @inlinable package static var hasIdentification: NetworkFlags { NetworkFlags(rawValue: 1) }
  /// The flag "Don't Fragment" of IPv4 (RFC 791 §3.1).
  @inlinable package static var dontFragment: NetworkFlags { NetworkFlags(rawValue: 2) }
  /// The header is of IPv6.
  @inlinable package static var isIPv6: NetworkFlags { NetworkFlags(rawValue: 4) }
  /// It came in fragments; an atomic one of IPv6 (RFC 6946) is none.
  @inlinable package static var isFragmented: NetworkFlags { NetworkFlags(rawValue: 8) }
  /// Its fragments have different times to live.
  @inlinable package static var ttlsDiffer: NetworkFlags { NetworkFlags(rawValue: 16) }
  /// One of its later fragments came before the one with its beginning.
  @inlinable package static var tailFirst: NetworkFlags { NetworkFlags(rawValue: 32) }
  /// UDP without a checksum (RFC 768).
  @inlinable package static var checksumAbsent: NetworkFlags { NetworkFlags(rawValue: 64) }
}

/// Folds what tells senders on one link apart.
enum StationHash {
  /// The fold of a link-layer address of at most eight bytes; 0 for the address 0, as on a loopback interface. The upper
  /// bits of a product with an odd factor (2^64 divided by the golden ratio) depend on every bit of the address.
  @inline(__always)
  static func fold(_ address: UInt64) -> UInt16 {
    UInt16(truncatingIfNeeded: (address &* 0x9e37_79b9_7f4a_7c15) &>> 48)
  }

  /// A fold with a VLAN in it. An odd factor keeps all VLANs of one address apart; it is far from the one above, so that
  /// the next VLAN and the next address do not fall together.
  static func fold(_ station: UInt16, vlan: UInt16) -> UInt16 { station &+ vlan &* 0x85eb }
}
