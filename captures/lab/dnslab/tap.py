"""Packet sockets (packet(7))."""

import socket

PACKET = 263
"""SOL_PACKET."""
ADD_MEMBERSHIP, IGNORE_OUTGOING = 1, 23
"""PACKET_ADD_MEMBERSHIP; PACKET_IGNORE_OUTGOING: an own frame is not heard again."""
PROMISCUOUS = b"\x01\0" + bytes(10)
"""The end of a packet_mreq with PACKET_MR_PROMISC."""
RECEIVE_BUFFER_FORCE = 33
"""SO_RCVBUFFORCE of socket(7)."""
EVERY_PROTOCOL = 3
LONGEST_FRAME = 65535
BUFFER_OCTETS = 8 << 20


def tap(interface):
    """A socket that hears every frame that comes in at an interface, for whomever it is."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERY_PROTOCOL))
    index = socket.if_nametoindex(interface)
    sock.setsockopt(socket.SOL_SOCKET, RECEIVE_BUFFER_FORCE, BUFFER_OCTETS)
    sock.setsockopt(PACKET, IGNORE_OUTGOING, 1)
    sock.bind((interface, EVERY_PROTOCOL))
    sock.setsockopt(PACKET, ADD_MEMBERSHIP, index.to_bytes(4, "little") + PROMISCUOUS)
    return sock
