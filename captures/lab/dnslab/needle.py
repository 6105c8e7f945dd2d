"""One won race in a large capture, which is copied as it is: only the records that are put in are made."""

import mmap
import random
import struct
from dataclasses import dataclass

from . import packets
from .host import LabError
from .incidents import fingerprint, wire

FILE_HEADER, RECORD_HEADER = 24, 16
MICROSECONDS = {b"\xd4\xc3\xb2\xa1": 1_000_000, b"\x4d\x3c\xb2\xa1": 1_000_000_000}
"""Parts of a second in the time stamps, by the magic number."""
ETHERNET = 1
FORGED = {"A": "203.0.113.66", "AAAA": "2001:db8:dead::66"}
RACE_SECONDS = 0.002
"""How long before the genuine answer the forged one comes at most."""
SERVED_SECONDS = 0.5
"""How long after the genuine answer a client asks."""
TTL = 86400
COPY_OCTETS = 1 << 24
LOOK_BACK_OCTETS = 1 << 24
"""How far before the middle a query may be."""


@dataclass
class Record:
    """One packet's place in the file."""
    number: int
    offset: int
    time: int
    """In parts of a second since 1970."""
    data: bytes


class Source:
    """A pcap file, read where it lies."""

    def __init__(self, content):
        self.content = content
        self.parts = MICROSECONDS.get(content[:4])
        if not self.parts or struct.unpack_from("<I", content, 20)[0] != ETHERNET:
            raise LabError("not a classic little-endian pcap file of Ethernet")

    def records(self):
        """Every packet."""
        offset, number = FILE_HEADER, 1
        while offset + RECORD_HEADER <= len(self.content):
            seconds, fraction, size = struct.unpack_from("<III", self.content, offset)
            start = offset + RECORD_HEADER
            yield Record(number, offset, seconds * self.parts + fraction, self.content[start:start + size])
            offset, number = start + size, number + 1

    def record(self, time, data):
        """A packet as it stands in the file."""
        size = len(data)
        return struct.pack("<IIII", *divmod(time, self.parts), size, size) + data


def hide(source, target, signed, alone, seed):
    """Writes the copy; returns the roles of frames with their numbers."""
    with open(source, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        race = Race(Source(content), signed, random.Random(seed))
        inserted = race.places(race.frames(alone))
        _write(content, target, inserted)
        return [(role, number) for _, role, number, _ in inserted]


class Race:
    """The race: the genuine answer, its query, and the frames that are put in beside them."""

    def __init__(self, capture, signed, rng):
        self.capture = capture
        self.signed = signed
        self.rng = rng
        self.query, self.genuine = self._pair()
        self.name, number = packets.question(packets.parse(self.genuine.data).payload)
        self.kind = next(kind for kind in FORGED if wire.TYPES[kind] == number)

    def _pair(self):
        """The first answer in the second half that suits, after its query."""
        middle = len(self.capture.content) // 2
        queries = {}
        for record in self.capture.records():
            datagram = packets.parse(record.data) if record.offset > middle - LOOK_BACK_OCTETS else None
            if datagram and datagram.target_port == 53:
                queries[key(datagram, False)] = record
            elif datagram and datagram.source_port == 53 and record.offset >= middle \
                    and key(datagram, True) in queries and self._suits(datagram.payload):
                return queries[key(datagram, True)], record
        raise LabError("no answer in the second half suits")

    def frames(self, alone):
        """Time, role and octets of each frame to be put in, by time."""
        gap = min(int(RACE_SECONDS * self.capture.parts), self.genuine.time - self.query.time) // 2
        planned = [(self.genuine.time - gap, "forged", self._forged())]
        if not alone:
            later = self.genuine.time + int(SERVED_SECONDS * self.capture.parts)
            planned += [(later + step * self.capture.parts // 1000, role, frame)
                        for step, (role, frame) in enumerate(self._served())]
        return planned

    def _suits(self, payload):
        """Whether an answer has one address for its question's name and nothing before it, signed as wanted."""
        asked = packets.question(payload)
        found = [entry for entry in wire.sections(payload) if entry[0] == 1]
        kinds = [kind for _, kind, *_ in found]
        return bool(asked) and asked[1] in (1, 28) and kinds[:1] == [asked[1]] and kinds.count(asked[1]) == 1 \
            and (wire.TYPES["RRSIG"] in kinds) == self.signed

    def _forged(self):
        """The forged answer: another address and IP TTL, the same stations."""
        query = packets.parse(self.query.data)
        marks = fingerprint.marks_of(self.genuine.data, packets.parse(self.genuine.data))
        marks.ttl = marks.ttl - self.rng.randrange(5, 15) if marks.ttl > 20 else marks.ttl + 20
        marks.identification = self.rng.randrange(1 << 16)
        return fingerprint.frame(query, self._message(query.payload, 0x8400), marks)

    def _message(self, asked, flags):
        """An answer with the forged address."""
        answer = [wire.record(wire.ASKED, self.kind, TTL, wire.rdata(self.kind, FORGED[self.kind]))]
        sent = wire.edns(asked)
        return wire.message(asked, flags, answer, (), [wire.opt(1232, sent[1])] if sent else [])

    def _served(self):
        """A client's question to the resolver, and the resolver's answer out of its cache."""
        query = packets.parse(self.query.data)
        resolver = query.source
        client = resolver[:-1] + bytes([resolver[-1] ^ 0x55])
        mac, port = b"\x02\0\0\0\0\x55", self.rng.randrange(1024, 65536)
        asked = self.rng.randbytes(2) + b"\x01\0\0\1\0\0\0\0\0\0" + packets.wire_name(self.name) \
            + struct.pack(">HH", wire.TYPES[self.kind], 1)
        marks = fingerprint.Fingerprint(mac, 64, 0, False, 0, 0, 0, 0)
        yield "question", fingerprint.frame(packets.Datagram(query.source_mac, resolver, client, 53, port, b""), asked, marks)
        marks.mac = query.source_mac
        yield "poisoned", fingerprint.frame(packets.Datagram(mac, client, resolver, port, 53, asked),
                                            self._message(asked, 0x8080), marks)

    def places(self, planned):
        """Offset, role, number and record of what is put in; the genuine answer, with no record, among them."""
        found, added = [], 0
        for record in self.capture.records():
            while planned and record.time >= planned[0][0]:
                time, role, frame = planned.pop(0)
                found.append((record.offset, role, record.number + added, self.capture.record(time, frame)))
                added += 1
            if record.offset == self.genuine.offset:
                found.append((record.offset, "genuine", record.number + added, b""))
            if not planned and record.offset > self.genuine.offset:
                return found
        raise LabError("the capture ends before all is put in")


def key(datagram, is_answer):
    """What a query and its answer have in common."""
    ends = (datagram.source, datagram.source_port, datagram.target, datagram.target_port)
    return (ends[2:] + ends[:2] if is_answer else ends) + (datagram.payload[:2],)


def _write(content, target, inserted):
    """Copies the file with what is put in."""
    with open(target, "wb") as file:
        start = 0
        for offset, _, _, octets in inserted:
            while start < offset:
                end = min(offset, start + COPY_OCTETS)
                file.write(content[start:end])
                start = end
            file.write(octets)
        while start < len(content):
            file.write(content[start:start + COPY_OCTETS])
            start += COPY_OCTETS
