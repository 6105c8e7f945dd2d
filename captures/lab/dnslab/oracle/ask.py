"""Run on the client's host: asks many questions and notes what came back.

    ask.py < QUESTIONS > ANSWERS

A line of QUESTIONS is `SERVER NAME TYPE FLAGS` with tabs, TYPE a number, FLAGS `-` or `cd`. DO is set, RD too. ANSWERS
repeats each line and adds the response code as a number (`timeout` when there was none), the flags that are set of
`aa tc ad`, and extended errors as numbers, both joined by commas or `-`.
"""

import os
import random
import select
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.dont_write_bytecode = True

from dnslab import names  # noqa: E402

WINDOW = 24
"""Questions under way at once: more overrun the sockets of a small machine."""
SECONDS = 15
"""How long one question may take; Unbound gives up before."""
TRIES = 2
OPT, EDE = 41, 15
UDP_SIZE = 4096


def query(number, name, kind, flags):
    """A query with DO."""
    header = struct.pack(">HHHHHH", number, 0x0110 if flags == "cd" else 0x0100, 1, 0, 0, 1)
    return header + names.wire(names.labels(name)) + struct.pack(">HH", int(kind), 1) \
        + b"\0" + struct.pack(">HHIH", OPT, UDP_SIZE, 0x8000, 0)


def skip_name(message, offset):
    """The offset after a name."""
    while message[offset]:
        if message[offset] >= 0xC0:
            return offset + 2
        offset += 1 + message[offset]
    return offset + 1


def extended_errors(message):
    """The extended errors of a response (RFC 8914)."""
    counts = struct.unpack_from(">HHHH", message, 4)
    offset = 12
    for _ in range(counts[0]):
        offset = skip_name(message, offset) + 4
    codes = []
    for _ in range(sum(counts[1:])):
        offset = skip_name(message, offset)
        kind, _, _, length = struct.unpack_from(">HHIH", message, offset)
        offset += 10
        end = offset + length
        while kind == OPT and offset < end:
            code, size = struct.unpack_from(">HH", message, offset)
            if code == EDE:
                codes.append(struct.unpack_from(">H", message, offset + 4)[0])
            offset += 4 + size
        offset = end
    return codes


def summary(message):
    """Response code, flags and extended errors of a response."""
    bits = struct.unpack_from(">H", message, 2)[0]
    flags = [name for name, mask in (("aa", 0x400), ("tc", 0x200), ("ad", 0x20)) if bits & mask]
    codes = [str(code) for code in extended_errors(message)]
    return f"{bits & 15}\t{','.join(flags) or '-'}\t{','.join(codes) or '-'}"


def main():
    """Keeps a window of questions under way."""
    waiting = [line.rstrip("\n") for line in sys.stdin][::-1]
    under_way, client = {}, socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    ids = random.sample(range(1 << 16), 1 << 16)

    def send(line, tries):
        server, name, kind, flags = line.split("\t")
        number = ids.pop(0)
        ids.append(number)
        under_way[server, number] = (line, tries, time.monotonic())
        client.sendto(query(number, name, kind, flags), (server, 53))

    while waiting or under_way:
        while waiting and len(under_way) < WINDOW:
            send(waiting.pop(), 1)
        if select.select([client], [], [], 0.2)[0]:
            message, (server, _) = client.recvfrom(65535)
            found = under_way.pop((server, int.from_bytes(message[:2], "big")), None)
            if found:
                print(found[0], summary(message), sep="\t")
        for key, (line, tries, since) in list(under_way.items()):
            if time.monotonic() - since > SECONDS:
                del under_way[key]
                if tries < TRIES:
                    send(line, tries + 1)
                else:
                    print(line, "timeout\t-\t-", sep="\t")


main()
