/// One field of an RDATA layout: how it stands on the wire and how presentation format writes it.
enum RDataField {
  /// Numbers of 8, 16, 32 and 64 bits in decimal.
  case uint8, uint16, uint32, uint64
  /// A number of 16 bits in octal: a Chaosnet address.
  case octal16
  /// Seconds modulo 2^32 as `YYYYMMDDHHmmSS` (RFC 4034 §3.2).
  case time
  /// A number of 48 bits in decimal: the time of a TSIG (RFC 8945 §4.2).
  case uint48
  /// A record type as its mnemonic.
  case recordType
  /// A certificate type as its mnemonic (RFC 4398 §2.1).
  case certificateType
  /// A TSIG error as its mnemonic (RFC 8945 §4.2).
  case tsigError
  /// A domain name, possibly compressed.
  case name
  /// An address of 4 or 16 octets.
  case ipv4, ipv6
  /// So many octets in hexadecimal pairs with a dash between (RFC 7043 §3.2).
  case dashedHex(Int)
  /// 64 bits as four groups of hexadecimal digits with a colon between (RFC 6742 §2.1.2).
  case groups64
  /// A character-string in quotation marks; the second kind may be missing at the end (RFC 1183 §3.2).
  case string, optionalString
  /// One or more character-strings up to the end.
  case strings
  /// A character-string of letters and digits without quotation marks: a CAA tag (RFC 8659 §4.1).
  case tag
  /// All octets left as one string in quotation marks; empty if the flag says that it may be.
  case quotedRest(orEmpty: Bool)
  /// A length octet and as many octets, in hexadecimal or `-` for none (RFC 5155 §3.3).
  case salt
  /// A length octet and as many octets, at least one, in Base 32 (RFC 5155 §3.3).
  case base32
  /// Two length octets and as many octets in Base 64; none are `""`, or nothing in the last field. The second
  /// kind writes the length in front.
  case base64Counted(last: Bool), base64WithLength(last: Bool)
  /// All octets left, at least one, in hexadecimal; the second kind behind `0x` (RFC 1706 §7).
  case hexRest, prefixedHexRest
  /// All octets left in Base 64; the second kind may be empty.
  case base64Rest, base64RestOrEmpty
  /// All octets left in Base 64, `-` for none (DOA).
  case base64RestOrDash
  /// KEY, whose flags may say that there is no key (RFC 2535 §3.1.2).
  case formerKey
  /// Window blocks of types (RFC 4034 §4.1.2).
  case typeBitmap
  /// The one bitmap of types below 128 that NXT had (RFC 2535 §5.2).
  case oldTypeBitmap
  /// A bitmap of port numbers (RFC 1035 §3.4.2).
  case services
  /// What a type has of its own: each has a file.
  case location, addressPrefixes, serviceParameters, gateway, relay, hostIdentity, a6, atmAddress
}
