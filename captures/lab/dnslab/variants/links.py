"""Link types: the same IP packets behind other headers."""

import struct

from .blocks import Writer
from .containers import classic
from .variant import Variant

LLC_SNAP = b"\xaa\xaa\x03\0\0\0"
"""LLC for SNAP, and SNAP's zero organization (RFC 1042): an Ethernet type follows."""
PPP_PROTOCOLS = {False: 0x0021, True: 0x0057}
"""IPv4 and IPv6 (RFC 1332, RFC 5072)."""


def kind(packet):
    """The Ethernet type."""
    return struct.pack(">H", packet.ip.kind)


def raw(packet):
    """The IP packet alone."""
    return packet.ip.bytes()


def typed(packet):
    """Ethernet type and IP packet."""
    return kind(packet) + raw(packet)


def stations(packet):
    """The addresses of an Ethernet frame."""
    return packet.target_mac + packet.source_mac


def snap(packet):
    """LLC, SNAP and the IP packet."""
    return LLC_SNAP + typed(packet)


def ppp(packet):
    """PPP's protocol field and the IP packet."""
    return struct.pack(">H", PPP_PROTOCOLS[packet.ip.is_ipv6]) + raw(packet)


def pppoe(packet):
    """A PPPoE session packet (RFC 2516)."""
    content = ppp(packet)
    return struct.pack(">BBHH", 0x11, 0, 1, len(content)) + content


def mpls(packet, *labels):
    """A stack of MPLS labels (RFC 3032)."""
    last = len(labels) - 1
    return b"".join(struct.pack(">I", label << 12 | (index == last) << 8 | 64) for index, label in enumerate(labels)) \
        + raw(packet)


def in_ethernet(tags, content):
    """A link in Ethernet: what stands between the addresses and `content`, in hexadecimal."""
    return lambda packet: stations(packet) + bytes.fromhex(tags) + content(packet)


def cooked(packet):
    """Linux cooked, version 1: packet type, hardware type, address, Ethernet type."""
    direction = 4 if packet.is_question else 0
    return struct.pack(">HHH8s", direction, 1, 6, packet.source_mac) + typed(packet)


def cooked2(packet):
    """Linux cooked, version 2: Ethernet type, reserved, interface, hardware type, packet type, address."""
    direction = 4 if packet.is_question else 0
    return kind(packet) + struct.pack(">HIHBB8s", 0, 2, 1, direction, 6, packet.source_mac) + raw(packet)


def family(order, ipv6):
    """BSD's address family before the IP packet; that of IPv6 differs between the BSDs."""
    return lambda packet: struct.pack(order + "I", ipv6 if packet.ip.is_ipv6 else 2) + raw(packet)


def arcnet(packet):
    """ARCNET as Linux hands it on: stations, offset, protocol (RFC 1201, RFC 2497), split flag, sequence number."""
    protocol = 196 if packet.ip.is_ipv6 else 212
    return struct.pack(">BBHBBH", packet.source_mac[5], packet.target_mac[5], 0, protocol, 0, packet.number) \
        + raw(packet)


def nflog(packet):
    """Linux's netfilter log: family, version, group; then attributes, the packet header (1) and the payload (9)."""
    content = raw(packet)
    header = struct.pack("<HH", 8, 1) + kind(packet) + b"\x03\0"
    payload = struct.pack("<HH", 4 + len(content), 9) + content + b"\0" * (-len(content) % 4)
    return struct.pack(">BBH", 10 if packet.ip.is_ipv6 else 2, 0, 5) + header + payload


def pktap(link_type, content):
    """Apple's PKTAP: length, record type, link type inside, interface, flags, family, and the process at each end."""
    def link(packet):
        fields = struct.pack("<III24sIIII", 108, 1, link_type, b"en0", 1 if packet.is_question else 2,
                             30 if packet.ip.is_ipv6 else 2, 14 if link_type == 1 else 0, 0)
        return fields + struct.pack("<I20sIHHI20s", 4711, b"dig", 0, 6, 0, 4711, b"dig") + content(packet)
    return link


def pflog(packet):
    """OpenBSD's packet filter log; its length is said without the padding of three octets."""
    family_ = 24 if packet.ip.is_ipv6 else 2
    names = struct.pack(">BBBB16s16s", 61, family_, 0, 0, b"em0", b"")
    return names + struct.pack(">IIIIIIB3x", 0, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0, 0, 1) + raw(packet)


def enc(packet):
    """OpenBSD's enc(4): family in the host's order, SPI, flags."""
    return struct.pack("<I", 24 if packet.ip.is_ipv6 else 2) + struct.pack(">II", 0x1000, 0) + raw(packet)


def frame_relay(packet):
    """Frame Relay (RFC 2427): address, control, NLPID."""
    return bytes([0x18, 0x41, 0x03, 0x8E if packet.ip.is_ipv6 else 0xCC]) + raw(packet)


def ieee8023(packet):
    """IEEE 802.3: a length in the place of the Ethernet type, then LLC and SNAP."""
    return stations(packet) + struct.pack(">H", len(snap(packet))) + snap(packet)


def trailing(packet):
    """Ethernet filled up to the least frame with octets that are not zero, then a trailer and a check sequence."""
    return packet.ethernet().ljust(60, b"\xa5") + b"\x5a" * 6 + b"\xde\xad\xbe\xef"


ETHERNET = (
    ("vlan", in_ethernet("8100602a", typed), "one IEEE 802.1Q tag"),
    ("qinq-88a8", in_ethernet("88a8000a8100002a", typed), "two tags, IEEE 802.1ad"),
    ("qinq-9100", in_ethernet("9100000a8100002a", typed), "two tags, the outer one as before IEEE 802.1ad"),
    ("mpls-1", in_ethernet("8847", lambda packet: mpls(packet, 1000)), "one MPLS label"),
    ("mpls-2", in_ethernet("8847", lambda packet: mpls(packet, 1000, 2000)), "two MPLS labels"),
    ("pppoe", in_ethernet("8864", pppoe), "a PPPoE session"),
    ("vlan-pppoe", in_ethernet("8100002a8864", pppoe), "a PPPoE session in a VLAN"),
    ("ieee-802.3", ieee8023, "IEEE 802.3 with LLC and SNAP"),
    ("ethernet-trailer", trailing, "padding and a trailer behind the IP packet"),
)
"""What Ethernet may hold."""

OTHERS = (
    ("sll", 113, cooked, "Linux cooked"),
    ("sll2", 276, cooked2, "Linux cooked, version 2"),
    ("raw-101", 101, raw, "raw IP"),
    ("raw-12", 12, raw, "raw IP, as some systems number it"),
    ("null-24", 0, family("<", 24), "BSD loopback, IPv6 as NetBSD and OpenBSD number it"),
    ("null-28", 0, family("<", 28), "BSD loopback, IPv6 as FreeBSD numbers it"),
    ("null-30", 0, family("<", 30), "BSD loopback, IPv6 as macOS numbers it"),
    ("null-other-order", 0, family(">", 30), "BSD loopback in another byte order than the file's"),
    ("loop", 108, family(">", 24), "OpenBSD loopback"),
    ("ppp", 9, ppp, "PPP"),
    ("ppp-compressed", 9, lambda packet: ppp(packet)[1:], "PPP with the protocol field compressed"),
    ("ppp-hdlc", 9, lambda packet: b"\xff\x03" + ppp(packet), "PPP in HDLC-like framing"),
    ("ppp-serial", 50, lambda packet: b"\xff\x03" + ppp(packet), "PPP_SERIAL"),
    ("ppp-ether", 51, pppoe, "PPP_ETHER"),
    ("c-hdlc", 104, lambda packet: b"\x0f\0" + typed(packet), "Cisco HDLC"),
    ("frame-relay", 107, frame_relay, "Frame Relay"),
    ("fddi", 10, lambda packet: b"\x50" + stations(packet) + snap(packet), "FDDI"),
    ("token-ring", 6, lambda packet: b"\x10\x40" + stations(packet) + snap(packet), "Token Ring"),
    ("arcnet-linux", 129, arcnet, "ARCNET as Linux captures it"),
    ("nflog", 239, nflog, "netfilter log"),
    ("pktap", 258, pktap(1, lambda packet: packet.ethernet()), "PKTAP with Ethernet inside"),
    ("pktap-149", 149, pktap(12, raw), "PKTAP under the number that Apple wrote, raw IP inside"),
    ("pflog", 117, pflog, "OpenBSD's packet filter log"),
    ("enc", 109, enc, "OpenBSD's enc"),
)
"""Link types beside Ethernet."""


def variants(exchange):
    """One file a link type."""
    for name, link_type, link, what in [(name, 1, link, what) for name, link, what in ETHERNET] + list(OTHERS):
        records = [(packet.time, link(packet)) for packet in exchange.packets]
        yield Variant(name, f"link type {link_type}: {what}", {name + ".pcap": classic(records, link_type)})
    records = [(packet.time, family(">", 30)(packet)) for packet in exchange.packets]
    yield Variant("null-be", "link type 0: BSD loopback, family and file big-endian",
                  {"null-be.pcap": classic(records, 0, order=">")})
    yield _by_version(exchange)


def _by_version(exchange):
    """Link types that hold one IP version each, as two interfaces."""
    writer = Writer().section().interface(228).interface(229)
    for packet in exchange.packets:
        writer.enhanced(packet.time, raw(packet), interface=int(packet.ip.is_ipv6))
    return Variant("ipv4-ipv6", "link types 228 and 229: raw IPv4 and raw IPv6", {"ipv4-ipv6.pcapng": writer.bytes()})
