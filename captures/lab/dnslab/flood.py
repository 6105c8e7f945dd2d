"""Packets that want to be remembered: flows and datagrams that never end, each from another address."""

import struct

from .variants.ip import ACK, FRAGMENT, IPV4, IPV6, PSH, SYN, TCP, UDP

SERVER4 = bytes([192, 0, 2, 53])
SERVER6 = bytes.fromhex("20010db8000000000000000000000053")
NETWORK6 = 0x20010DB800010000
"""The addresses of the flood: 10.0.0.0/8, and 2001:db8:1::/64."""
STATIONS = bytes.fromhex("020000000035" "0200000000fd")
START = 1_700_000_000
INTERVAL = 10
"""Microseconds between two packets: two million of them take 20 s, less than any reader waits for more."""
CLIENT_PORTS = 60_000
ODD = 0x9E3779B1
"""Times a counter, it gives every address once and in no visible order (2^32 divided by the golden ratio)."""
QUESTION = b"\x05flood\x04test\0" + struct.pack(">HH", 16, 1)
"""flood.test. TXT."""
FRAGMENT_DATA = 64
"""Octets of IP payload in a fragment; a multiple of 8."""
MORE_IPV4, MORE_IPV6 = 0x2000, 1

FILE_HEADER = struct.pack(">IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1)
RECORD = ">IIII12sH"
"""What stands before each IP packet: pcap's record header and Ethernet's, all in one byte order."""
IPV4_HEADER, IPV6_HEADER = "BBHHHBBHI4s", "IHBBQQ16s"


def sum16(data):
    """The sum of 16-bit words that a checksum is made of, not folded."""
    data += b"\0" * (len(data) % 2)
    return sum(struct.unpack(f">{len(data) // 2}H", data))


def folded(total):
    """The checksum of a sum (RFC 1071)."""
    total = (total & 0xFFFF) + (total >> 16)
    return ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF


class Flood:
    """Makes packets of one kind over IPv4 or IPv6; `index` and `seed` decide everything about a packet."""

    def __init__(self, seed, ipv6):
        self.seed, self.ipv6 = seed, ipv6

    def address(self, index):
        """The lower bits of an address that no other index below 2^24 has."""
        return (index * ODD + self.seed) & 0xFFFFFF

    def packer(self, protocol, payload_format, length):
        """A function that makes a record of its index, IPv4 identification and flags, and the payload's values."""
        if self.ipv6:
            pack = struct.Struct(RECORD + IPV6_HEADER + payload_format).pack

            def record(index, _identification, _flags, *values):
                seconds, micros = divmod(index * INTERVAL, 1_000_000)
                return pack(START + seconds, micros, 54 + length, 54 + length, STATIONS, IPV6, 6 << 28, length,
                            protocol, 64, NETWORK6, self.address(index), SERVER6, *values)
            return record
        pack = struct.Struct(RECORD + IPV4_HEADER + payload_format).pack
        constant = 0x4500 + 20 + length + (64 << 8) + protocol + sum16(SERVER4)

        def record(index, identification, flags, *values):
            seconds, micros = divmod(index * INTERVAL, 1_000_000)
            address = 0x0A000000 | self.address(index)
            sum_ = folded(constant + identification + flags + (address >> 16) + (address & 0xFFFF))
            return pack(START + seconds, micros, 34 + length, 34 + length, STATIONS, IPV4, 0x45, 0, 20 + length,
                        identification, flags, 64, protocol, sum_, address, SERVER4, *values)
        return record

    def pseudo_sum(self, index, protocol, length):
        """The sum of the pseudo-header of a packet."""
        low = self.address(index)
        if self.ipv6:
            return PSEUDO6 + (low >> 16) + (low & 0xFFFF) + protocol + length
        return PSEUDO4 + (low >> 16) + (low & 0xFFFF) + protocol + length

    def segments(self, ahead, data):
        """For each index a SYN, and where there are data a segment with them, some octets ahead."""
        syn = self.packer(TCP, "HHIIBBHHH", 20)
        more = self.packer(TCP, f"HHIIBBHHH{len(data)}s", 20 + len(data))
        data_sum = sum16(data)

        def records(index):
            port, sequence = 1024 + (index + self.seed) % CLIENT_PORTS, (index * ODD) & 0xFFFFFFFF
            yield syn(index, 0, 0, port, 53, sequence, 0, 0x50, SYN, 65535,
                      self.tcp_sum(index, 20, port, sequence, 0, SYN), 0)
            if data:
                sequence = (sequence + 1 + ahead) & 0xFFFFFFFF
                yield more(index, 0, 0, port, 53, sequence, 1, 0x50, PSH | ACK, 65535,
                           self.tcp_sum(index, 20 + len(data), port, sequence, 1, PSH | ACK, data_sum), 0, data)
        return records

    def tcp_sum(self, index, length, port, sequence, acknowledgment, flags, data_sum=0):
        """A TCP checksum."""
        return folded(self.pseudo_sum(index, TCP, length) + port + 53 + (sequence >> 16) + (sequence & 0xFFFF)
                      + acknowledgment + 0x5000 + flags + 65535 + data_sum)

    def fragments(self, is_first):
        """For each index one fragment of a response that has no other: the first one, or one from the middle."""
        offset = 0 if is_first else FRAGMENT_DATA * 2
        header = "BBHI" if self.ipv6 else ""
        size = FRAGMENT_DATA + struct.calcsize(">" + header)
        form = header + (f"HHHHHHHHHH{FRAGMENT_DATA - 20}s" if is_first else f"{FRAGMENT_DATA}s")
        record = self.packer(FRAGMENT if self.ipv6 else UDP, form, size)
        rest = QUESTION.ljust(FRAGMENT_DATA - 20, b"\0") if is_first else b"\xa5" * FRAGMENT_DATA

        def records(index):
            identification = (index * ODD >> 8) & 0xFFFF
            values = (53, 1024 + index % CLIENT_PORTS, 1400, 0, identification, 0x8180, 1, 8, 0, 0) if is_first else ()
            if self.ipv6:
                values = (UDP, 0, offset | MORE_IPV6, identification, *values)
            yield record(index, identification, MORE_IPV4 | offset // 8, *values, rest)
        return records


PSEUDO4 = sum16(SERVER4) + 0x0A00
PSEUDO6 = sum16(SERVER6) + sum16(struct.pack(">Q", NETWORK6))
PART = struct.pack(">H", 512) + bytes.fromhex("abcd" "0100" "0001" "0000" "0000" "0000") + QUESTION
"""The beginning of a message of 512 octets over TCP."""

KINDS = {
    "half-open": lambda flood: flood.segments(0, b""),
    "half-sent": lambda flood: flood.segments(0, PART),
    "holes": lambda flood: flood.segments(1000, b"\xa5" * 100),
    "first-fragments": lambda flood: flood.fragments(True),
    "lone-fragments": lambda flood: flood.fragments(False),
}
"""A SYN alone; then the beginning of a message; then data behind a hole; a fragment without its others."""


def write(path, kind, count, seed, ipv6):
    """Writes a classic pcap file with `count` flows or datagrams of a kind; in blocks, whatever their number."""
    records = kind(Flood(seed, ipv6))
    with open(path, "wb") as file:
        file.write(FILE_HEADER)
        for start in range(0, count, 8192):
            block = range(start, min(start + 8192, count))
            file.write(b"".join(record for index in block for record in records(index)))
