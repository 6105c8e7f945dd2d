import Bytes

/// Keeps distinct OPT records once and numbers them: class, TTL and RDATA as on the wire (RFC 6891 §6.1.2).
package struct OPTStore: Sendable {
  private var strings = ByteStringStore(), facts: [OptionFacts] = [], scratch: [UInt8] = []

  /// Octets of class and TTL.
  private static let headLength = 6

  /// Numbers an OPT record.
  mutating func intern(_ opt: RecordHeader, _ message: MessageView) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(networkOrder: opt.recordClass.rawValue)
    scratch.append(networkOrder: UInt16(opt.ttl >> 16))
    scratch.append(networkOrder: UInt16(opt.ttl & 0xffff))
    for i in opt.rdataOffset..<(opt.rdataOffset + opt.rdataLength) { scratch.append(message.bytes[i]) }
    let number = strings.intern(scratch)
    if Int(number) == facts.count { facts.append(OptionFacts(opt: scratch)) }
    return number
  }

  /// The OPT record of a number: class, TTL and RDATA.
  package subscript(number: UInt32) -> [UInt8] { strings.copy(number) }

  /// The UDP size of every OPT record by its number, octets.
  package var udpSizes: [UInt16] { facts.map(\.udpSize) }

  /// Whether the OPT record of a number has options, whole or not.
  package func hasOptions(_ number: UInt32) -> Bool { strings.bytes(number).count > OPTStore.headLength }

  /// Whether the OPT record of a number has a client cookie (RFC 7873 §4).
  package func hasClientCookie(_ number: UInt32) -> Bool { facts[Int(number)].hasCookie }

  /// The client cookie in the OPT record of a number; nil without one.
  func clientCookie(_ number: UInt32) -> UInt64? {
    facts[Int(number)].hasCookie ? facts[Int(number)].clientCookie : nil
  }

  /// The client subnet in the OPT record of a number, as one number; 0 without one (RFC 7871).
  package func subnet(_ number: UInt32) -> UInt32 { facts[Int(number)].subnet }

  /// Gives back what finds an OPT record, when no more are numbered.
  mutating func endInterning() { strings.endInterning() }

  /// Bytes held, nearly.
  var byteCount: Int { strings.byteCount }
}
