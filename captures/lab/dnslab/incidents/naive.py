"""Run on the host `naive`: a resolver as there were before RFC 5452, and as small routers still have.

    naive.py ADDRESS4 ADDRESS6 PORTS ZONE=SERVER...

It asks as often as it is asked, also what it is asking already, from one of a few ports in turn; it believes every
record of an answer whose addresses, ID and question fit, whatever zone the record is of; and it asks the servers that
such records name. Prints `ready`.
"""

import os
import select
import socket
import struct
import sys
import time
from dataclasses import dataclass

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.dont_write_bytecode = True

from dnslab import packets  # noqa: E402
from dnslab.incidents import wire  # noqa: E402
from dnslab.zones import within  # noqa: E402

FIRST_PORT = 30053
"""The first of the ports that it sends from."""
PENDING_SECONDS = 5
MOST_OCTETS = 4096
MOST_POINTERS = 32
"""More pointers than this in one name are a loop."""
NAMED = (wire.TYPES["NS"], wire.TYPES["CNAME"])
"""Types whose RDATA is one name, which may be compressed."""


class Naive:
    """The resolver: its sockets, its cache and what it waits for."""

    def __init__(self, address4, address6, ports, servers):
        self.servers = servers
        self.listeners = [bound(address4, 53), bound(address6, 53)]
        self.outgoing = [bound(address4, FIRST_PORT + number) for number in range(ports)]
        self.cache = {}
        self.pending = {}
        self.asked = 0

    def serve(self):
        """Runs for ever."""
        while True:
            for ready in select.select([*self.listeners, *self.outgoing], [], [])[0]:
                octets, client = ready.recvfrom(MOST_OCTETS)
                asked = packets.question(octets)
                if asked and ready in self.listeners:
                    self.question(octets, asked, (ready, client))
                elif asked and client[1] == 53:
                    self.response(ready, octets, asked, client[0])

    def question(self, query, asked, client):
        """Answers from the cache, or asks a server, with an ID of its own."""
        known = self.cached(*asked)
        if known:
            self.reply(client, query, known)
            return
        server = self.server_for(asked[0])
        outgoing = self.outgoing[self.asked % len(self.outgoing)]
        self.asked += 1
        identifier = os.urandom(2)
        self.pending[outgoing, identifier, asked, server] = (client, query, time.monotonic() + PENDING_SECONDS)
        question = query[12:packets.question_end(query)]
        outgoing.sendto(identifier + struct.pack(">HHHHH", 0, 1, 0, 0, 0) + question, (server, 53))

    def response(self, outgoing, octets, asked, address):
        """Believes what fits a question that is open, and answers the client."""
        client, query, until = self.pending.pop((outgoing, octets[:2], asked, address), (None, b"", 0))
        if client and until > time.monotonic():
            found = records(octets)
            self.remember(found)
            self.reply(client, query, [record for record in found if record.section == 1], octets[3] & 15)

    def remember(self, found):
        """Takes every RRset of a message into the cache in place of what was there."""
        now = time.monotonic()
        fresh = {}
        for record in found:
            fresh.setdefault((record.name, record.kind), []).append((record, now + record.ttl))
        self.cache.update(fresh)

    def cached(self, name, kind):
        """What the cache has, with the time that is left to it."""
        now = time.monotonic()
        return [Record(1, record.name, kind, int(end - now), record.data)
                for record, end in self.cache.get((name, kind), []) if end > now]

    def server_for(self, name):
        """The address of a server of the closest zone: one the cache knows, else one of the command line."""
        zone = name
        while zone != ".":
            for record in self.cached(zone, wire.TYPES["NS"]):
                for glue in self.cached(read_name(record.data, 0)[0], packets.TYPE_A):
                    return socket.inet_ntop(socket.AF_INET, glue.data)
            zone = zone.split(".", 1)[1] or "."
        return self.servers[max((zone for zone in self.servers if within(name, zone)), key=len)]

    def reply(self, client, query, found, rcode=0):
        """The answer to a client."""
        answer = [packets.wire_name(record.name) + struct.pack(">HHIH", record.kind, 1, record.ttl, len(record.data))
                  + record.data for record in found]
        listener, address = client
        listener.sendto(wire.message(query, 0x8080, answer, rcode=rcode), address)


@dataclass(frozen=True)
class Record:
    """A resource record of one of the sections 1 to 3; a name in `data` is whole."""
    section: int
    name: str
    kind: int
    ttl: int
    data: bytes


def records(octets):
    """The records of a message with one question, none where it is damaged."""
    found, offset = [], packets.question_end(octets)
    try:
        for section, count in enumerate(struct.unpack_from(">HHH", octets, 6), 1):
            for _ in range(count):
                name, offset = read_name(octets, offset)
                kind, _, ttl, length = struct.unpack_from(">HHIH", octets, offset)
                start, offset = offset + 10, offset + 10 + length
                data = packets.wire_name(read_name(octets, start)[0]) if kind in NAMED else octets[start:offset]
                if kind != wire.TYPES["OPT"]:
                    found.append(Record(section, name, kind, ttl, data))
    except (struct.error, IndexError):
        return []
    return found


def read_name(octets, offset):
    """A name in lower case and the offset behind it."""
    labels, end = [], None
    for _ in range(MOST_POINTERS):
        while 0 < octets[offset] < 64:
            labels.append(octets[offset + 1:offset + 1 + octets[offset]].decode("latin-1").lower())
            offset += 1 + octets[offset]
        if not octets[offset]:
            return ".".join(labels) + ".", end or offset + 1
        end = end or offset + 2
        offset = struct.unpack_from(">H", octets, offset)[0] & 0x3FFF
    raise IndexError("a name that does not end")


def bound(address, port):
    """A UDP socket with an address."""
    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((address, port))
    return made


def main():
    """Serves until it is ended."""
    address4, address6, ports, *zones = sys.argv[1:]
    naive = Naive(address4, address6, int(ports), dict(zone.split("=") for zone in zones))
    print("ready", flush=True)
    naive.serve()


main()
