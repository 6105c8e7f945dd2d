"""IEEE 802.11, bare and behind the headers that capture programs put before it."""

import struct
import zlib

from .containers import classic
from .links import snap
from .variant import Variant

ACCESS_POINT = b"\x02\0\0\0\0\xaa"
TO_DS, FROM_DS = 1, 2
DATA, QOS_DATA = 0x08, 0x88
"""First octet of the frame control field."""


def header(packet, subtype):
    """A data frame's header: questions go to the access point, answers come from it."""
    if packet.is_question:
        flags, addresses = TO_DS, ACCESS_POINT + packet.source_mac + packet.target_mac
    else:
        flags, addresses = FROM_DS, packet.target_mac + ACCESS_POINT + packet.source_mac
    control = struct.pack("<BBH", subtype, flags, 44)
    return control + addresses + struct.pack("<H", packet.number << 4) + (b"\0\0" if subtype == QOS_DATA else b"")


def data(packet):
    """A data frame."""
    return header(packet, DATA) + snap(packet)


def qos(packet):
    """A QoS data frame, whose header has 26 octets."""
    return header(packet, QOS_DATA) + snap(packet)


def radiotap(packet):
    """radiotap without fields."""
    return struct.pack("<BBHI", 0, 0, 8, 0) + data(packet)


def radiotap_padded(packet):
    """radiotap whose flags say that two octets fill up the header, and that a check sequence ends the frame."""
    sum_ = struct.pack("<I", zlib.crc32(qos(packet)))
    return struct.pack("<BBHIB", 0, 0, 9, 2, 0x30) + header(packet, QOS_DATA) + b"\0\0" + snap(packet) + sum_


def ppi(packet):
    """PPI with the field that tells the channel (802.11-Common)."""
    field = struct.pack("<HH", 2, 20) + struct.pack("<QHHHHBBbb", 0, 0, 2, 2412, 0xA0, 0, 0, -40, -90)
    return struct.pack("<BBHI", 0, 0, 8 + len(field), 105) + field + data(packet)


def prism(packet):
    """Prism: 144 octets, ten items without data."""
    items = b"".join(struct.pack("<IHHI", number << 12 | 0x44, 1, 4, 0) for number in range(1, 11))
    return struct.pack("<II16s", 0x44, 144, b"wlan0") + items + data(packet)


def avs(packet):
    """AVS: version, length, 14 fields without data."""
    return struct.pack(">II", 0x80211001, 64) + b"\0" * 56 + data(packet)


LINKS = (
    ("ieee-802.11", 105, data, "IEEE 802.11 data frames"),
    ("ieee-802.11-qos", 105, qos, "IEEE 802.11 QoS data frames"),
    ("radiotap", 127, radiotap, "IEEE 802.11 behind radiotap"),
    ("radiotap-padded", 127, radiotap_padded, "the same with padding behind the header, and a check sequence"),
    ("ppi", 192, ppi, "IEEE 802.11 behind PPI"),
    ("prism", 119, prism, "IEEE 802.11 behind Prism"),
    ("avs", 163, avs, "IEEE 802.11 behind AVS"),
)


def variants(exchange):
    """One file a link type."""
    for name, link_type, link, what in LINKS:
        records = [(packet.time, link(packet)) for packet in exchange.packets]
        yield Variant(name, f"link type {link_type}: {what}", {name + ".pcap": classic(records, link_type)})
