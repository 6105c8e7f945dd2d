"""Run on the client's host: a stub resolver that sends one query twice, as glibc's does when no answer comes in time.

    impatient.py SERVER NAME

Prints `sent` after the second query, and ends after two answers.
"""

import os
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True

from dnslab import packets  # noqa: E402

AGAIN_SECONDS = 0.3


def main():
    """Same socket, same ID, same question."""
    server, name = sys.argv[1:]
    opt = b"\0" + struct.pack(">HHIH", 41, 1232, 0x8000, 0)
    query = os.urandom(2) + struct.pack(">HHHHH", 0x0100, 1, 0, 0, 1) + packets.wire_name(name)
    query += struct.pack(">HH", 1, 1) + opt
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(5)
        client.connect((server, 53))
        client.send(query)
        time.sleep(AGAIN_SECONDS)
        client.send(query)
        print("sent", flush=True)
        client.recv(4096)
        client.recv(4096)


main()
