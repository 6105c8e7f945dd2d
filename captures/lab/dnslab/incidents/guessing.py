"""What attackers do who cannot hear what they would have to know: they guess IDs and ports, many answers at a time.

The lab's attacker hears the wire, but only so that a guess hits or fails as the scenario wants it.
"""

import socket
import string
import struct
import time
from contextlib import contextmanager

from .. import net, packets
from ..host import LabError
from . import fingerprint, wire
from .world import WORDS

EVERY_ID = 0x10000
LONGEST_PAUSE = 0.00008
"""Seconds between two answers of a slow attacker."""
SLOWER_SECONDS = (0.02, 0.12)
"""How much later than the guesses the true answer of a server comes that the attacker drowns in questions."""
LETTERS = string.ascii_lowercase + string.digits
FIRST_PORT = 1024
ANSWER_SECONDS = 3
LONGEST_MESSAGE = 4096


class Guesser:
    """An attacker of a zone at a resolver; order and speed of its guesses are drawn once."""

    def __init__(self, act, resolver, zone):
        self.act, self.resolver, self.zone = act, resolver, zone
        self.server = act.world.zone_of(zone).host
        self.running = act.rng.random() < 0.5
        self.rest = act.rng.choice((0, act.rng.uniform(0, LONGEST_PAUSE)))

    def name(self):
        """A name that nobody has asked for."""
        return f"{''.join(self.act.rng.choices(LETTERS, k=self.act.rng.randint(6, 12)))}.{self.zone}"

    def wrong(self, right, count):
        """IDs of which none is right, running or at random."""
        start = self.act.rng.randrange(EVERY_ID)
        ids = [(start + step) % EVERY_ID for step in range(count + 1)] if self.running \
            else self.act.rng.sample(range(EVERY_ID), count + 1)
        return [identifier for identifier in ids if identifier != right][:count]

    def with_hit(self, right, count):
        """The same with the right one among them."""
        ids = self.wrong(right, count - 1)
        ids.insert(self.act.rng.randrange(len(ids) // 3, len(ids)), right)
        return ids

    def round(self, name, ids, content, ports=None):
        """A client asks for a name, and the attacker answers the resolver's question again and again.

        `ids(right)` are the IDs it tries, `content(query)` are the arguments of `Act.reply`, `ports(right)` the ports
        it sends to, one an answer. Returns what the client got in the end.
        """
        with slowed(self.act, self.server):
            asking = self.act.begin(self.resolver, name)
            query = self.act.hear_query(self.server, name, "A")
            self.act.labels.target(packets.parse(query).source, self.zone)
            self.spray(query, ids(identifier(query)), content, ports and ports(packets.parse(query).source_port))
        return asking()

    def spray(self, query, ids, content, ports=None):
        """Answers a query's frame with each of some IDs, sent to each of some ports in turn."""
        for number, guess in enumerate(ids):
            port = ports[number % len(ports)] if ports else None
            asked = as_if(query, guess, port)
            self.act.send(self.act.reply(asked, **content(asked)))
            if self.rest:
                time.sleep(self.rest)


def transport(frame):
    """The offset of the UDP header in a frame."""
    return 54 if int.from_bytes(frame[12:14], "big") == packets.IPV6 else 34


def identifier(frame):
    """The DNS ID in a frame."""
    return int.from_bytes(packets.parse(frame).payload[:2], "big")


def as_if(query, guess, port=None):
    """A query's frame as it would be with another ID, and from another port."""
    start = transport(query)
    source = query[start:start + 2] if port is None else port.to_bytes(2, "big")
    return query[:start] + source + query[start + 2:start + 8] + guess.to_bytes(2, "big") + query[start + 10:]


@contextmanager
def slowed(act, server):
    """What a far server answers in the block comes some time after its end: the attacker drowns it."""
    act.network.order(server, "hold", 1)
    try:
        yield
        time.sleep(act.rng.uniform(*SLOWER_SECONDS))
    finally:
        act.network.order(server, "hold", 0)


def address(act, name="", ttl=None):
    """The forged address of a name, or of the name in the question."""
    return wire.record(name or wire.ASKED, "A", act.ttl if ttl is None else ttl, wire.rdata("A", act.evil()))


def true_address(name):
    """What the zone says of one of its hosts."""
    return f"198.51.100.{WORDS.index(name.split('.')[0]) + 1}"


def takeover(act, zone, own=None):
    """The NS RRset of a zone with the attacker's server in it, and the address of that server; `own` is its name where
    it is in no zone that is attacked."""
    server = own or f"ns{act.rng.randint(1, 9)}.{zone}"
    return [wire.record(zone, "NS", act.ttl, wire.name(server))], [address(act, server)]


def forged_data(act):
    """Tells the labels how forged data is known again."""
    act.labels.poison(wire.rdata("A", act.evil()))


def flock(act, resolver, name, hosts):
    """Sends one question from a socket of its own on each of some hosts, all in one breath; returns the sockets."""
    sockets = []
    for host in hosts:
        with act.network.entered(host):
            sockets.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    for sock in sockets:
        sock.sendto(query_for(act, name, flags=0x0100), (net.ipv4(resolver), 53))
    return sockets


def received(sockets):
    """Waits until each of some sockets has an answer, and closes them."""
    for sock in sockets:
        with sock:
            sock.settimeout(ANSWER_SECONDS)
            try:
                sock.recv(LONGEST_MESSAGE)
            except TimeoutError:
                raise LabError("an equal question was not answered") from None


def query_for(act, name, flags):
    """A question for an address."""
    return struct.pack(">HHHHHH", act.rng.randrange(EVERY_ID), flags, 1, 0, 0, 1) + wire.name(name) + \
        struct.pack(">HH", packets.TYPE_A, 1) + wire.opt(1232, True)


def mac(host):
    """A host's Ethernet address, as octets."""
    return bytes.fromhex(net.mac(host).replace(":", ""))


def unasked(act, resolver, server, name, port, ipv6=True):
    """The frame of a question for an address that a resolver never put; it serves to make an answer to it. Over IPv6
    too, if the attacker has heard that they talk so."""
    pairs = [tuple(socket.inet_pton(family, text(host)) for host in (server, resolver))
             for family, text in ((socket.AF_INET, net.ipv4), (socket.AF_INET6, net.ipv6))]
    heard = [pair for pair in pairs[:1 + ipv6] if pair in act.attacker.habits.heard] or pairs[:1]
    asked = packets.Datagram(mac(server), *act.rng.choice(heard), 53, port, b"")
    marks = act.style.marks(bytes(60), fingerprint.AUTHORITATIVE)
    marks.mac = mac(resolver)
    return fingerprint.frame(asked, query_for(act, name, flags=0), marks)
