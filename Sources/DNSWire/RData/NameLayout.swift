/// Where the compressible domain names stand in the RDATA of a type: all of them in one row.
struct NameLayout {
  /// What stands in front of the names.
  enum Lead {
    /// So many octets.
    case octets(Int)
    /// Order, preference and three character-strings (RFC 3403 §4.1).
    case naptr
    /// A prefix length and the address bits behind the prefix; no name when the length is 0 (RFC 2874 §3.1).
    case a6
  }

  /// What stands behind the names.
  enum Tail: Equatable {
    /// Exactly so many octets.
    case octets(Int)
    /// Anything.
    case rest
  }

  /// In front of the names.
  let lead: Lead
  /// How many names there are.
  let names: Int
  /// Behind the names.
  let tail: Tail
  /// Whether the canonical form has them in lower case (RFC 4034 §6.2 as corrected by RFC 6840 §5.1).
  let lowercase: Bool

  /// A layout; most types have one name that ends the RDATA.
  private init(_ lead: Lead = .octets(0), names: Int = 1, tail: Tail = .octets(0), lowercase: Bool = true) {
    (self.lead, self.names, self.tail, self.lowercase) = (lead, names, tail, lowercase)
  }

  /// The layout of a type; nil for types without names, for unknown types and for those whose names are
  /// never compressed and stay as they are (HIP, IPSECKEY, AMTRELAY).
  init?(_ type: RecordType, _ recordClass: RecordClass) {
    if let layout = NameLayout(anyClass: type) {
      self = layout
    } else if recordClass.hasInternetLayouts, let layout = NameLayout(internet: type) {
      self = layout
    } else if recordClass == .ch, type == .a {
      self.init(tail: .octets(2), lowercase: false)
    } else {
      return nil
    }
  }

  /// Types that look the same in every class.
  private init?(anyClass type: RecordType) {
    switch type.rawValue {
    case 2, 3, 4, 5, 7, 8, 9, 12, 39: self.init()  // NS MD MF CNAME MB MG MR PTR DNAME
    case 6: self.init(names: 2, tail: .octets(20))  // SOA
    case 14, 17: self.init(names: 2)  // MINFO RP
    case 15, 18, 21: self.init(.octets(2))  // MX AFSDB RT
    case 24, 46: self.init(.octets(18), tail: .rest)  // SIG RRSIG
    case 30: self.init(tail: .rest)  // NXT
    case 47, 249, 250: self.init(tail: .rest, lowercase: false)  // NSEC TKEY TSIG
    case 58: self.init(names: 2, lowercase: false)  // TALINK
    case 66: self.init(.octets(5), lowercase: false)  // DSYNC
    case 107: self.init(.octets(2), lowercase: false)  // LP
    default: return nil
    }
  }

  /// Types that class IN defines.
  private init?(internet type: RecordType) {
    switch type.rawValue {
    case 23: self.init(lowercase: false)  // NSAP-PTR
    case 26: self.init(.octets(2), names: 2)  // PX
    case 33: self.init(.octets(6))  // SRV
    case 35: self.init(.naptr)  // NAPTR
    case 36: self.init(.octets(2))  // KX
    case 38: self.init(.a6)  // A6
    case 64, 65: self.init(.octets(2), tail: .rest, lowercase: false)  // SVCB HTTPS
    default: return nil
    }
  }
}

extension RecordClass {
  /// Whether records of this class have the layouts of class IN; dynamic updates write RDATA of the zone's
  /// class under NONE and ANY (RFC 2136 §2.5).
  var hasInternetLayouts: Bool { self == .in || self == .none || self == .any }
}
