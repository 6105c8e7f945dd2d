"""Answers to questions that somebody else asked in a client's name: the tap at the client sees the answers only."""

import time

from ...net import ipv4
from .. import datagrams, messages
from ..fingerprint import Fingerprint
from ..responder import Responder
from ..stub import fresh
from .setting import insist, usual


def play(act):
    """A handful, from honest servers, with their true data."""
    act.warm("www.calm.test.", "www.fair.test.")
    rng = act.rng
    act.spoofed = set()
    with Responder(act, "odd"):
        usual(act)
        for _ in range(rng.randrange(4, 9)):
            server, name = rng.choice((("odd", fresh(act, "odd.lab.")), ("nsd", "www.calm.test."),
                                       ("bind", "www.fair.test."), ("open", "www.calm.test.")))
            asked = messages.query(name, rng.choice(("A", "TXT")), rng.randrange(65536), messages.RD)
            marks = Fingerprint(act.attacker.mac, rng.randrange(40, 60), 0, True, rng.randrange(65536), 0, 0, 0)
            ends = (ipv4("client"), ipv4(server), rng.randrange(1024, 65536), 53)
            frame = datagrams.question(datagrams.datagram(*ends, asked), marks)
            act.spoofed.add(frame)
            act.send(frame, forged=False)
            time.sleep(rng.uniform(0.01, 0.1))
        usual(act, count=4)


def edit(act, frames):
    """The questions went another way."""
    left = [frame for frame in frames if frame.data not in act.spoofed]
    insist(len(frames) - len(left) == len(act.spoofed), "a question is missing")
    return left
