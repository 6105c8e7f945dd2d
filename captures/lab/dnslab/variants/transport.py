"""TCP streams cut, mixed and repeated in every way that leaves them whole; and the checksums of UDP and TCP."""

from dataclasses import replace

from ..packets import checksum
from .containers import NANOSECONDS, classic, ethernet
from .exchange import shuffled
from .fragments import STEP, again_in_order
from .ip import ACK, FIN, PSH, RST, SYN
from .variant import Variant

PIECE = 100
"""Octets of data in each segment of streams that are cut small."""
BACK = 7
"""Octets that an overlapping repetition begins earlier."""


def over_tcp(exchange, change):
    """The packets with what `change` makes of each TCP segment with data."""
    return [piece for packet in exchange.packets
            for piece in (change(packet) if packet.is_tcp and packet.segment.data else [packet])]


def pieces(packet, size):
    """A segment cut into several."""
    data = packet.segment.data
    return [part(packet, offset, offset + size, index * STEP)
            for index, offset in enumerate(range(0, len(data), size))]


def part(packet, first, end, later=0):
    """A segment with a part of the data."""
    segment = packet.segment
    return packet.with_segment(later, sequence=segment.sequence + first, data=segment.data[first:end])


def with_split_prefix(packet):
    """The first octet of the segment, which begins with a length prefix, and then the rest."""
    return [part(packet, 0, 1), part(packet, 1, None, STEP)]


def single(exchange):
    """The last connection, the zone transfer, in segments of one octet without options."""
    last = exchange.packets[-1].connection
    return [piece for packet in exchange.packets for piece in
            ([packet] if not packet.is_tcp or packet.connection != last else
             [one.with_segment(options=b"") for one in (pieces(packet, 1) or [packet])])]


def mixed(exchange):
    """The data of each connection in pieces and in any order, between handshake and end."""
    packets = over_tcp(exchange, lambda packet: pieces(packet, PIECE))
    moved = {}
    for connection in {packet.connection for packet in packets if packet.is_tcp}:
        with_data = [packet for packet in packets
                     if packet.is_tcp and packet.connection == connection and packet.segment.data]
        moved[connection] = iter(again_in_order(with_data, shuffled(with_data, 9293)))
    return [next(moved[packet.connection]) if packet.is_tcp and packet.segment.data else packet
            for packet in packets]


def overlapping(exchange):
    """Every segment, and then once more together with the last octets of the one before it."""
    behind, packets = {}, []
    for packet in exchange.packets:
        packets.append(packet)
        if not packet.is_tcp or not packet.segment.data:
            continue
        segment = packet.segment
        before = behind.get(packet.direction, b"")[-BACK:]
        packets.append(packet.with_segment(STEP, sequence=segment.sequence - len(before), data=before + segment.data))
        behind[packet.direction] = segment.data
    return packets


def joined(exchange):
    """All data of a direction in its last segment with data, except where that would be more than Ethernet takes."""
    packets, waiting = [], {}
    last = {packet.direction: packet.number for packet in exchange.packets if packet.is_tcp and packet.segment.data}
    lengths = {}
    for packet in exchange.packets:
        if packet.is_tcp:
            lengths[packet.direction] = lengths.get(packet.direction, 0) + len(packet.segment.data)
    for packet in exchange.packets:
        if not packet.is_tcp or not packet.segment.data or lengths[packet.direction] > 1400:
            packets.append(packet)
            continue
        sequence, data = waiting.get(packet.direction, (packet.segment.sequence, b""))
        waiting[packet.direction] = sequence, data + packet.segment.data
        if packet.number == last[packet.direction]:
            sequence, data = waiting[packet.direction]
            packets.append(packet.with_segment(sequence=sequence, data=data, flags=PSH | ACK))
    return packets


def fast_open(exchange):
    """The first data of each client in its SYN (RFC 7413)."""
    first = {}
    for packet in exchange.packets:
        if packet.is_tcp and packet.is_question and packet.segment.data:
            first.setdefault(packet.direction, packet)
    packets = []
    for packet in exchange.packets:
        if packet.is_tcp and packet.is_question and packet.segment.flags == SYN:
            data = first[packet.direction].segment.data
            packets.append(packet.with_segment(data=data, options=packet.segment.options + bytes.fromhex("22020101")))
        elif packet.is_tcp and packet.segment.flags == SYN | ACK:
            data = first[packet.opposite].segment.data
            packets.append(packet.with_segment(acknowledgment=packet.segment.acknowledgment + len(data)))
        elif packet not in first.values():
            packets.append(packet)
    return packets


def wrapped(exchange):
    """Sequence numbers that go past 2^32 in the middle of each direction's data."""
    shift = {}
    for stream in exchange.directions():
        start = stream[0].segment.sequence
        length = sum(len(packet.segment.data) for packet in stream)
        shift[stream[0].direction] = 2**32 - length // 2 - start
    return [packet if not packet.is_tcp else packet.with_segment(
        sequence=packet.segment.sequence + shift[packet.direction],
        acknowledgment=packet.segment.flags & ACK and packet.segment.acknowledgment + shift[packet.opposite])
        for packet in exchange.packets]


def without_handshake(exchange):
    """Connections that were open before the capture began."""
    seen, packets = {}, []
    for packet in exchange.packets:
        if packet.is_tcp:
            seen[packet.connection] = seen.get(packet.connection, 0) + 1
        if not packet.is_tcp or seen[packet.connection] > 3:
            packets.append(packet)
    return packets


def with_keep_alives(exchange):
    """A keep-alive probe with an octet that was never sent, before each segment with data (RFC 9293 §3.8.4)."""
    return over_tcp(exchange, lambda packet: [
        packet.with_segment(sequence=packet.segment.sequence - 1, data=b"\xa5", flags=ACK),
        packet.with_segment(STEP)])


def with_reset(exchange):
    """The server ends the connection with RST in the place of FIN."""
    return [packet.with_segment(flags=RST | ACK) if packet.is_tcp and not packet.is_question
            and packet.segment.flags & FIN else packet for packet in exchange.packets]


def without_checksum(packet):
    """UDP over IPv4 without a checksum (RFC 768)."""
    return packet if packet.is_tcp or packet.ip.is_ipv6 else packet.with_ip(packet.ip.with_checksum(0))


def offloaded(packet):
    """The sum of the pseudo-header alone, as the kernel leaves it to the network card."""
    return packet.with_ip(packet.ip.with_checksum(~checksum(packet.ip.pseudo_header()) & 0xFFFF))


def wrong(packet):
    """A UDP checksum with a wrong bit."""
    value = int.from_bytes(packet.ip.payload[6:8], "big")
    return packet if packet.is_tcp else packet.with_ip(packet.ip.with_checksum(value ^ 0x0100))


def variants(exchange):
    """One file a case."""
    for name, order, packets, what in (
            ("tcp-bytes", "sequence", single(exchange), "the zone transfer in segments of one octet"),
            ("tcp-pieces", "sequence", over_tcp(exchange, lambda packet: pieces(packet, PIECE)), "small segments"),
            ("tcp-shuffled", "multiset", mixed(exchange), "small segments in any order"),
            ("tcp-repeated", "sequence", over_tcp(exchange, lambda packet: [packet, packet.with_segment(STEP)]),
             "every segment with data sent two times"),
            ("tcp-overlapping", "sequence", overlapping(exchange),
             "every segment sent again from some octets earlier on"),
            ("tcp-joined", "multiset", joined(exchange), "many messages in one segment"),
            ("tcp-fast-open", "sequence", fast_open(exchange), "data in the SYN"),
            ("tcp-wrapped", "sequence", wrapped(exchange), "sequence numbers that go past 2^32"),
            ("tcp-midstream", "sequence", without_handshake(exchange), "connections without their beginning"),
            ("tcp-split-prefix", "sequence", over_tcp(exchange, with_split_prefix),
             "length prefixes in two segments"),
            ("tcp-keep-alive", "sequence", with_keep_alives(exchange), "keep-alive probes with an octet of their own"),
            ("tcp-reset", "sequence", with_reset(exchange), "connections that end with RST"),
            ("checksum-absent", "sequence", [without_checksum(packet) for packet in exchange.packets],
             "no UDP checksum over IPv4"),
            ("checksum-offloaded", "sequence", [offloaded(packet) for packet in exchange.packets],
             "checksums of UDP and TCP that the network card has yet to compute"),
            ("checksum-wrong", "sequence", [wrong(packet) for packet in exchange.packets], "wrong UDP checksums")):
        yield Variant(name, what, {name + ".pcap": classic(ethernet(packets), magic=NANOSECONDS)}, order=order,
                      judged=name != "checksum-wrong")  # which is no evidence
