/// What is compared of an OPT record without reading it again.
struct OptionFacts: Sendable {
  /// The client cookie (RFC 7873 §4), and whether there is one.
  private(set) var clientCookie: UInt64 = 0, hasCookie = false
  /// The client subnet as one number (RFC 7871); 0 without one. Different subnets rarely have the same.
  private(set) var subnet: UInt32 = 0

  /// The sender's UDP size, octets.
  private(set) var udpSize: UInt16 = 0

  private static let cookieLength = 8

  /// Of an OPT record as it is kept.
  init(opt: [UInt8]) {
    if opt.count >= 2 { udpSize = UInt16(opt[0]) << 8 | UInt16(opt[1]) }
    for (code, data) in EDNSOptions(opt) {
      switch EDNSOptionCode(rawValue: code) {
      case .cookie where data.count >= OptionFacts.cookieLength:
        clientCookie = data.prefix(OptionFacts.cookieLength).reduce(0) { $0 << 8 | UInt64($1) }
        hasCookie = true
      case .clientSubnet:
        // FNV-1a over family, source prefix length and address; the scope is the server's.
        var hash: UInt32 = 0x811c_9dc5
        for (index, octet) in data.enumerated() where index != 3 {
          hash = (hash ^ UInt32(octet)) &* 0x0100_0193
        }
        subnet = max(hash, 1)
      default: break
      }
    }
  }
}
