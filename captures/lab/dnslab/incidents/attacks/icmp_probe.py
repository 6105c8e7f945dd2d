"""ICMP errors about flows that never were, port after port: they ask the resolver's host which ports are open."""

import socket
import struct

from .. import fingerprint, guessing
from . import kaminsky
from ...net import ipv4
from ...packets import checksum
from .racing import insist

KIND = "kaminsky"
ICMP = 1
NEEDED, REDIRECT = (3, 4), (5, 1)
"""Type and code: fragmentation needed (RFC 1191), redirect for a host (RFC 792)."""
MTUS = (552, 576, 1280)
QUOTED = slice(14, 14 + 28)
"""What an error quotes of a frame: IP header and eight octets."""
ROUTER = "192.0.2.1"


def play(act):
    """In the name of a router or of the server; ordinary questions go on between them."""
    zone = kaminsky.zone(act)
    server = act.world.zone_of(zone).host
    act.warm(*act.pick(zone, 8), resolver="patient")
    act.attacker.listen()
    form, source = act.rng.choice((NEEDED, REDIRECT)), act.rng.choice((ROUTER, ipv4(server)))
    port = act.rng.randrange(guessing.FIRST_PORT, 60_000)
    for name in act.pick(zone, act.rng.randint(2, 4)):
        for _ in range(act.rng.randint(20, 60)):
            act.send(probe(act, guessing.unasked(act, "patient", server, name, port, ipv6=False), source, form))
            port += 1
            act.pause(longest=0.0004)
        answer = act.ask("patient", name)
        insist(guessing.true_address(name) in answer.text, "no true answer", answer)
    act.labels.target(ipv4("patient"), zone)
    act.labels.success = False


def probe(act, query, source, form):
    """One error about a query that the resolver never sent."""
    rest = struct.pack(">HH", 0, act.rng.choice(MTUS)) if form == NEEDED else socket.inet_aton(ipv4("attacker"))
    body = rest + query[QUOTED]
    message = bytes(form) + struct.pack(">H", checksum(bytes(form) + b"\0\0" + body)) + body
    marks = act.marks(query)
    source, target = socket.inet_aton(source), socket.inet_aton(ipv4("patient"))
    header = fingerprint.ip_header(source, target, len(message), marks, ICMP)
    return guessing.mac("patient") + marks.mac + header + message
