"""DNS messages as the lab's own small servers and clients write them."""

import struct

from .. import packets
from . import wire

AA, RD, RA = 0x0400, 0x0100, 0x0080
"""Bits of the header's second word (RFC 1035 §4.1.1)."""
QR = 0x8000
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, REFUSED = 0, 1, 2, 3, 5
EDE = 15
"""The option of an extended error (RFC 8914 §2)."""
UDP_SIZE = 1232
STRING_OCTETS = 255
"""The longest string in a TXT record."""


def query(name, kind, identifier, flags=0, edns=True, options=b"", dnssec=False, size=UDP_SIZE):
    """A query; its name is sent in the case that it is given in."""
    head = struct.pack(">HHHHHH", identifier, flags, 1, 0, 0, int(edns))
    asked = wire.name(name) + struct.pack(">HH", wire.TYPES[kind], 1)
    return head + asked + (wire.opt(size, dnssec, options) if edns else b"")


def response(asked, answers=(), authority=(), additional=(), flags=AA, rcode=NOERROR, edns=None, options=b""):
    """A response to a query; with EDNS where the query has it, unless `edns` says otherwise."""
    sent = wire.edns(asked)
    has_opt = bool(sent) if edns is None else edns
    opt = [wire.opt(UDP_SIZE, bool(sent) and sent[1], options)] if has_opt else []
    return wire.message(asked, QR | flags, answers, authority, [*additional, *opt], rcode)


def address(text, ttl=300, owner=wire.ASKED):
    """An A or AAAA record."""
    kind, data = wire.address(text)
    return wire.record(owner, kind, ttl, data)


def soa(zone, serial=1, ttl=300):
    """A zone's SOA record."""
    data = wire.rdata("SOA", f"ns.{zone} hostmaster.{zone} {serial} 7200 3600 1209600 300")
    return wire.record(zone, "SOA", ttl, data)


def nameserver(zone, name, ttl=3600):
    """An NS record."""
    return wire.record(zone, "NS", ttl, wire.name(name))


def text(octets, ttl=300):
    """A TXT record for the name in the question, with one string."""
    return wire.record(wire.ASKED, "TXT", ttl, bytes([min(len(octets), STRING_OCTETS)]) + octets[:STRING_OCTETS])


def rcode(message):
    """The rcode in a header."""
    return message[3] & 15


def addresses(message, kind="A"):
    """The addresses in a response's answer section."""
    return [data for section, number, _, _, data in wire.sections(message)
            if section == 1 and number == wire.TYPES[kind]]


def is_about(message, name):
    """Whether a message's question has this name."""
    asked = packets.question(message)
    return asked is not None and asked[0] == name.lower()
