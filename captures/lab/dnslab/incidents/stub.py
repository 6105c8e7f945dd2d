"""A client of the lab's own that sends just the queries it is told to, from the port it is told to."""

import select
import time

from ..host import LabError
from ..net import ipv4, ipv6
from . import messages, sockets

RESOLVERS = ("resolver", "open", "second", "special")
ANSWER_SECONDS = 3
"""Longer than any server here takes that answers at all."""


class Stub:
    """One UDP socket on a host; a context manager."""

    def __init__(self, act, host="client", port=0, ip=4):
        self.rng = act.rng
        self.address = {4: ipv4, 6: ipv6}[ip]
        self.socket = sockets.udp(act.network, host, self.address(host), port)
        self.port = self.socket.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, server, name, kind="A", identifier=None, **more):
        """Sends a query to a host, with RD where that is a resolver; returns it."""
        number = self.rng.randrange(65536) if identifier is None else identifier
        flags = messages.RD if server in RESOLVERS else 0
        asked = messages.query(name, kind, number, flags, **more)
        self.again(server, asked)
        return asked

    def again(self, server, asked):
        """Sends a query as it is."""
        self.socket.sendto(asked, (self.address(server), 53))

    def receive(self, count=1, seconds=ANSWER_SECONDS):
        """The next answers; fails where fewer come in time."""
        answers, end = [], time.monotonic() + seconds
        while len(answers) < count:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.socket], [], [], left)[0]:
                raise LabError(f"{len(answers)} answers of {count} at port {self.port}")
            answers.append(self.socket.recv(65535))
        return answers

    def ask(self, server, name, kind="A", **more):
        """One query and its answer, which has to have its ID."""
        asked = self.send(server, name, kind, **more)
        answer = self.receive()[0]
        if answer[:2] != asked[:2]:
            raise LabError(f"{name}: an answer with another ID")
        return answer


def ask(act, server, name, kind="A", host="client", ip=4, **more):
    """One query from a port of its own, and its answer."""
    with Stub(act, host, ip=ip) as stub:
        return stub.ask(server, name, kind, **more)


def fresh(act, zone, count=None):
    """A name, or several, that nobody asked for before."""
    def one():
        return f"{act.rng.choice(WORDS)}-{act.rng.randrange(1 << 24):06x}.{zone}"
    return one() if count is None else [one() for _ in range(count)]


WORDS = ("www", "mail", "api", "static", "img", "login", "shop", "news", "cdn", "files", "docs", "play", "data")
"""The first part of names."""
