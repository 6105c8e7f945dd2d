/// The kind of an EDNS option (IANA "DNS EDNS0 Option Codes (OPT)").
package struct EDNSOptionCode: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  package let rawValue: UInt16

  /// From the number.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let longLivedQuery = EDNSOptionCode(rawValue: 1)
  package static let updateLease = EDNSOptionCode(rawValue: 2)
  package static let nsid = EDNSOptionCode(rawValue: 3)
  package static let dau = EDNSOptionCode(rawValue: 5)
  package static let dhu = EDNSOptionCode(rawValue: 6)
  package static let n3u = EDNSOptionCode(rawValue: 7)
  package static let clientSubnet = EDNSOptionCode(rawValue: 8)
  package static let expire = EDNSOptionCode(rawValue: 9)
  package static let cookie = EDNSOptionCode(rawValue: 10)
  package static let keepalive = EDNSOptionCode(rawValue: 11)
  package static let padding = EDNSOptionCode(rawValue: 12)
  package static let chain = EDNSOptionCode(rawValue: 13)
  package static let keyTag = EDNSOptionCode(rawValue: 14)
  package static let extendedError = EDNSOptionCode(rawValue: 15)
  package static let clientTag = EDNSOptionCode(rawValue: 16)
  package static let serverTag = EDNSOptionCode(rawValue: 17)
  package static let reportChannel = EDNSOptionCode(rawValue: 18)
  package static let zoneVersion = EDNSOptionCode(rawValue: 19)
  package static let mqtypeQuery = EDNSOptionCode(rawValue: 20)
  package static let mqtypeResponse = EDNSOptionCode(rawValue: 21)
  package static let extraTextLanguage = EDNSOptionCode(rawValue: 22)
  package static let filteringContact = EDNSOptionCode(rawValue: 23)
  package static let filteringOrganization = EDNSOptionCode(rawValue: 24)
  package static let filteringDatabase = EDNSOptionCode(rawValue: 25)
  package static let umbrellaIdent = EDNSOptionCode(rawValue: 20292)

  /// The registry's names, shortened as operators' tools have them.
  private static let registry = MnemonicTable(
    prefix: "OPT",
    [
      1: "LLQ", 2: "UPDATE-LEASE", 3: "NSID", 5: "DAU", 6: "DHU", 7: "N3U", 8: "CLIENT-SUBNET",
      9: "EXPIRE", 10: "COOKIE", 11: "TCP-KEEPALIVE", 12: "PADDING", 13: "CHAIN", 14: "KEY-TAG",
      15: "EDE", 16: "CLIENT-TAG", 17: "SERVER-TAG", 18: "REPORT-CHANNEL", 19: "ZONEVERSION",
      20: "MQTYPE-QUERY", 21: "MQTYPE-RESPONSE", 22: "EDE-EXTRA-TEXT-LANGUAGE", 23: "FILTERING-CONTACT",
      24: "FILTERING-ORGANIZATION", 25: "FILTERING-DB", 26: "STRUCTURED-DNS-ERROR",
      20292: "UMBRELLA-IDENT", 26946: "DEVICEID",
    ])

  /// The name; nil for a number without one.
  package var name: String? { EDNSOptionCode.registry.registered(rawValue) }
}
