"""A small server of the lab's own: answers as a scenario says, with whatever IP header, delay and order it says."""

import heapq
import itertools
import select
import threading
import time
import zlib
from dataclasses import dataclass, replace

from .. import packets
from ..net import INTERFACE, ipv4, ipv6
from . import datagrams, fingerprint, messages, sockets, wire
from ..tap import tap

WAKE_SECONDS = 0.05
TTLS = {"odd": 57, "even": 54, "third": 51, "special": 64}
"""The time to live of a host's packets, as if it were some routers away."""
WAYS = {"odd": 0.007, "even": 0.012, "third": 0.018, "special": 0}
"""Seconds that an answer of a host travels."""
SERVERS = {"odd.lab.": ("ns.odd.lab.",), "pair.lab.": ("ns1.pair.lab.", "ns2.pair.lab.")}
"""The zones that these servers answer for unless a scenario says otherwise, and their name servers."""
HOST_OF = {"ns.odd.lab.": "odd", "ns1.pair.lab.": "odd", "ns2.pair.lab.": "even"}
"""The host of each name server."""


@dataclass
class Query:
    """A query as it came in."""
    payload: bytes
    name: str
    """In lower case."""
    kind: int
    source: str
    port: int
    target: str

    def asks(self, kind):
        """Whether it asks for a type."""
        return self.kind == wire.TYPES[kind]

    def answer(self, *texts, ttl=300, **more):
        """A response with these addresses; with none of them where another type is asked for."""
        if not self.asks("A"):
            return self.nothing()
        return messages.response(self.payload, [messages.address(text, ttl) for text in texts], **more)

    def nothing(self, zone="odd.lab."):
        """A response that says that there is nothing of the type."""
        return messages.response(self.payload, authority=[messages.soa(zone)])


@dataclass
class Reply:
    """One response: what it holds, and how it travels."""
    payload: bytes
    delay: float = 0
    """Seconds beside those of the way."""
    ttl: int = None
    """Time to live where it is not the host's usual one."""
    identification: int = 0
    fragmentable: bool = False
    source: str = None
    """The address that it comes from where that is not the one asked."""
    mtu: int = 1500
    order: object = None
    """What puts its fragments into another order, or repeats some."""


class Responder:
    """A context manager; `behave(query)` returns the replies to a query."""

    def __init__(self, act, host, behave=None):
        self.host = host
        self.behave = behave or steady
        self.asked = []
        """The queries so far."""
        self.failure = None
        self.sockets = [sockets.udp(act.network, host, address, 53) for address in (ipv4(host), ipv6(host))]
        with act.network.entered(host):
            self.wire = tap(INTERFACE)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.stopped = threading.Event()
        self.due = []
        self.order = itertools.count()
        self.identification = itertools.count(act.rng.randrange(1, 60000))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, kind, *_):
        self.stopped.set()
        self.thread.join()
        for used in (*self.sockets, self.wire):
            used.close()
        if self.failure and kind is None:
            raise self.failure

    def _serve(self):
        """Reads queries and sends replies when they are due, until told to stop and none is left."""
        try:
            while self.due or not self.stopped.is_set():
                wait = max(0, min(WAKE_SECONDS, self.due[0][0] - time.monotonic())) if self.due else WAKE_SECONDS
                for ready in select.select(self.sockets, [], [], wait)[0]:
                    self._read(ready)
                while self.due and self.due[0][0] <= time.monotonic():
                    self._send(*heapq.heappop(self.due)[2:])
        except Exception as error:  # raised again where the scenario ends
            self.failure = error

    def _read(self, ready):
        """One query, and when what replies to it."""
        payload, (source, port, *_) = ready.recvfrom(4096)
        now = time.monotonic()
        asked = packets.question(payload)
        if asked is None or payload[2] & 0x80:
            return
        query = Query(payload, *asked, source, port, ready.getsockname()[0])
        self.asked.append(query)
        for reply in self.behave(query):
            heapq.heappush(self.due, (now + WAYS[self.host] + reply.delay, next(self.order), query, reply))

    def _send(self, query, reply):
        """Puts a reply on the wire, in fragments where the path is narrow."""
        asked = datagrams.datagram(query.source, reply.source or query.target, query.port, 53)
        marks = fingerprint.Fingerprint(datagrams.station(query.target), reply.ttl or TTLS[self.host], 0,
                                        reply.fragmentable, reply.identification, 0, 0, 0)
        frame = fingerprint.frame(asked, reply.payload, marks)
        pieces = datagrams.cut(frame, reply.mtu, next(self.identification) & 0xFFFF)
        for piece in reply.order(pieces) if reply.order else pieces:
            self.wire.send(piece)


def own_address(name):
    """The address that a name has at these servers."""
    return f"198.51.100.{1 + zlib.crc32(name.encode()) % 250}"


def steady(query):
    """An honest server of a few small zones: one address for every name, nothing of other types."""
    zone = next((zone for zone in SERVERS if query.name == zone or query.name.endswith("." + zone)), None)
    if zone is None:
        return [Reply(messages.response(query.payload, flags=0, rcode=messages.REFUSED))]
    if query.name == zone and query.asks("SOA"):
        return [Reply(messages.response(query.payload, [messages.soa(zone)]))]
    if query.name == zone and query.asks("NS"):
        answers = [messages.nameserver(zone, name) for name in SERVERS[zone]]
        glue = [messages.address(ipv4(HOST_OF[name]), 3600, name) for name in SERVERS[zone]]
        return [Reply(messages.response(query.payload, answers, additional=glue))]
    if query.name == zone or not query.asks("A"):
        return [Reply(query.nothing(zone))]
    return [Reply(query.answer(ipv4(HOST_OF[query.name]) if query.name in HOST_OF else own_address(query.name)))]


def only(names, special):
    """A server that treats some names in its own way, and is steady with all others."""
    return lambda query: special(query) if query.name in names else steady(query)


def changed(replies, **changes):
    """The replies with other fields."""
    return [replace(reply, **changes) for reply in replies]
