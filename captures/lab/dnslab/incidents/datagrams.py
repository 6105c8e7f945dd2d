"""Datagrams over UDP in frames, and frames cut into fragments."""

import socket
import struct

from .. import net, packets
from . import fingerprint

ETHERNET, IPV4_HEADER, IPV6_HEADER, IPV6_EXTENSION = 14, 20, 40, 8
MORE_FRAGMENTS = 0x2000
FRAGMENT = 44
"""The next header number of IPv6's fragment header (RFC 8200 §4.5)."""
UNKNOWN_STATION = bytes.fromhex("0200000000fe")
"""Whoever has no host here is reached through the bridge's own station, as through a router."""


def datagram(source, target, source_port, target_port, payload=b""):
    """A datagram between two addresses in text."""
    ends = [socket.inet_pton(socket.AF_INET6 if ":" in end else socket.AF_INET, end) for end in (source, target)]
    return packets.Datagram(station(source), *ends, source_port, target_port, payload)


def station(address):
    """The Ethernet address of the host with an address."""
    found = next((host for host in net.OCTETS if address in (net.ipv4(host), net.ipv6(host))), None)
    return bytes.fromhex(net.mac(found).replace(":", "")) if found else UNKNOWN_STATION


def question(asked, marks):
    """The frame of a datagram that asks; `fingerprint.frame` makes those that answer."""
    back = packets.Datagram(station(socket.inet_ntop(socket.AF_INET, asked.target)), asked.target, asked.source,
                            asked.target_port, asked.source_port, b"")
    return fingerprint.frame(back, asked.payload, marks)


def cut(frame, mtu, identification):
    """The fragments of a frame for a path with this MTU, in order; the frame itself where it fits."""
    if len(frame) - ETHERNET <= mtu:
        return [frame]
    is_ipv6 = int.from_bytes(frame[12:14], "big") == packets.IPV6
    header = IPV6_HEADER + IPV6_EXTENSION if is_ipv6 else IPV4_HEADER
    payload = frame[ETHERNET + (IPV6_HEADER if is_ipv6 else IPV4_HEADER):]
    step = (mtu - header) // 8 * 8
    piece = _piece_ipv6 if is_ipv6 else _piece_ipv4
    return [piece(frame, payload[first:first + step], first, first + step < len(payload), identification)
            for first in range(0, len(payload), step)]


def _piece_ipv4(frame, part, first, is_followed, identification):
    """One fragment (RFC 791 §3.2)."""
    more = MORE_FRAGMENTS if is_followed else 0
    header = frame[14:16] + struct.pack(">HHH", IPV4_HEADER + len(part), identification, more | first // 8)
    return frame[:14] + packets.set_ipv4_checksum(header + frame[22:34]) + part


def _piece_ipv6(frame, part, first, is_followed, identification):
    """One fragment with its header (RFC 8200 §4.5)."""
    header = frame[14:18] + struct.pack(">HB", IPV6_EXTENSION + len(part), FRAGMENT) + frame[21:54]
    extension = struct.pack(">BBHI", packets.UDP, 0, first | is_followed, identification)
    return frame[:14] + header + extension + part
