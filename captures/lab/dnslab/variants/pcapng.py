"""pcapng: clocks, sections, interfaces, and blocks of every kind."""

import struct

from .blocks import (COMMENT, CUSTOM, EPB_DROPCOUNT, EPB_FLAGS, EPB_HASH, IF_FILTER, IF_NAME, IF_TSOFFSET, IF_TSRESOL,
                     ISB_IFDROP, ISB_IFRECV, ISB_STARTTIME, JOURNAL, NAMES, SECRETS, STATISTICS, UNKNOWN, ENTERPRISE,
                     Writer, padded, plain)
from .containers import ETHERNET, ethernet
from .exchange import SECOND
from .links import cooked, raw
from .variant import Variant


def variants(exchange):
    """Byte orders, clocks, sections, interfaces, and each kind of block."""
    records = ethernet(exchange.packets)
    for name, what, content in (*_clocks(records), *_blocks(exchange, records), *_sections(exchange, records)):
        judged = name != "pcapng-simple"
        yield Variant(name, "pcapng, " + what, {name + ".pcapng": content}, judged=judged)


def _clocks(records):
    """Byte orders and resolutions."""
    yield "pcapng-le", "little-endian, microseconds by default", plain(records)
    yield "pcapng-be", "big-endian", plain(records, ">")
    for name, exponent, ticks, what in (
            ("pcapng-ms", 3, 10**3, "10^-3 s"), ("pcapng-ns", 9, 10**9, "10^-9 s"),
            ("pcapng-2-20", 0x80 | 20, 2**20, "2^-20 s"), ("pcapng-2-32", 0x80 | 32, 2**32, "2^-32 s")):
        writer = Writer(ticks=ticks).section().interface(ETHERNET, (IF_TSRESOL, bytes([exponent])))
        yield name, "resolution " + what, writer.all(records).bytes()
    offset = records[0][0] // SECOND
    writer = Writer(offset=offset)
    writer.section().interface(ETHERNET, (IF_TSOFFSET, struct.pack("<q", offset)))
    yield "pcapng-offset", "times from if_tsoffset on", writer.all(records).bytes()


def _sections(exchange, records):
    """Several sections, and several interfaces in one."""
    half = len(records) // 2
    first = Writer().section().interface().all(records[:half])
    second = Writer(">", 10**9).section().interface(ETHERNET, (IF_TSRESOL, b"\x09")).all(records[half:])
    yield "pcapng-sections", "a little-endian section, then a big-endian one with nanoseconds", \
        first.bytes() + second.bytes()
    writer = Writer().section().interface(ETHERNET, snap_length=1500).interface(113, snap_length=65_535)
    writer.interface(101, snap_length=0)
    for packet in exchange.packets:
        if packet.is_tcp:
            writer.enhanced(packet.time, cooked(packet), interface=1)
        elif packet.ip.is_ipv6:
            writer.enhanced(packet.time, raw(packet), interface=2)
        else:
            writer.enhanced(packet.time, packet.ethernet())
    yield "pcapng-interfaces", "three interfaces of one section: Ethernet, Linux cooked, raw IP without snap length", \
        writer.bytes()


def _blocks(exchange, records):
    """Other blocks for packets, and blocks without packets."""
    writer = Writer().section().interface()
    for _, data in records:
        writer.simple(data)
    yield "pcapng-simple", "simple packet blocks alone, which have no time", writer.bytes()
    writer = Writer().section().interface()
    for packet, (time, data) in zip(exchange.packets, records):
        if packet.is_question and not packet.is_tcp:
            writer.simple(data)
        else:
            writer.enhanced(time, data)
    yield "pcapng-simple-mixed", "simple packet blocks for the questions over UDP", writer.bytes()
    writer = Writer().section().interface()
    for time, data in records:
        writer.obsolete(time, data)
    yield "pcapng-obsolete", "obsolete packet blocks", writer.bytes()
    yield "pcapng-comments", "comments, names, packet options and statistics with drops", _commented(records)
    yield "pcapng-others", "custom, secrets, journal and unknown blocks between the packets", _interspersed(records)


def _commented(records):
    """Everything that tells about packets and interfaces."""
    writer = Writer().section((COMMENT, b"an exchange"), (COMMENT, "zwölf Wörter".encode()))
    writer.interface(ETHERNET, (IF_NAME, b"br0"), (IF_FILTER, b"\0port 53"), (COMMENT, b"a hub"))
    writer.block(NAMES, writer.pack("HH", 1, 9) + padded(bytes([192, 0, 2, 53]) + b"host\0") + writer.pack("HH", 0, 0))
    for time, data in records:
        writer.enhanced(time, data, (EPB_FLAGS, struct.pack("<I", 1)), (EPB_DROPCOUNT, struct.pack("<Q", 0)),
                        (EPB_HASH, b"\x02\0\0\0\0"), (COMMENT, b"seen"))
    last = records[-1][0]
    counts = [(ISB_IFRECV, struct.pack("<Q", len(records) + 3)), (ISB_IFDROP, struct.pack("<Q", 3))]
    start = [(ISB_STARTTIME, writer.time(records[0][0]))]
    writer.block(STATISTICS, writer.pack("I", 0) + writer.time(last) + writer.options(*start, *counts))
    return writer.bytes()


def _interspersed(records):
    """A block that is no packet after every tenth packet."""
    writer = Writer().section().interface()
    others = [
        (CUSTOM, writer.pack("I", ENTERPRISE) + b"may be copied"),
        (0x4000_0000 | CUSTOM, writer.pack("I", ENTERPRISE) + b"may not"),
        (SECRETS, writer.pack("II", 0x544C534B, 12) + b"# no keys :)"),
        (JOURNAL, b"__CURSOR=s=1\n__REALTIME_TIMESTAMP=1790000000000000\nMESSAGE=hello\n"),
        (UNKNOWN, b"nobody knows"),
        (UNKNOWN + 1, b""),
    ]
    for index, (time, data) in enumerate(records):
        writer.enhanced(time, data)
        if index % 10 == 9:
            writer.block(*others[index // 10 % len(others)])
    return writer.bytes()
