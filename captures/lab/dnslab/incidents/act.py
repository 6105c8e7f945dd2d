"""What one scenario is played with: clients that ask, an attacker that hears and forges, and chance."""

import random
import socket
import subprocess
import time
from contextlib import contextmanager

from .. import net, packets
from ..asking import ANSWER_SECONDS, parse
from ..host import LabError
from . import fingerprint, wire
from .attacker import answer_of, question_to
from .labels import IncidentLabels
from .net import FAR
from .world import WORDS

CLIENTS = ("client", "client2", "client3")
HEAR_SECONDS = 5
TRUE_DELAY_SHARE = 0.4
"""An attacker that wants to be first answers within this share of the true answer's way."""
MARGIN_SECONDS = 0.01
"""What a server and the relay need beside the way itself."""
FORGED_TTLS = (60, 300, 600, 3600, 86400)
VISIT_SECONDS = 3
REQUEST = b"GET / HTTP/1.0\r\n\r\n"


class Act:
    """One scenario being played."""

    def __init__(self, world, attacker, name, kind, seed, disguised=False, large=False):
        self.world = world
        self.network = world.network
        self.attacker = attacker
        self.rng = random.Random(f"{seed} {name}")
        self.disguised = disguised
        self.large = large
        """Whether floods may be larger than the repository wants to keep."""
        self.labels = IncidentLabels(kind)
        self.forged = set()
        """The octets of every frame that the attacker sent."""
        self.style = fingerprint.Style(self.rng, attacker.mac)
        self.ttl = self.rng.choice(FORGED_TTLS)
        """The TTL of forged records, in seconds."""
        self.family = self.rng.choice((4, 6))
        """The version of IP by which clients ask."""
        self.kind = "A" if self.family == 4 else "AAAA"
        """The type of the addresses that they ask for, to connect over the same version."""
        self.words = {}
        self.chained = set()

    def pick(self, zone, count=1):
        """Names of a zone's hosts in the order that the seed draws; none is given twice in an act."""
        left = self.words.setdefault(zone, self.rng.sample(WORDS, len(WORDS)))
        return [f"{left.pop()}.{zone}" for _ in range(count)]

    def begin(self, resolver, name, kind="A", *options, host="client"):
        """Asks with dig from a client's host; the function returned waits for the answer. What the attacker hears
        from now on has not been heard."""
        self.attacker.listen()
        command = self._dig(resolver, host, "+tries=1", f"+timeout={ANSWER_SECONDS}", *options, "-q", name, "-t", kind)
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        return lambda: parse(child.communicate(timeout=2 * ANSWER_SECONDS)[0])

    def ask(self, resolver, name, kind="A", *options, host="client"):
        """Asks with dig from a client's host, and returns the answer."""
        return self.begin(resolver, name, kind, *options, host=host)()

    def warm(self, *names, resolver="open", kinds=("A", "AAAA"), signatures=True):
        """Ordinary traffic: the chain of trust of the names' zones, once for each resolver, then the names; by every
        client in turn, who want signatures unless the resolver does not know them."""
        questions = [(name, kind) for name in names for kind in kinds]
        zones = {zone.name: zone for name in names for zone in self.world.ancestors(self.world.zone_of(name))}
        for zone in zones.values():
            if (resolver, zone.name) not in self.chained:
                self.chained.add((resolver, zone.name))
                chain = ([] if zone.name == "." else ["DS"]) + (["DNSKEY"] if zone.signer else [])
                questions = [(zone.name, kind) for kind in chain] + questions
        share = -(-len(questions) // len(CLIENTS))
        for number, host in enumerate(CLIENTS):
            self._ask_many(resolver, host, questions[number * share:(number + 1) * share],
                           ["+dnssec"] if signatures else ["+noedns"])

    def _ask_many(self, resolver, host, questions, options):
        """Many questions by one dig."""
        asked = [word for name, kind in questions
                 for word in (f"@{self.address(resolver)}", *options, "+tries=1", "-q", name, "-t", kind)]
        said = subprocess.run(self.network.inside(host, "dig", *asked), stdin=subprocess.DEVNULL, text=True, check=False,
                              stdout=subprocess.PIPE, timeout=6 * ANSWER_SECONDS).stdout if asked else ""
        if said.count("status: NOERROR") + said.count("status: NXDOMAIN") != len(questions):
            raise LabError(f"ordinary traffic fails:\n{said}")

    def _dig(self, resolver, host, *arguments):
        return self.network.inside(host, "dig", f"@{self.address(resolver)}", *arguments)

    def address(self, host):
        """A host's address in the act's version of IP."""
        return net.ipv4(host) if self.family == 4 else net.ipv6(host)

    def sniff(self, predicate, timeout=HEAR_SECONDS):
        """The next frame that the attacker hears and for which `predicate(frame)` holds."""
        return self.attacker.sniff(predicate, timeout)

    def hear_query(self, server, name=None, kind=None):
        """The frame of the next query over UDP to a host; its true answers are `genuine` from now on."""
        frame = self.sniff(question_to(server, name, kind))
        self.labels.attacked(packets.parse(frame))
        return frame

    def hear_answer(self, server, name=None, kind=None):
        """The frame of a host's next answer over UDP."""
        return self.sniff(answer_of(server, name, kind))

    def send(self, frame, forged=True):
        """The attacker puts a frame on the wire."""
        if forged:
            self.forged.add(frame)
        self.attacker.send(frame)
        if self.disguised:
            self.attacker.habits.learn(frame)  # so that its next IP identification continues this one's

    def marks(self, query, flags=fingerprint.AUTHORITATIVE):
        """What an answer to a query's frame carries besides its content: the attacker's own style, or, disguised, the
        habits of the true server."""
        datagram = packets.parse(query)
        return self.attacker.habits.copy(datagram, self.rng, flags) if self.disguised else self.style.marks(query, flags)

    def reply(self, query, answer=(), authority=(), additional=(), rcode=0, flags=fingerprint.AUTHORITATIVE,
              marks=None, options=b"", change=lambda message: message):
        """The frame that answers a query's frame with these records, in the name of the host that it asks."""
        datagram = packets.parse(query)
        marks = marks or self.marks(query, flags)
        asked = wire.edns(datagram.payload)
        opt = [wire.opt(marks.edns, asked[1], options)] if asked and (marks.edns or options) else []
        payload = wire.message(datagram.payload, marks.flags, answer, authority, [*additional, *opt], rcode)
        return fingerprint.frame(datagram, change(payload), marks)

    def pause(self, server=None, longest=0.004):
        """What an attacker needs to answer: less than the way of the server that it wants to beat."""
        longest = FAR[server] * TRUE_DELAY_SHARE / 1000 if server in FAR else longest
        time.sleep(self.rng.uniform(0.0002, longest))

    @contextmanager
    def muted(self, *servers):
        """In the block, what far servers answer over UDP is lost on the way, also to queries just heard. The end of the
        block waits for what is under way."""
        for server in servers:
            self.network.order(server, "mute", 1)
        try:
            yield
            time.sleep(max(FAR[server] for server in servers) / 1000 + MARGIN_SECONDS)
        finally:
            for server in servers:
                self.network.order(server, "mute", 0)

    def flush(self, *resolvers):
        """Empties caches."""
        self.world.flush(*resolvers)

    def visit(self, host, address):
        """A client connects to port 80 of an address, where the attacker's web server answers."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with self.network.entered("evil"):
            server = socket.socket(family, socket.SOCK_STREAM)
        with self.network.entered(host):
            client = socket.socket(family, socket.SOCK_STREAM)
        with server, client:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            server.settimeout(VISIT_SECONDS)
            client.settimeout(VISIT_SECONDS)
            server.bind((address, 80))
            server.listen()
            client.connect((address, 80))
            with server.accept()[0] as connection:
                client.sendall(REQUEST)
                connection.settimeout(VISIT_SECONDS)
                connection.recv(len(REQUEST))
                connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")

    def evil(self, kind="A"):
        """The forged address of a type."""
        return net.ipv4("evil") if kind == "A" else net.ipv6("evil")
