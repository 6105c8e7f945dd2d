"""Run in the bridge's namespace: the long way to far hosts. Passes frames between pairs of interfaces, those that come
from the host after a delay.

    relay.py CONTROL HOST=MILLISECONDS...

For each HOST, `far-HOST` is the end of its cable and `way-HOST` leads to the bridge. On the socket CONTROL it takes
`HOST delay MILLISECONDS`; `HOST mute 1` or `0`: a muted host's UDP gets lost at the end of the way, also what is under
way already; `HOST hold 1` or `0`: it stays there until it is let go; and `HOST mtu OCTETS`: what is longer becomes
fragments where IPv4 allows it. Answers `ok`.
"""

import heapq
import os
import selectors
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.dont_write_bytecode = True

from dnslab import packets  # noqa: E402
from dnslab.tap import LONGEST_FRAME, tap  # noqa: E402

FRAGMENT = 44
"""The next header of a fragment over IPv6."""
EVERY_LENGTH = 65535
IPV4_WITHOUT_OPTIONS = b"\x08\x00\x45"
MORE = 0x2000
"""The flag of every fragment but the last."""


class Way:
    """The way to one host."""

    def __init__(self, host, milliseconds):
        self.far, self.near = tap("far-" + host), tap("way-" + host)
        self.far.setblocking(False)
        self.near.setblocking(False)
        self.delay = milliseconds / 1000
        self.mute = False
        self.hold, self.held = False, []
        self.mtu = EVERY_LENGTH

    def obey(self, order, value):
        """Changes what is done with frames from the host."""
        if order == "delay":
            self.delay = float(value) / 1000
        elif order == "mtu":
            self.mtu = int(value)
        elif order == "hold":
            self.hold = value == "1"
            waiting, self.held = self.held, []
            for frame in waiting:
                self.deliver(frame)
        else:
            self.mute = value == "1"

    def deliver(self, frame):
        """The end of the way."""
        if self.hold and is_udp(frame):
            self.held.append(frame)
        elif not (self.mute and is_udp(frame)):
            self.near.send(frame)


def frames(sock):
    """All frames that wait."""
    try:
        while True:
            yield sock.recv(LONGEST_FRAME)
    except BlockingIOError:
        return


def is_udp(frame):
    """Whether a frame is UDP, or a piece of it."""
    if int.from_bytes(frame[12:14], "big") == packets.IPV4:
        return frame[23] == packets.UDP
    return int.from_bytes(frame[12:14], "big") == packets.IPV6 and frame[20] in (packets.UDP, FRAGMENT)


def fragments(frame, mtu):
    """The frame, or the fragments that a router makes of it (RFC 791 §3.2): of a whole datagram without DF, options."""
    data = frame[34:14 + int.from_bytes(frame[16:18], "big")]
    if len(frame) <= 14 + mtu or frame[12:15] != IPV4_WITHOUT_OPTIONS or frame[20:22] != b"\0\0":
        yield frame
        return
    size = (mtu - 20) & ~7
    for offset in range(0, len(data), size):
        piece = data[offset:offset + size]
        flags = offset >> 3 | (MORE if offset + size < len(data) else 0)
        header = frame[14:16] + struct.pack(">H2sH", 20 + len(piece), frame[18:20], flags) + frame[22:34]
        yield frame[:14] + packets.set_ipv4_checksum(header) + piece


def serve(control, ways):
    """Passes frames on for ever."""
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ, None)
    for way in ways.values():
        selector.register(way.far, selectors.EVENT_READ, way)
        selector.register(way.near, selectors.EVENT_READ, way)
    due, count = [], 0
    while True:
        timeout = max(0, due[0][0] - time.monotonic()) if due else None
        for key, _ in selector.select(timeout):
            way = key.data
            if way is None:
                order, sender = control.recvfrom(200)
                host, *words = order.decode().split()
                ways[host].obey(*words)
                control.sendto(b"ok", sender)
            elif key.fileobj is way.near:
                for frame in frames(way.near):
                    way.far.send(frame)
            else:
                for frame in frames(way.far):
                    for piece in fragments(frame, way.mtu):
                        count += 1
                        heapq.heappush(due, (time.monotonic() + way.delay, count, way, piece))
        while due and due[0][0] <= time.monotonic():
            _, _, way, frame = heapq.heappop(due)
            way.deliver(frame)


def main():
    """Opens the sockets, then serves."""
    path, *arguments = sys.argv[1:]
    ways = {host: Way(host, float(delay)) for host, delay in (argument.split("=") for argument in arguments)}
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as control:
        control.bind(path)
        serve(control, ways)


main()
