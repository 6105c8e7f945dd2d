import DNSWire

/// Denial by one record that matches the name which does not exist (RFC 9824).
enum CompactDenial {
  /// The types that a denial record lists about itself, and NXNAME.
  static let bookkeeping: Set<RecordType> = [.rrsig, .nsec, .nxname]

  /// Whether the bitmap says that its owner does not exist: NXNAME, beside it at most RRSIG and NSEC
  /// (RFC 9824 §3.1; with NSEC3 NXNAME alone, §4). Next to other types NXNAME is a meta-type to be ignored
  /// (RFC 4034 §4.1.2). The next name only should be the immediate successor, so it is not looked at.
  static func deniesName(_ types: TypeBitmap) -> Bool {
    types.contains(.nxname) && types.types.allSatisfy(bookkeeping.contains)
  }
}
