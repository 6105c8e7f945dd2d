"""IP fragments, extension headers and options."""

import struct
from dataclasses import replace

from .containers import NANOSECONDS, classic, ethernet
from .exchange import shuffled
from .ip import DESTINATION, FRAGMENT, HOP_BY_HOP, ROUTING
from .variant import Variant

MORE_IPV4, MORE_IPV6 = 0x2000, 1
"""The flags that say that more fragments follow."""
PIECES = 3
STEP = 100
"""Nanoseconds between the fragments of a datagram: less than between any two packets of the exchange."""
BACK = 8
"""Octets by which a fragment begins before the end of the one before it."""
PADDING = bytes.fromhex("010400000000")
"""One PadN option: with the two octets before it, an extension header of eight."""
ROUTER_ALERT = bytes.fromhex("94040000")


def fragments(packet, back=0, before=None):
    """The fragments of a packet: equal parts, each but the first `back` octets longer at its front.

    `before` puts extension headers in front of what is cut.
    """
    whole = before(packet.ip) if before else packet.ip
    part = -(-len(whole.payload) // PIECES // 8) * 8
    cuts = [(max(offset - back, 0), min(offset + part, len(whole.payload)))
            for offset in range(0, len(whole.payload), part)]
    return [packet.with_ip(fragment(whole, packet.number, first, end), index * STEP)
            for index, (first, end) in enumerate(cuts)]


def fragment(ip, identification, first, end):
    """One fragment: of IPv4 (RFC 791 §3.2), or of IPv6 with its header (RFC 8200 §4.5)."""
    is_followed = end < len(ip.payload)
    content = ip.payload[first:end]
    if ip.is_ipv6:
        header = struct.pack(">BBHI", ip.protocol, 0, first | is_followed * MORE_IPV6, identification)
        return replace(ip, protocol=FRAGMENT, payload=header + content)
    return replace(ip, identification=identification, fragment=is_followed * MORE_IPV4 | first // 8, payload=content)


def extended(kind, body=PADDING):
    """Puts an extension header before the payload of IPv6."""
    def change(ip):
        if not ip.is_ipv6:
            return ip
        header = bytes([ip.protocol, (len(body) + 2) // 8 - 1]) + body
        return replace(ip, protocol=kind, payload=header + ip.payload)
    return change


def chain(ip):
    """All headers in the order of RFC 8200 §4.1, the fragment header being atomic (RFC 6946)."""
    if not ip.is_ipv6:
        return ip
    ip = extended(DESTINATION)(ip)
    ip = fragment(ip, 1, 0, len(ip.payload))
    for kind, body in ((ROUTING, b"\0" * 6), (DESTINATION, PADDING), (HOP_BY_HOP, PADDING)):
        ip = extended(kind, body)(ip)
    return ip


def after_hop_by_hop(packet):
    """Fragments behind a hop-by-hop header, which stands in each; the destination options are cut with the rest."""
    return [piece.with_ip(extended(HOP_BY_HOP)(piece.ip)) for piece in fragments(packet, before=extended(DESTINATION))]


def over_udp(exchange, cut):
    """The packets with what `cut` makes of each datagram of UDP."""
    return [piece for packet in exchange.packets for piece in ([packet] if packet.is_tcp else cut(packet))]


def again_in_order(packets, order):
    """Packets in another order, with the times in the old one."""
    return [replace(packet, time=place.time) for packet, place in zip(order, packets)]


def backwards(packet):
    """The fragments, the last one first."""
    pieces = fragments(packet)
    return again_in_order(pieces, pieces[::-1])


def twice(packet):
    """Each fragment two times."""
    return [replace(piece, time=piece.time + later) for piece in fragments(packet) for later in (0, STEP // 2)]


def anyhow(exchange):
    """The fragments of all datagrams among each other, TCP where it was."""
    packets = over_udp(exchange, fragments)
    places = [packet for packet in packets if not packet.is_tcp]
    moved = iter(again_in_order(places, shuffled(places, 791)))
    return [packet if packet.is_tcp else next(moved) for packet in packets]


def variants(exchange):
    """Whole messages, whatever their datagrams went through."""
    everything = [piece for packet in exchange.packets for piece in fragments(packet)]
    for name, order, packets, what in (
            ("fragments", "sequence", over_udp(exchange, fragments), "every UDP datagram in up to three fragments"),
            ("fragments-reversed", "sequence", over_udp(exchange, backwards), "the last fragment first"),
            ("fragments-shuffled", "multiset", anyhow(exchange), "the fragments of all datagrams in any order"),
            ("fragments-repeated", "sequence", over_udp(exchange, twice), "every fragment two times"),
            ("fragments-overlapping", "sequence", over_udp(exchange, lambda packet: fragments(packet, BACK)),
             "fragments that repeat the last eight octets of the one before"),
            ("fragments-tcp", "sequence", everything, "TCP segments in fragments too"),
            ("fragments-extension", "sequence", over_udp(exchange, after_hop_by_hop),
             "IPv6 fragments behind a hop-by-hop header, cut before destination options"),
            ("extension-headers", "sequence", [packet.with_ip(chain(packet.ip)) for packet in exchange.packets],
             "every extension header of IPv6 that has no effect: options, routing with 0 segments left, an atomic"
             " fragment"),
            ("ip-options", "sequence", [packet if packet.ip.is_ipv6 else
                                        packet.with_ip(replace(packet.ip, options=ROUTER_ALERT))
                                        for packet in exchange.packets], "IPv4 with an option")):
        yield Variant(name, what, {name + ".pcap": classic(ethernet(packets), magic=NANOSECONDS)}, order=order)
