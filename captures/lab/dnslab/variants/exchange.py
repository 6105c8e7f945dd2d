"""The plain exchange: its packets, the messages in them, and which packets carry which message."""

import random
from dataclasses import dataclass, replace

from .. import capture
from .ip import SYN, TCP, IPPacket, Segment

MICROSECOND = 1_000
SECOND = 1_000_000_000
"""Nanoseconds."""


@dataclass(frozen=True)
class Packet:
    """One IP packet between two stations; `number` is that of its frame in the plain capture."""
    number: int
    time: int
    """Nanoseconds since 1970."""
    target_mac: bytes
    source_mac: bytes
    ip: IPPacket

    @property
    def is_tcp(self):
        """Whether it is TCP; all else is UDP."""
        return self.ip.protocol == TCP

    @property
    def is_question(self):
        """Whether the client sent it; the other end has port 53."""
        return self.ip.payload[2:4] == b"\0\x35"

    @property
    def segment(self):
        """Its TCP segment."""
        return Segment.parse(self.ip.payload)

    def with_segment(self, later=0, **fields):
        """The same packet with other fields in its TCP header, some nanoseconds later."""
        changed = replace(self.segment, **fields)
        return replace(self, time=self.time + later, ip=self.ip.with_transport(changed.bytes()))

    def with_ip(self, ip, later=0):
        """The same with another IP packet, some nanoseconds later."""
        return replace(self, ip=ip, time=self.time + later)

    def ethernet(self):
        """The Ethernet frame."""
        return self.target_mac + self.source_mac + self.ip.kind.to_bytes(2, "big") + self.ip.bytes()

    @property
    def direction(self):
        """What all packets of one direction of a connection have in common."""
        return self.ip.source, self.ip.target, self.ip.payload[:4]

    @property
    def opposite(self):
        """The `direction` of the packets that go the other way."""
        ports = self.ip.payload[:4]
        return self.ip.target, self.ip.source, ports[2:] + ports[:2]

    @property
    def connection(self):
        """What both directions have in common."""
        return frozenset((self.direction, self.opposite))


@dataclass(frozen=True)
class Message:
    """A DNS message and the frames of the plain capture that carry it."""
    frames: tuple
    is_answer: bool
    is_tcp: bool


class Exchange:
    """The packets and messages of the plain capture, each in order."""

    def __init__(self, path):
        self.packets = [_packet(frame) for frame in capture.read(path)[1]]
        self.messages = sorted(self._datagrams() + self._stream_messages(), key=lambda message: message.frames[-1])

    def _datagrams(self):
        return [Message((packet.number,), not packet.is_question, False) for packet in self.packets
                if not packet.is_tcp]

    def _stream_messages(self):
        """The messages of every direction of every connection; their segments are whole and in order here."""
        messages = []
        for stream in self.directions():
            start = next(packet.segment.sequence for packet in stream if packet.segment.flags & SYN) + 1
            data = b"".join(packet.segment.data for packet in stream)
            offset = 0
            while offset < len(data):
                end = offset + 2 + int.from_bytes(data[offset:offset + 2], "big")
                frames = tuple(packet.number for packet in stream if _overlaps(packet.segment, start, offset, end))
                messages.append(Message(frames, not stream[0].is_question, True))
                offset = end
        return messages

    def directions(self):
        """The packets of every direction of every TCP connection."""
        streams = {}
        for packet in self.packets:
            if packet.is_tcp:
                streams.setdefault(packet.direction, []).append(packet)
        return list(streams.values())

    def numbers(self, holds):
        """The numbers, from 1, of the messages for which something holds."""
        return [number for number, message in enumerate(self.messages, 1) if holds(message)]

    def carried_by(self, frames):
        """The numbers of the messages of which a byte stands in one of these frames."""
        return self.numbers(lambda message: not frames.isdisjoint(message.frames))


def _packet(frame):
    """A packet of the plain capture."""
    return Packet(frame.number, frame.seconds * SECOND + frame.fraction * MICROSECOND, frame.data[:6],
                  frame.data[6:12], IPPacket.parse(frame.data[14:]))


def _overlaps(segment, start, first, end):
    """Whether a segment has a byte between two offsets of its stream."""
    offset = (segment.sequence - start) % 2**32
    return segment.data and offset < end and offset + len(segment.data) > first


def shuffled(items, seed):
    """The items in an order that the seed alone decides: random() is the same everywhere, shuffle() need not be."""
    chance = random.Random(seed)
    return [item for _, item in sorted(((chance.random(), index), item) for index, item in enumerate(items))]
