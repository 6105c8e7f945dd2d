"""Floods of spoofed answers: an attacker that guesses, and never hits what would be believed.

    server .101-.104 (one zone)                 resolver .53
      |  <-- query for rNNNNNNN.victim.test. --   |          once a round
      |  -- spoofed answers, each with other data --> |      ROUND of them, in the name of one of the servers
      |  -- the true answer ---------------------> |          at the end of the round
"""

import struct

from .flood import IPV4, IPV6, ODD, SERVER4, SERVER6, START, STATIONS, UDP, folded, sum16

ROUND = 5000
"""Spoofed answers to one query: as many as an attacker gets onto a wire before the true server has answered."""
INTERVAL = 10
"""Microseconds between two spoofed answers."""
EARLY, LATE = 5, 5
"""Microseconds from a query to the first spoofed answer, and from the last one to the true answer."""
AUTHORITIES = 4
"""The servers of the zone; the resolver asks one of them, the attacker does not know which."""
FIRST_AUTHORITY = 101
FIRST_PORT = 1024
PORTS = 65536 - FIRST_PORT
FIXED_PORT = 33333
"""The port of a resolver that always sends from the same."""
TRUE_ADDRESS = 0xC6336442
"""198.51.100.66 (TEST-NET-2, RFC 5737)."""
MIX = 0x85EBCA6B
"""An odd number with bits in no visible order, for hashes of a counter."""
ZONE = b"\x06victim\x04test\0" + struct.pack(">HH", 1, 1)
"""victim.test. A, what stands behind the first label of each question."""

RECORD = ">IIII12sH"
HEADERS = {False: "BBHHHBBH4s4s", True: "IHBB16s16s"}
"""The IP headers, by whether they are IPv6's."""
QUESTION = f"HHHHHHHHHHB8s{len(ZONE)}s"
ANSWER = QUESTION + "HHHIHI"


class Spoofing:
    """Makes one kind of flood; the index of a spoofed answer and the seed decide everything about it.

    `ports` says whether the answers go to ports that the attacker draws, `repeats` whether all have the right ID and
    answer one question that is asked again each round.
    """

    def __init__(self, flood, ports=False, repeats=False):
        self.seed, self.ipv6, self.ports, self.repeats = flood.seed, flood.ipv6, ports, repeats
        self.query_pack = struct.Struct(RECORD + HEADERS[self.ipv6] + QUESTION).pack
        self.answer_pack = struct.Struct(RECORD + HEADERS[self.ipv6] + ANSWER).pack
        self.resolver = SERVER6 if self.ipv6 else SERVER4
        self.servers = [self.resolver[:-1] + bytes([FIRST_AUTHORITY + which]) for which in range(AUTHORITIES)]
        self.sums = [sum16(server + self.resolver) for server in self.servers]

    def records(self, index):
        """The spoofed answer of an index; before the first of a round the query, behind the last the true answer."""
        if index % ROUND == 0:
            self.begin(index // ROUND)
            yield self.query(index * INTERVAL - EARLY)
        mixed = (index * MIX + self.seed * ODD) & 0xFFFFFFFF
        which = self.asked if self.repeats else mixed >> 20 & 3
        yield self.answer(index * INTERVAL, which, *self.guess(index, mixed),
                          (index * ODD + self.seed) & 0xFFFFFFFF, 64 - (mixed >> 29))
        if index % ROUND == ROUND - 1:
            yield self.answer(index * INTERVAL + LATE, self.asked, self.port, self.identifier, TRUE_ADDRESS, 64)

    def begin(self, number):
        """Draws what the resolver asks in a round."""
        mixed = ((number + 1) * ODD + self.seed * MIX) & 0xFFFFFFFF
        if self.repeats:
            number, mixed = 0, (ODD + self.seed * MIX) & 0xFFFFFFFF
        self.identifier, self.asked = mixed >> 16, mixed >> 14 & 3
        self.port = FIRST_PORT + mixed % PORTS if self.ports else FIXED_PORT
        self.label = b"r%07d" % number
        self.question_sum = sum16(b"\x08" + self.label + ZONE)

    def guess(self, index, mixed):
        """Port and ID of a spoofed answer: never both right, unless every ID is."""
        if self.repeats:
            return self.port, self.identifier
        identifier = (self.identifier + 1 + index % ROUND) & 0xFFFF
        return (FIRST_PORT + (mixed >> 8) % PORTS if self.ports else self.port), identifier

    def query(self, microseconds):
        """The resolver's question to the server that it chose."""
        length, addresses = 8 + 12 + 9 + len(ZONE), self.sums[self.asked]
        header = (self.identifier, 0, 1, 0, 0, 0)
        total = self.port + 53 + 2 * length + UDP + addresses + sum(header) + self.question_sum
        return self.query_pack(*self.frame(microseconds, length, self.resolver, self.servers[self.asked], addresses, 64),
                               self.port, 53, length, folded(total), *header, 8, self.label, ZONE)

    def answer(self, microseconds, which, port, identifier, address, hops):
        """An answer in the name of one server, true or spoofed."""
        length = 8 + 12 + 9 + len(ZONE) + 16
        total = (53 + port + 2 * length + UDP + self.sums[which] + identifier + 0x8400 + 2 + self.question_sum
                 + 0xC00C + 2 + 300 + 4 + (address >> 16) + (address & 0xFFFF))
        return self.answer_pack(*self.frame(microseconds, length, self.servers[which], self.resolver, self.sums[which],
                                            hops),
                                53, port, length, folded(total), identifier, 0x8400, 1, 1, 0, 0, 8, self.label, ZONE,
                                0xC00C, 1, 1, 300, 4, address)

    def frame(self, microseconds, length, source, target, addresses_sum, hops):
        """The values of pcap's record header and those of Ethernet and IP."""
        seconds, micros = divmod(microseconds, 1_000_000)
        seconds += START
        if self.ipv6:
            return seconds, micros, 54 + length, 54 + length, STATIONS, IPV6, 6 << 28, length, UDP, hops, source, target
        sum_ = folded(0x4500 + 20 + length + (hops << 8) + UDP + addresses_sum)
        return (seconds, micros, 34 + length, 34 + length, STATIONS, IPV4, 0x45, 0, 20 + length, 0, 0, hops, UDP, sum_,
                source, target)


KINDS = {
    "spoofed": lambda flood: Spoofing(flood).records,
    "spoofed-repeats": lambda flood: Spoofing(flood, repeats=True).records,
    "spoofed-ports": lambda flood: Spoofing(flood, ports=True).records,
}
"""Wrong IDs to the one port of a resolver; the right ID with ever other data; ports at random, to a resolver that draws
them."""
