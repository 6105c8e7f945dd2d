"""Classic pcap in its forms, and one capture in several files."""

import gzip
import struct
import zlib

from .exchange import MICROSECOND, SECOND
from .variant import Variant

ETHERNET = 1
MICROSECONDS, NANOSECONDS, KUZNETZOV = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34
"""Magic numbers of the forms that libpcap knows."""


def classic(records, link_type=ETHERNET, magic=MICROSECONDS, order="<", snap_length=262_144):
    """A classic pcap file of (time, octets) or (time, octets, original length)."""
    unit = 1 if magic == NANOSECONDS else MICROSECOND
    content = [struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, snap_length, link_type)]
    for time, data, *length in records:
        seconds, rest = divmod(time, SECOND)
        content.append(struct.pack(order + "IIII", seconds, rest // unit, len(data), *length or [len(data)]))
        if magic == KUZNETZOV:  # interface index, protocol, packet type, padding
            content.append(struct.pack(order + "IHBB", 2, 0x0800, 0, 0))
        content.append(data)
    return b"".join(content)


def ethernet(packets):
    """The records of packets on Ethernet."""
    return [(packet.time, packet.ethernet()) for packet in packets]


def variants(exchange):
    """The forms of classic pcap."""
    records = ethernet(exchange.packets)
    for name, magic, order, what in (
            ("pcap-us-be", MICROSECONDS, ">", "microseconds, big-endian"),
            ("pcap-ns-le", NANOSECONDS, "<", "nanoseconds, little-endian"),
            ("pcap-ns-be", NANOSECONDS, ">", "nanoseconds, big-endian"),
            ("pcap-kuznetzov-le", KUZNETZOV, "<", "Kuznetzov's longer record headers, little-endian"),
            ("pcap-kuznetzov-be", KUZNETZOV, ">", "Kuznetzov's longer record headers, big-endian")):
        yield Variant(name, f"classic pcap, {what}", {name + ".pcap": classic(records, magic=magic, order=order)})
    with_fcs = [(time, data + struct.pack("<I", zlib.crc32(data))) for time, data in records]
    yield Variant("pcap-fcs", "classic pcap whose link type field announces a frame check sequence of 4 octets",
                  {"pcap-fcs.pcap": classic(with_fcs, 0x24000000 | ETHERNET)})
    yield from _several_files(exchange)


def _several_files(exchange):
    """Files that are one session when they are merged by time."""
    packets = exchange.packets
    first, second, third = (classic(ethernet(part)) for part in (packets[:28], packets[28:57], packets[57:]))
    yield Variant("rotated", "a folder with a rotated set, its last file compressed; connections run on across files",
                  {"rotated/trace.pcap": first, "rotated/trace.pcap1": second,
                   "rotated/trace.pcap2.gz": gzip.compress(third, mtime=0)}, paths=("rotated",))
    questions = classic(ethernet(packet for packet in packets if packet.is_question))
    answers = classic(ethernet(packet for packet in packets if not packet.is_question), order=">")
    yield Variant("directions", "what the client sends and what it gets in two files",
                  {"directions/answers.pcap": answers, "directions/questions.pcap": questions})
