"""DNS messages in wire form, as a forger needs them: records from zone files, sections, the OPT record."""

import base64
import calendar
import socket
import struct
import time

from .. import packets

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33, "DNAME": 39,
         "OPT": 41, "DS": 43, "RRSIG": 46, "NSEC": 47, "DNSKEY": 48, "NSEC3": 50}
"""Type numbers by mnemonic."""

ASKED = b"\xc0\x0c"
"""A pointer to the name in the question."""
DO = 0x8000
COOKIE = 10
RD = 0x0100
"""Copied into every response (RFC 1035 §4.1.1)."""


def name(text):
    """A plain name in wire form."""
    return packets.wire_name(text)


def record(owner, kind, ttl, rdata):
    """A record of class IN; `owner` in wire form or as text."""
    owner = name(owner) if isinstance(owner, str) else owner
    return owner + struct.pack(">HHIH", TYPES[kind], 1, ttl, len(rdata)) + rdata


def address(text):
    """The type and the RDATA of an address."""
    return ("AAAA", socket.inet_pton(socket.AF_INET6, text)) if ":" in text \
        else ("A", socket.inet_pton(socket.AF_INET, text))


def from_text(line, owner=None, ttl=None):
    """A record of a zone file (`records.Record`) in wire form, with another owner or TTL where they are given."""
    return record(owner or line.owner, line.kind, int(line.ttl) if ttl is None else ttl, rdata(line.kind, line.rdata))


def rdata(kind, text):
    """RDATA of the types that the lab forges, from presentation format."""
    fields = text.split()
    if kind in ("A", "AAAA"):
        return address(text)[1]
    if kind in ("NS", "CNAME", "DNAME", "PTR"):
        return name(text)
    if kind == "SOA":
        return name(fields[0]) + name(fields[1]) + struct.pack(">IIIII", *map(int, fields[2:7]))
    if kind == "DS":
        return struct.pack(">HBB", *map(int, fields[:3])) + bytes.fromhex("".join(fields[3:]))
    if kind == "NSEC":
        return name(fields[0]) + bitmap(fields[1:])
    if kind == "RRSIG":
        times = [calendar.timegm(time.strptime(field, "%Y%m%d%H%M%S")) for field in fields[4:6]]
        head = struct.pack(">HBBIIIH", TYPES[fields[0]], int(fields[1]), int(fields[2]), int(fields[3]), *times,
                           int(fields[6]))
        return head + name(fields[7]) + base64.b64decode("".join(fields[8:]))
    raise ValueError(f"no {kind} is ever forged")


def bitmap(kinds):
    """The type bit map of an NSEC record (RFC 4034 §4.1.2); all types here are below 256."""
    bits = bytearray(32)
    for kind in kinds:
        bits[TYPES[kind] // 8] |= 0x80 >> TYPES[kind] % 8
    used = bytes(bits).rstrip(b"\0")
    return bytes([0, len(used)]) + used


def opt(size, do, options=b""):
    """An OPT record (RFC 6891 §6.1.2)."""
    return b"\0" + struct.pack(">HHIH", TYPES["OPT"], size, DO if do else 0, len(options)) + options


def option(code, data):
    """One EDNS option."""
    return struct.pack(">HH", code, len(data)) + data


def sections(message):
    """The records of a message behind the question, as (section, type, class, TTL, RDATA); empty if it is damaged."""
    found = []
    try:
        offset = 12
        for _ in range(int.from_bytes(message[4:6], "big")):
            offset = _name_end(message, offset) + 4
        for section in (1, 2, 3):
            for _ in range(int.from_bytes(message[4 + 2 * section:6 + 2 * section], "big")):
                offset = _name_end(message, offset)
                kind, group, ttl, length = struct.unpack_from(">HHIH", message, offset)
                found.append((section, kind, group, ttl, message[offset + 10:offset + 10 + length]))
                offset += 10 + length
    except (IndexError, struct.error):
        return []
    return found


def edns(message):
    """Payload size, DO bit and options of a message's OPT record, None where it has none."""
    for _, kind, group, ttl, options in sections(message):
        if kind == TYPES["OPT"]:
            return group, bool(ttl & DO), options
    return None


def cookie(message):
    """The COOKIE option's data (RFC 7873 §4), empty where there is none."""
    found = edns(message)
    options = found[2] if found else b""
    while len(options) >= 4:
        code, length = struct.unpack_from(">HH", options)
        if code == COOKIE:
            return options[4:4 + length]
        options = options[4 + length:]
    return b""


def message(query, flags, answer=(), authority=(), additional=(), rcode=0):
    """A response to a query of one question: its ID, its question octet by octet, and these records."""
    question = query[12:packets.question_end(query)]
    flags |= rcode | int.from_bytes(query[2:4], "big") & RD
    counts = struct.pack(">HHHH", 1, len(answer), len(authority), len(additional))
    return query[:2] + struct.pack(">H", flags) + counts + question + b"".join([*answer, *authority, *additional])


def _name_end(octets, offset):
    """The offset behind a name, which may end in a pointer."""
    while octets[offset]:
        if octets[offset] >= 0xC0:
            return offset + 2
        offset += 1 + octets[offset]
    return offset + 1
