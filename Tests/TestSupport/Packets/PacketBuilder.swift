import Bytes

/// A UDP or TCP header with its data; the checksum is filled in by the IP header around it.
package struct TransportBytes {
  /// The protocol number.
  package var number: UInt8
  /// Header and data.
  package var bytes: [UInt8]
  /// Offset of the checksum field; nil when none is to be filled in.
  package var checksumOffset: Int?

  /// From the fields.
  package init(number: UInt8, bytes: [UInt8], checksumOffset: Int? = nil) {
    (self.number, self.bytes, self.checksumOffset) = (number, bytes, checksumOffset)
  }
}

/// The flags of a TCP header (RFC 9293 §3.1).
package struct TCPFlags: OptionSet, Sendable {
  /// The bits.
  package let rawValue: UInt8

  /// From the bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The flags that the tests use.
  package static let fin = TCPFlags(rawValue: 1), syn = TCPFlags(rawValue: 2), rst = TCPFlags(rawValue: 4)
  package static let ack = TCPFlags(rawValue: 16)
}

/// Two hosts that the tests talk about (RFC 5737, RFC 3849).
package enum Host {
  /// A client, and the server that it asks.
  package static let client = IPAddress(v4: 0xc000_0201), server = IPAddress(v4: 0xc633_6435)
  /// The same over IPv6.
  package static let client6 = IPAddress(v6High: 0x2001_0db8_0000_0000, low: 1)
  package static let server6 = IPAddress(v6High: 0x2001_0db8_0000_0001, low: 0x53)
}

/// Writes packets layer by layer, sound or broken as a test wants them.
package enum PacketBuilder {
  /// A UDP datagram; `length` is only given to lie.
  package static func udp(
    _ data: [UInt8], from source: UInt16 = 40_000, to destination: UInt16 = 53, length: UInt16? = nil
  ) -> TransportBytes {
    let length = length ?? UInt16(data.count + 8)
    let header = octets(source) + octets(destination) + octets(length) + [0, 0]
    return TransportBytes(number: 17, bytes: header + data, checksumOffset: 6)
  }

  /// A TCP segment; `headerLength` in bytes is only given to lie.
  package static func tcp(
    _ data: [UInt8], sequence: UInt32, acknowledgment: UInt32 = 0, flags: TCPFlags = [.ack],
    from source: UInt16 = 40_000, to destination: UInt16 = 53, options: [UInt8] = [], headerLength: Int? = nil
  ) -> TransportBytes {
    let offset = UInt8((headerLength ?? 20 + options.count) / 4) << 4
    let ports = octets(source) + octets(destination)
    let front = ports + octets(sequence) + octets(acknowledgment) + [offset, flags.rawValue, 0xff, 0xff]
    return TransportBytes(number: 6, bytes: front + [0, 0, 0, 0] + options + data, checksumOffset: 16)
  }

  /// An IPv4 packet; `totalLength` is only given to lie, `fragment` is the field with the flags and the offset.
  package static func ipv4(
    _ transport: TransportBytes, from source: IPAddress = Host.client,
    to destination: IPAddress = Host.server,
    id: UInt16 = 0x1111, ttl: UInt8 = 64, fragment: UInt16 = 0, options: [UInt8] = [], tos: UInt8 = 0,
    totalLength: UInt16? = nil
  ) -> [UInt8] {
    let payload = filled(transport, source, destination)
    let length = totalLength ?? UInt16(20 + options.count + payload.count)
    let front: [UInt8] =
      [0x45 + UInt8(options.count / 4), tos] + octets(length) + octets(id) + octets(fragment)
    let back = source.octets + destination.octets + options
    let sum = onesComplementSum(front + [ttl, transport.number, 0, 0] + back)
    return front + [ttl, transport.number] + octets(~sum) + back + payload
  }

  /// An IPv6 packet; `extensions` go in front of the transport, `first` is then the number of the first of them.
  package static func ipv6(
    _ transport: TransportBytes, from source: IPAddress = Host.client6,
    to destination: IPAddress = Host.server6,
    hopLimit: UInt8 = 64, first: UInt8? = nil, extensions: [UInt8] = [], trafficClass: UInt8 = 0,
    payloadLength: UInt16? = nil
  ) -> [UInt8] {
    let payload = extensions + filled(transport, source, destination)
    let length = payloadLength ?? UInt16(payload.count)
    let word: [UInt8] = [0x60 | trafficClass >> 4, trafficClass << 4, 0, 0]
    let front = word + octets(length) + [first ?? transport.number, hopLimit]
    return front + source.octets + destination.octets + payload
  }

  /// An Ethernet frame, with VLAN tags from the outermost (EtherType of the tag, VLAN) on;
  /// `station` is the last byte of the source address.
  package static func ethernet(
    _ packet: [UInt8], tags: [(type: UInt16, vlan: UInt16)] = [], type: UInt16? = nil, padding: Int = 0,
    station: UInt8 = 2
  ) -> [UInt8] {
    let type = type ?? (packet.first.map { $0 >> 4 } == 6 ? 0x86dd : 0x0800)
    let addresses: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, station]
    let tagBytes = tags.flatMap { octets($0.type) + octets($0.vlan) }
    return addresses + tagBytes + octets(type) + packet + [UInt8](repeating: 0, count: padding)
  }

  /// The transport's bytes with the checksum over them and the pseudo-header.
  package static func filled(_ transport: TransportBytes, _ source: IPAddress, _ destination: IPAddress)
    -> [UInt8]
  {
    guard let offset = transport.checksumOffset else { return transport.bytes }
    var bytes = transport.bytes
    let pseudoHeader =
      source.octets + destination.octets + octets(UInt32(bytes.count)) + [0, 0, 0, transport.number]
    let checksum = ~onesComplementSum(pseudoHeader + bytes)
    // A UDP checksum of zero is sent as all ones (RFC 768).
    bytes.replaceSubrange(
      offset..<offset + 2, with: octets(checksum == 0 && transport.number == 17 ? 0xffff : checksum))
    return bytes
  }

  /// The one's complement sum of 16-bit words (RFC 1071), written the slow and obvious way.
  package static func onesComplementSum(_ bytes: [UInt8]) -> UInt16 {
    var sum = 0
    for (index, byte) in bytes.enumerated() { sum += index % 2 == 0 ? Int(byte) << 8 : Int(byte) }
    while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
    return UInt16(sum)
  }
}
