"""The blocks of pcapng, in both byte orders."""

import struct

from .containers import ETHERNET
from .exchange import SECOND

SECTION, INTERFACE, OBSOLETE, SIMPLE, NAMES, STATISTICS, ENHANCED = 0x0A0D0D0A, 1, 2, 3, 4, 5, 6
JOURNAL, SECRETS, CUSTOM, UNKNOWN = 9, 10, 0x0BAD, 0x7F00_0001
"""Block types."""
COMMENT, IF_NAME, IF_TSRESOL, IF_FILTER, IF_TSOFFSET = 1, 2, 9, 11, 14
EPB_FLAGS, EPB_HASH, EPB_DROPCOUNT, ISB_STARTTIME, ISB_IFRECV, ISB_IFDROP = 2, 3, 4, 2, 4, 5
"""Option codes."""
ENTERPRISE = 32473
"""The number for documentation (RFC 5612)."""
SNAP_LENGTH = 262_144


def padded(data):
    """Octets, filled up to a multiple of four."""
    return data + b"\0" * (-len(data) % 4)


class Writer:
    """Writes blocks in one byte order; `ticks` counts units a second, `offset` is in seconds."""

    def __init__(self, order="<", ticks=1_000_000, offset=0):
        self.order, self.ticks, self.offset = order, ticks, offset
        self.content = []

    def pack(self, fields, *values):
        """Numbers in the byte order."""
        return struct.pack(self.order + fields, *values)

    def options(self, *options):
        """A list of (code, octets) with its end, or nothing."""
        parts = [self.pack("HH", code, len(value)) + padded(value) for code, value in options]
        return b"".join(parts) + b"\0" * 4 if parts else b""

    def block(self, kind, body):
        """Any block."""
        size = self.pack("I", 12 + len(padded(body)))
        self.content.append(self.pack("I", kind) + size + padded(body) + size)
        return self

    def section(self, *options):
        """A section header without the section's length."""
        return self.block(SECTION, self.pack("IHHq", 0x1A2B3C4D, 1, 0, -1) + self.options(*options))

    def interface(self, link_type=ETHERNET, *options, snap_length=SNAP_LENGTH):
        """An interface description."""
        return self.block(INTERFACE, self.pack("HHI", link_type, 0, snap_length) + self.options(*options))

    def time(self, time):
        """The two halves of a time stamp."""
        units = (time - self.offset * SECOND) * self.ticks // SECOND
        return self.pack("II", units >> 32, units & 0xFFFFFFFF)

    def enhanced(self, time, data, *options, interface=0, length=None):
        """An enhanced packet."""
        sizes = self.pack("II", len(data), length or len(data))
        return self.block(ENHANCED, self.pack("I", interface) + self.time(time) + sizes + padded(data)
                          + self.options(*options))

    def simple(self, data):
        """A simple packet: no time, interface 0."""
        return self.block(SIMPLE, self.pack("I", len(data)) + data)

    def obsolete(self, time, data, drops=0xFFFF):
        """A packet block of the first drafts."""
        return self.block(OBSOLETE, self.pack("HH", 0, drops) + self.time(time)
                          + self.pack("II", len(data), len(data)) + padded(data))

    def all(self, records):
        """An enhanced packet for each of (time, octets)."""
        for time, data in records:
            self.enhanced(time, data)
        return self

    def bytes(self):
        """What has been written."""
        return b"".join(self.content)


def plain(records, order="<"):
    """The simplest file: one section, one interface."""
    return Writer(order).section().interface().all(records).bytes()
