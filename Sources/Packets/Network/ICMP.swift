/// ICMP and ICMPv6 errors, which quote the beginning of the packet that caused them (RFC 792, RFC 4443 §2.4).
enum ICMP {
  /// Bytes in front of the quoted packet.
  static let headerLength = 8
  /// ICMP types that quote a packet: destination unreachable, source quench, redirect, time exceeded, parameter problem.
  static let quotingTypes: [UInt8] = [3, 4, 5, 11, 12]
  /// ICMPv6 errors have types below this (RFC 4443 §2.1).
  static let firstInformationalType6: UInt8 = 128

  /// The fate of an ICMP packet: whether it quotes a packet on a port of DNS.
  static func fate(of packet: borrowing IPPacket, _ ports: DNSPorts) -> PacketFate {
    let bytes = packet.payload
    guard bytes.count > headerLength else { return .icmp }
    let isQuoting =
      packet.transport == .icmp ? quotingTypes.contains(bytes[0]) : bytes[0] < firstInformationalType6
    guard isQuoting else { return .icmp }
    do throws(PacketFate) {
      let quoted = try RawIP.packet(in: bytes.extracting(headerLength...))
      guard quoted.fragment.map({ $0.offset == 0 }) ?? true, quoted.payload.count >= 4 else { return .icmp }
      guard quoted.transport == .udp || quoted.transport == .tcp else { return .icmp }
      let transport: Transport = quoted.transport == .udp ? .udp : .tcp
      let (source, destination) = (quoted.payload.uint16(at: 0), quoted.payload.uint16(at: 2))
      return ports.protocolName(source, destination, over: transport) == nil ? .icmp : .icmpQuotesDNS
    } catch { return .icmp }
  }
}
