import Bytes

/// ICMP and ICMPv6 errors, which quote the beginning of the packet that caused them (RFC 792, RFC 4443 §2.4).
enum ICMP {
  /// Bytes in front of the quoted packet.
  static let headerLength = 8
  /// ICMP types that quote a packet: destination unreachable, source quench, redirect, time exceeded, parameter problem.
  static let quotingTypes: [UInt8] = [3, 4, 5, 11, 12]
  /// ICMPv6 errors have types below this (RFC 4443 §2.1).
  static let firstInformationalType6: UInt8 = 128

  /// The packet that an error quotes; nil when this is no error, or quotes nothing that can be read.
  @_lifetime(copy packet)
  static func quotedPacket(in packet: borrowing IPPacket) -> IPPacket? {
    let bytes = packet.payload
    guard bytes.count > headerLength else { return nil }
    let isQuoting =
      packet.transport == .icmp ? quotingTypes.contains(bytes[0]) : bytes[0] < firstInformationalType6
    guard isQuoting else { return nil }
    do throws(PacketFate) {
      let quoted = try RawIP.packet(in: bytes.extracting(headerLength...), packet.carrier)
      // A later fragment has no ports.
      guard quoted.fragment.map({ $0.offset == 0 }) ?? true else { return nil }
      return quoted
    } catch { return nil }
  }

  /// Who sent the error, and what it says.
  static func quote(of packet: borrowing IPPacket) -> ICMPQuote {
    ICMPQuote(
      source: packet.source, destination: packet.destination, type: packet.payload[0],
      code: packet.payload[1])
  }
}

/// The ICMP error in which a message was quoted: not a message on the wire, but a trace of one.
package struct ICMPQuote: Hashable, Sendable {
  /// Who sent the error, and to whom: the sender of the quoted message.
  package let source: IPAddress, destination: IPAddress
  /// The error (IANA "ICMP Parameters", "ICMPv6 Parameters").
  package let type: UInt8, code: UInt8
}
