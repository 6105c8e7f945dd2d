"""IP, UDP and TCP headers, taken apart and put together again with right lengths and checksums."""

import struct
from dataclasses import dataclass, replace

from ..packets import checksum

IPV4, IPV6 = 0x0800, 0x86DD
"""Their Ethernet types."""
IP_IN_IP, TCP, UDP, IPV6_IN_IP, ROUTING, FRAGMENT, GRE, AH, DESTINATION = 4, 6, 17, 41, 43, 44, 47, 51, 60
HOP_BY_HOP = 0
"""Protocol numbers."""
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
"""Flags of TCP."""
CHECKSUM_AT = {UDP: 6, TCP: 16}


@dataclass(frozen=True)
class IPPacket:
    """An IP packet; `traffic` is the type of service, or traffic class and flow label; `fragment` is the flags and the
    offset of IPv4, `options` its options."""
    source: bytes
    target: bytes
    protocol: int
    payload: bytes
    hops: int = 64
    identification: int = 0
    fragment: int = 0
    options: bytes = b""
    traffic: int = 0

    @classmethod
    def parse(cls, data):
        """Reads a packet without options or extension headers."""
        if data[0] >> 4 == 6:
            length, protocol, hops = struct.unpack_from(">HBB", data, 4)
            traffic = int.from_bytes(data[:4], "big") & 0xFFFFFFF
            return cls(data[8:24], data[24:40], protocol, data[40:40 + length], hops, traffic=traffic)
        length, identification, fragment, hops, protocol = struct.unpack_from(">HHHBB", data, 2)
        return cls(data[12:16], data[16:20], protocol, data[20:length], hops, identification, fragment,
                   traffic=data[1])

    @property
    def is_ipv6(self):
        """Whether the addresses are of IPv6."""
        return len(self.source) == 16

    @property
    def kind(self):
        """The Ethernet type."""
        return IPV6 if self.is_ipv6 else IPV4

    def bytes(self):
        """The packet as it stands on the wire."""
        addresses = self.source + self.target
        if self.is_ipv6:
            fields = (6 << 28 | self.traffic, len(self.payload), self.protocol, self.hops)
            return struct.pack(">IHBB", *fields) + addresses + self.payload
        size = 20 + len(self.options)
        fields = (0x40 | size // 4, self.traffic, size + len(self.payload), self.identification, self.fragment,
                  self.hops, self.protocol)
        before, after = struct.pack(">BBHHHBB", *fields), addresses + self.options
        return before + struct.pack(">H", checksum(before + b"\0\0" + after)) + after + self.payload

    def pseudo_header(self):
        """What the checksum of the transport covers beside it (RFC 768, RFC 8200 §8.1)."""
        return self.source + self.target + struct.pack(">II", len(self.payload), self.protocol)

    def with_transport(self, payload, **fields):
        """The same packet with another UDP datagram or TCP segment in it, whose checksum is computed."""
        packet = replace(self, payload=payload, **fields)
        at = CHECKSUM_AT[packet.protocol]
        sum_ = checksum(packet.pseudo_header() + payload[:at] + b"\0\0" + payload[at + 2:])
        return packet.with_checksum(sum_ or (0xFFFF if packet.protocol == UDP else 0))

    def with_checksum(self, value):
        """The same packet with another checksum in its transport header."""
        at = CHECKSUM_AT[self.protocol]
        return replace(self, payload=self.payload[:at] + struct.pack(">H", value) + self.payload[at + 2:])


@dataclass(frozen=True)
class Segment:
    """A TCP segment without its checksum."""
    ports: bytes
    sequence: int
    acknowledgment: int
    flags: int
    window: int
    options: bytes
    data: bytes

    @classmethod
    def parse(cls, payload):
        """Reads a segment."""
        sequence, acknowledgment, offset, flags, window = struct.unpack_from(">IIBBH", payload, 4)
        size = offset >> 4 << 2
        return cls(payload[:4], sequence, acknowledgment, flags, window, payload[20:size], payload[size:])

    def bytes(self):
        """The segment with the checksum 0."""
        fields = struct.pack(">IIBBHHH", self.sequence % 2**32, self.acknowledgment % 2**32,
                             (20 + len(self.options)) << 2, self.flags, self.window, 0, 0)
        return self.ports + fields + self.options + self.data


def udp(source, target, source_port, target_port, data, with_checksum=True):
    """An IP packet with a UDP datagram."""
    header = struct.pack(">HHHH", source_port, target_port, 8 + len(data), 0)
    packet = IPPacket(source, target, UDP, header + data)
    return packet.with_transport(packet.payload) if with_checksum else packet
