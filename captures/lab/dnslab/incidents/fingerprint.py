"""What a packet tells of its sender besides its content: drawn by chance, or copied from the true server."""

import struct
from collections import deque
from dataclasses import dataclass

from .. import packets
from ..host import LabError
from . import wire

AUTHORITATIVE, RECURSIVE = 0x8400, 0x8080
"""QR with AA, as an authority answers; QR with RA, as a resolver does."""
CHECKING_DISABLED = 0x0010
"""Some servers copy CD and some do not."""
AUTHORITY = 0x0400
"""AA, which a server sets in answers and not in referrals."""
KEPT_FLAGS = 0x8490
"""QR, AA, RA and CD: what a server's habit tells of the flags; the others belong to the question."""
REMEMBERED = 64
"""Answers of a server to a host that an attacker keeps in mind."""
SMALL_STEP = 4
"""A Linux host's next IP identification is a little above the last one of the same flow."""


@dataclass
class Fingerprint:
    """The sender's marks on an answer."""
    mac: bytes
    ttl: int
    tos: int
    fragmentable: bool
    identification: int
    flow_label: int
    flags: int
    edns: int
    """UDP payload size of the OPT record, 0 for none."""


class Habits:
    """What the attacker heard from each server about each host it answers: the marks of all its answers, by address."""

    def __init__(self):
        self.heard = {}

    def learn(self, frame):
        """Notes the marks of a frame that is a DNS response over UDP."""
        datagram = packets.parse(frame)
        if datagram and datagram.source_port == 53 and len(datagram.payload) >= 12:
            marks = self.heard.setdefault((datagram.source, datagram.target), deque(maxlen=REMEMBERED))
            marks.append(marks_of(frame, datagram))

    def copy(self, query, rng, flags=0):
        """The marks that the server's own answer to a query would carry; as to AA, of an answer like `flags`."""
        heard = self.heard.get((query.target, query.source))
        if not heard:
            raise LabError("the attacker has not heard the server before")
        last = heard[-1]
        constant = len({marks.identification for marks in heard}) == 1
        following = last.identification if constant else last.identification + rng.randint(1, SMALL_STEP) & 0xFFFF
        flow = rng.randrange(1, 1 << 20) if last.flow_label else 0
        sizes = [marks.edns for marks in heard if marks.edns]
        alike = [marks.flags for marks in heard if not (marks.flags ^ flags) & AUTHORITY]
        return Fingerprint(last.mac, last.ttl, last.tos, last.fragmentable, following, flow,
                           alike[-1] if alike else last.flags, sizes[-1] if sizes else 0)


def marks_of(frame, datagram):
    """The marks on a response."""
    flags = int.from_bytes(datagram.payload[2:4], "big") & KEPT_FLAGS
    found = wire.edns(datagram.payload)
    edns = found[0] if found else 0
    if len(datagram.source) == 16:
        head = int.from_bytes(frame[14:18], "big")
        return Fingerprint(datagram.source_mac, frame[21], head >> 20 & 0xFF, True, 0, head & 0xFFFFF, flags, edns)
    return Fingerprint(datagram.source_mac, frame[22], frame[15], not frame[20] & 0x40,
                       int.from_bytes(frame[18:20], "big"), 0, flags, edns)


class Style:
    """The habits of an attacker's own tool, drawn once an act."""

    def __init__(self, rng, mac):
        self.rng = rng
        self.mac = mac
        self.ttl = rng.choice([64, 128, 255, rng.randint(33, 48), rng.randint(110, 125), rng.randint(230, 250)])
        self.tos = rng.choice([0, 0, 0, 0x10, 0x28])
        self.fragmentable = rng.random() < 0.5
        self.identifications = rng.choice(["zero", "constant", "running", "random", "mirrored"])
        self.identification = rng.randrange(1, 0x10000)
        self.edns = rng.choice([0, 0, 512, 1232, 4096])
        self.flags = rng.choice([0, 0, CHECKING_DISABLED])

    def marks(self, query, flags):
        """The marks of an answer to a query; `query` is the datagram's frame."""
        flow = self.rng.choice([0, self.rng.randrange(1 << 20)])
        return Fingerprint(self.mac, self.ttl, self.tos, self.fragmentable, self._next(query), flow, flags | self.flags,
                           self.edns)

    def _next(self, query):
        """The next IP identification."""
        if self.identifications == "zero":
            return 0
        if self.identifications == "random":
            return self.rng.randrange(0x10000)
        if self.identifications == "mirrored":
            return int.from_bytes(query[18:20], "big")
        if self.identifications == "running":
            self.identification = (self.identification + 1) & 0xFFFF
        return self.identification


def frame(query, payload, marks):
    """A frame that answers the datagram `query` in the name of its target."""
    length = 8 + len(payload)
    ports = struct.pack(">HHH", query.target_port, query.source_port, length)
    pseudo = query.target + query.source + struct.pack(">HH", packets.UDP, length)
    udp = ports + struct.pack(">H", packets.checksum(pseudo + ports + b"\0\0" + payload) or 0xFFFF) + payload
    return query.source_mac + marks.mac + ip_header(query.target, query.source, length, marks) + udp


def ip_header(source, target, length, marks, protocol=packets.UDP, fragment=0):
    """Ethernet type and IP header; `fragment` is the field of flags and offset beside DF (IPv4 only)."""
    if len(source) == 16:
        head = 6 << 28 | marks.tos << 20 | marks.flow_label
        return struct.pack(">HIHBB", packets.IPV6, head, length, protocol, marks.ttl) + source + target
    fragment |= 0 if marks.fragmentable or fragment else 0x4000
    header = struct.pack(">BBHHHBBH", 0x45, marks.tos, 20 + length, marks.identification, fragment, marks.ttl, protocol,
                         0)
    return struct.pack(">H", packets.IPV4) + packets.set_ipv4_checksum(header + source + target)
