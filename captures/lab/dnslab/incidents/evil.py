"""The attacker's own name server, on the host `evil`: it answers whatever it is asked about, over IPv4."""

import socket
import threading

from .. import net, packets
from ..tap import LONGEST_FRAME, tap
from . import fingerprint, wire
from .attacker import question_to

HEAR_SECONDS = 0.1
"""How long it listens before it looks whether it shall end."""


class EvilServer:
    """A context manager. `content(name, type)` are the sections of its answers; those that say something are forged."""

    def __init__(self, act, content):
        self.act, self.content = act, content
        with act.network.entered("evil"):
            self.tap = tap(net.INTERFACE)
            self.port = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.port.bind((net.ipv4("evil"), 53))  # its kernel would say that the port is unreachable
        self.tap.settimeout(HEAR_SECONDS)
        self.asked = []
        """The questions that it answered, name and type."""
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()
        self.tap.close()
        self.port.close()

    def _serve(self):
        """Answers until the end of the block."""
        is_query = question_to("evil")
        while not self.ended.is_set():
            try:
                frame = self.tap.recv(LONGEST_FRAME)
            except TimeoutError:
                continue
            if is_query(frame):
                self._answer(frame)

    def _answer(self, frame):
        """Answers one query with marks of its own: nobody else is to be imitated here."""
        query = packets.parse(frame)
        name, kind = packets.question(query.payload)
        self.asked.append((name, kind))
        marks = self.act.style.marks(frame, fingerprint.AUTHORITATIVE)
        marks.mac, marks.ttl = bytes.fromhex(net.mac("evil").replace(":", "")), EVIL_TTL
        answer, authority, additional = self.content(name, kind)
        opt = [wire.opt(marks.edns or 1232, False)] if wire.edns(query.payload) else []
        payload = wire.message(query.payload, fingerprint.AUTHORITATIVE, answer, authority, [*additional, *opt])
        self.act.send(fingerprint.frame(query, payload, marks), forged=bool(answer or authority or additional))


EVIL_TTL = 61
"""What is left of 64 behind the routers between the hub and `evil`."""


def of_zone(act, zone):
    """The content of a server that plays the server of a zone: every name has the forged address."""
    def content(name, kind):
        server = f"ns.{zone}"
        if kind == wire.TYPES["NS"] and name == zone:
            return [wire.record(wire.ASKED, "NS", act.ttl, wire.name(server))], [], []
        if kind == wire.TYPES["A"]:
            return [wire.record(wire.ASKED, "A", act.ttl, wire.rdata("A", act.evil()))], [], []
        soa = wire.rdata("SOA", f"{server} hostmaster.{zone} 1 7200 3600 1209600 300")
        return [], [wire.record(zone, "SOA", act.ttl, soa)], []

    return content
