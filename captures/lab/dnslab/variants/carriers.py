"""Carriers: the same packets inside other packets, which go between two routers over Ethernet."""

import struct
from dataclasses import replace

from ..packets import checksum
from .containers import classic, ethernet
from .ip import AH, GRE, IP_IN_IP, IPV6_IN_IP, IPPacket, udp
from .links import in_ethernet, mpls, ppp, typed
from .variant import Variant

ROUTERS4 = (bytes([203, 0, 113, 1]), bytes([203, 0, 113, 2]))
ROUTERS6 = tuple(bytes.fromhex("20010db8ffff") + b"\0" * 9 + bytes([last]) for last in (1, 2))
TRANSPARENT_ETHERNET, ERSPAN2, ERSPAN3 = 0x6558, 0x88BE, 0x22EB
"""Protocols in GRE: Ethernet, and Cisco's mirrored frames of type I and II, and III."""
CHECKSUM, KEY, SEQUENCE = 0x8000, 0x2000, 0x1000
"""Flags of GRE (RFC 2784, RFC 2890)."""
VXLAN, VXLAN_GPE, GENEVE, GTP_U, TEREDO, L2TP = 4789, 4790, 6081, 2152, 3544, 1701
"""UDP ports."""
VLAN = in_ethernet("8100602a", typed)


def between(packet, routers):
    """The routers in the order of the packet's direction."""
    return routers if packet.is_question else routers[::-1]


def outer(packet, protocol, payload, routers=ROUTERS4):
    """The packet with an outer IP packet for its own."""
    source, target = between(packet, routers)
    return packet.with_ip(IPPacket(source, target, protocol, payload, 64, packet.number))


def outer_udp(packet, port, payload, routers=ROUTERS4, with_checksum=False):
    """The same in a UDP datagram to a port."""
    source, target = between(packet, routers)
    ip = udp(source, target, 49152 + packet.number, port, payload, with_checksum)
    return packet.with_ip(replace(ip, identification=packet.number))


def gre(flags, protocol, content, routers=ROUTERS4):
    """A carrier: GRE; `protocol` None stands for that of the IP packet inside."""
    def carry(packet):
        inside = content(packet)
        head = struct.pack(">HH", flags, protocol or packet.ip.kind)
        rest = struct.pack(">I", 0xBEEF) if flags & KEY else b""
        rest += struct.pack(">I", packet.number) if flags & SEQUENCE else b""
        if flags & CHECKSUM:
            rest = struct.pack(">HH", checksum(head + b"\0" * 4 + rest + inside), 0) + rest
        return outer(packet, GRE, head + rest + inside, routers)
    return carry


def ip(packet):
    """The IP packet inside."""
    return packet.ip.bytes()


def frame(packet):
    """The Ethernet frame inside."""
    return packet.ethernet()


def erspan2(packet):
    """ERSPAN type II: version and VLAN, class and session, index."""
    return struct.pack(">HHI", 0x1 << 12 | 42, 100, 7) + frame(packet)


def erspan3(packet):
    """ERSPAN type III: version and VLAN, class and session, time stamp, group, flags."""
    return struct.pack(">HHIHH", 0x2 << 12 | 42, 100, packet.time // 1000 % 2**32, 0, 0) + frame(packet)


def erspan3_platform(packet):
    """The same with the platform's own header, which flag O announces."""
    return struct.pack(">HHIHH", 0x2 << 12 | 42, 100, packet.time // 1000 % 2**32, 0, 1) \
        + struct.pack(">II", 3 << 26, packet.number) + frame(packet)


def vxlan(content, routers=ROUTERS4):
    """VXLAN (RFC 7348)."""
    return lambda packet: outer_udp(packet, VXLAN, struct.pack(">II", 0x08000000, 42 << 8) + content(packet), routers)


def vxlan_gpe(packet):
    """VXLAN with the number of the protocol inside (draft-ietf-nvo3-vxlan-gpe)."""
    header = struct.pack(">II", 0x0C000000 | (2 if packet.ip.is_ipv6 else 1), 42 << 8)
    return outer_udp(packet, VXLAN_GPE, header + ip(packet))


def geneve(protocol, options, content, routers=ROUTERS4):
    """Geneve (RFC 8926)."""
    def carry(packet):
        header = struct.pack(">BBHI", len(options) // 4, 0, protocol or packet.ip.kind, 42 << 8)
        return outer_udp(packet, GENEVE, header + options + content(packet), routers, routers is ROUTERS6)
    return carry


def gtp(flags, rest):
    """GTP-U (3GPP TS 29.281): a G-PDU with the optional fields given."""
    def carry(packet):
        inside = rest(packet) + ip(packet)
        return outer_udp(packet, GTP_U, struct.pack(">BBHI", flags, 255, len(inside), 0x1234) + inside)
    return carry


def in_ip(routers):
    """IP in IP (RFC 2003, RFC 4213, RFC 2473)."""
    return lambda packet: outer(packet, IPV6_IN_IP if packet.ip.is_ipv6 else IP_IN_IP, ip(packet), routers)


def teredo(headers):
    """Teredo (RFC 4380), which takes IPv6 alone; the rest goes as it is."""
    return lambda packet: outer_udp(packet, TEREDO, headers + ip(packet), with_checksum=True) if packet.ip.is_ipv6 \
        else packet


def l2tp(packet):
    """L2TP (RFC 2661): data with a length, tunnel and session; PPP inside."""
    content = b"\xff\x03" + ppp(packet)
    return outer_udp(packet, L2TP, struct.pack(">HHHH", 0x4002, 8 + len(content), 1, 2) + content)


def authenticated(packet):
    """The authentication header in transport mode (RFC 4302), with a check value of 96 bits."""
    header = struct.pack(">BBHII12s", packet.ip.protocol, 4, 0, 0x1000, packet.number, b"\x77" * 12)
    return packet.with_ip(replace(packet.ip, protocol=AH, payload=header + packet.ip.payload))


def nested(packet):
    """A VLAN in VXLAN in GRE."""
    return gre(0, None, ip)(vxlan(VLAN, between(packet, ROUTERS4))(packet))


AUTHENTICATION = bytes.fromhex("0001" "0000" "0102030405060708" "00")
ORIGIN = bytes.fromhex("0000") + struct.pack(">H", 40000 ^ 0xFFFF) + bytes(255 - octet for octet in (192, 0, 2, 2))
"""Teredo's headers: no identifiers, a nonce, a confirmation; port and address turned over."""
SESSION = bytes.fromhex("01100900")
"""GTP-U's PDU session container: length in words, content, no next header."""

CARRIERS = (
    ("gre", gre(0, None, ip), "GRE"),
    ("gre-all", gre(CHECKSUM | KEY | SEQUENCE, None, ip), "GRE with checksum, key and sequence number"),
    ("gre-key", gre(KEY, None, ip, ROUTERS6), "GRE with a key, over IPv6"),
    ("gre-ethernet", gre(KEY, TRANSPARENT_ETHERNET, frame), "Ethernet in GRE (NVGRE, RFC 7637)"),
    ("gre-mpls", gre(0, 0x8847, lambda packet: mpls(packet, 1000)), "MPLS in GRE (RFC 4023)"),
    ("erspan-1", gre(0, ERSPAN2, frame), "ERSPAN type I"),
    ("erspan-2", gre(SEQUENCE, ERSPAN2, erspan2), "ERSPAN type II"),
    ("erspan-3", gre(SEQUENCE, ERSPAN3, erspan3), "ERSPAN type III"),
    ("erspan-3-platform", gre(SEQUENCE, ERSPAN3, erspan3_platform), "ERSPAN type III with the platform's header"),
    ("vxlan", vxlan(frame), "VXLAN"),
    ("vxlan-gpe", vxlan_gpe, "VXLAN-GPE with IP inside"),
    ("geneve", geneve(TRANSPARENT_ETHERNET, b"", frame), "Geneve with Ethernet inside"),
    ("geneve-options", geneve(TRANSPARENT_ETHERNET, bytes.fromhex("0101800100000001" "01020000"), frame),
     "Geneve with two options"),
    ("geneve-ip", geneve(None, b"", ip, ROUTERS6), "Geneve with IP inside, over IPv6"),
    ("gtp-u", gtp(0x30, lambda packet: b""), "GTP-U"),
    ("gtp-u-sequence", gtp(0x32, lambda packet: struct.pack(">HBB", packet.number, 0, 0)),
     "GTP-U with sequence numbers"),
    ("gtp-u-extension", gtp(0x34, lambda packet: struct.pack(">HBB", 0, 0, 0x85) + SESSION),
     "GTP-U with an extension header"),
    ("ip-in-ipv4", in_ip(ROUTERS4), "IPv4 in IPv4 and IPv6 in IPv4"),
    ("ip-in-ipv6", in_ip(ROUTERS6), "IPv4 in IPv6 and IPv6 in IPv6"),
    ("teredo", teredo(b""), "Teredo for all that is IPv6"),
    ("teredo-headers", teredo(AUTHENTICATION + ORIGIN), "the same with authentication and origin"),
    ("l2tp", l2tp, "PPP in L2TP"),
    ("ah", authenticated, "the authentication header of IPsec"),
    ("nested", nested, "a VLAN in VXLAN in GRE"),
)


def variants(exchange):
    """One file a carrier."""
    for name, carry, what in CARRIERS:
        packets = [carry(packet) for packet in exchange.packets]
        yield Variant(name, what, {name + ".pcap": classic(ethernet(packets))})
