"""Captures that are cut, damaged or short of packets, and what is left in them."""

import gzip
import struct
import zlib

from .blocks import Writer
from .containers import NANOSECONDS, classic, ethernet
from .fragments import fragments, over_udp
from .transport import PIECE, over_tcp, pieces, without_handshake
from .variant import Variant

SNAP_LENGTH = 96
LARGE = 100
"""Octets of a datagram whose first two fragments of three hold the question."""
FILE_HEADER, RECORD_HEADER = 24, 16
"""Octets of classic pcap's headers."""
DAMAGED = 14
"""The frame whose record or block is damaged: a large answer over UDP."""


def variants(exchange):
    """What each kind of loss leaves."""
    yield from _cut_files(exchange)
    yield from _damaged_files(exchange)
    yield from _short_packets(exchange)
    yield from _missing_packets(exchange)


def _after(exchange, count):
    """The messages that are not complete in the first packets."""
    return exchange.numbers(lambda message: message.frames[-1] > count)


def _whole(exchange, size):
    """How many packets are whole in the beginning of the classic file."""
    count, end = 0, FILE_HEADER
    for packet in exchange.packets:
        end += RECORD_HEADER + len(packet.ethernet())
        if end > size:
            break
        count += 1
    return count


def _cut_files(exchange):
    """Files without their end."""
    records = ethernet(exchange.packets)
    whole = classic(records)
    size = next(size for size in range(len(whole) * 3 // 5, len(whole)) if _cuts_a_packet(exchange, size))
    yield Variant("cut-pcap", "pcap cut in the middle of a packet", {"cut-pcap.pcap": whole[:size]},
                  lost=_after(exchange, _whole(exchange, size)))
    compressed = gzip.compress(whole, 9, mtime=0)
    half = compressed[:len(compressed) * 3 // 5]
    inflated = len(zlib.decompressobj(wbits=31).decompress(half))
    yield Variant("cut-gz", "pcap in gzip, cut", {"cut-gz.pcap.gz": half},
                  lost=_after(exchange, _whole(exchange, inflated)))
    first = Writer().section().interface().all(records[:40]).bytes()
    longer = Writer().section().interface().all(records[:41]).bytes()
    yield Variant("cut-pcapng", "pcapng cut in the middle of a block",
                  {"cut-pcapng.pcapng": longer[:(len(first) + len(longer)) // 2]}, lost=_after(exchange, 40))


def _cuts_a_packet(exchange, size):
    """Whether a file of this size ends inside the data of a packet."""
    end = FILE_HEADER
    for packet in exchange.packets:
        length = len(packet.ethernet())
        if end + RECORD_HEADER + 30 < size < end + RECORD_HEADER + length - 30:
            return True
        end += RECORD_HEADER + length
    return False


def _damaged_files(exchange):
    """Files with a record or block in the middle that cannot be right."""
    records = ethernet(exchange.packets)
    lost = exchange.carried_by({DAMAGED})
    before = len(classic(records[:DAMAGED - 1]))
    content = bytearray(classic(records))
    content[before + 8:before + 16] = b"\xff" * 8
    yield Variant("damaged-pcap", "pcap with impossible lengths in one record", {"damaged-pcap.pcap": bytes(content)},
                  lost=lost)
    at = len(Writer().section().interface().all(records[:DAMAGED - 1]).bytes())
    end = len(Writer().section().interface().all(records[:DAMAGED]).bytes())
    for name, place, value, what in (
            ("damaged-block-capture", at + 20, 0x7FFFFFFF, "a captured length past the end of its block"),
            ("damaged-block-interface", at + 8, 7, "an interface that is not described"),
            ("damaged-block-trailer", end - 4, 0xDEADBEEF, "another length at the end of a block than at its start"),
            ("damaged-block-length", at + 4, 0xFFFFFFF0, "an impossible length of a block")):
        content = bytearray(Writer().section().interface().all(records).bytes())
        content[place:place + 4] = struct.pack("<I", value)
        kept = name == "damaged-block-trailer"  # the packet itself is whole, and may be taken
        yield Variant(name, f"pcapng with {what}", {name + ".pcapng": bytes(content)}, lost=() if kept else lost,
                      cut=())


def _short_packets(exchange):
    """A snap length below most messages, which leaves each UDP message its question."""
    records = [(packet.time, packet.ethernet()[:SNAP_LENGTH], len(packet.ethernet())) for packet in exchange.packets]
    short = {packet.number for packet in exchange.packets if len(packet.ethernet()) > SNAP_LENGTH}
    cut = exchange.numbers(lambda message: not message.is_tcp and message.frames[0] in short)
    lost = exchange.numbers(lambda message: message.is_tcp and not short.isdisjoint(message.frames))
    yield Variant("snap-length", f"packets of at most {SNAP_LENGTH} octets",
                  {"snap-length.pcap": classic(records, snap_length=SNAP_LENGTH)}, lost=lost, cut=cut)


def _missing_packets(exchange):
    """Fragments and segments that were never captured."""
    large = {packet.number for packet in exchange.packets if not packet.is_tcp and len(packet.ip.payload) > LARGE}
    answers = exchange.carried_by(large)
    for name, kept, lost, cut, what in (("lost-first-fragments", slice(1, None), answers, (), "first"),
                                        ("lost-last-fragments", slice(-1), (), answers, "last")):
        packets = over_udp(exchange, lambda packet, kept=kept:
                           fragments(packet)[kept if packet.number in large else slice(None)])
        yield Variant(name, f"without the {what} fragment of every large answer over UDP",
                      {name + ".pcap": classic(ethernet(packets), magic=NANOSECONDS)}, lost=lost, cut=cut)
    yield _lost_pieces(exchange)
    for name, frames, what in (
            ("lost-segment", _middle_segments(exchange), "a segment in the middle of each direction from a server"),
            ("one-way", {packet.number for packet in exchange.packets if packet.is_question},
             "what the client sends")):
        packets = [packet for packet in exchange.packets if packet.number not in frames]
        yield Variant(name, f"without {what}", {name + ".pcap": classic(ethernet(packets))},
                      lost=exchange.carried_by(frames), order="multiset")
    late = without_handshake(exchange)
    frames = {packet.number for packet in exchange.packets} - {packet.number for packet in late}
    frames |= {stream[0].number for stream in _data(late)}
    packets = [packet for packet in exchange.packets if packet.number not in frames]
    yield Variant("late-start", "without the beginning of every connection, up to the first segment with data of each"
                  " direction", {"late-start.pcap": classic(ethernet(packets))}, lost=exchange.carried_by(frames))


def _lost_pieces(exchange):
    """Holes inside messages whose length is known: what follows on the same connection is whole."""
    first = {}
    for packet in exchange.packets:
        if packet.is_tcp and not packet.is_question and len(packet.segment.data) > PIECE:
            first.setdefault(packet.direction, packet.number)
    frames = set(first.values())
    packets = over_tcp(exchange, lambda packet: [
        piece for index, piece in enumerate(pieces(packet, PIECE)) if packet.number not in frames or index != 1])
    return Variant("lost-piece", "without a small segment inside the first message of each direction that has two",
                   {"lost-piece.pcap": classic(ethernet(packets), magic=NANOSECONDS)}, order="multiset",
                   lost=exchange.carried_by(frames))


def _data(packets):
    """The segments with data of every direction."""
    streams = {}
    for packet in packets:
        if packet.is_tcp and packet.segment.data:
            streams.setdefault(packet.direction, []).append(packet)
    return list(streams.values())


def _middle_segments(exchange):
    """For each direction from a server, the frame in the middle of those with data."""
    return {stream[len(stream) // 2].number for stream in _data(exchange.packets) if not stream[0].is_question}
