"""tcpdump on the bridge, and just enough reading of its file to say which frame is which."""

import signal
import struct
from dataclasses import dataclass

from .host import LabError, Process, wait_until

BUFFER_KIB = "65536"
"""What the kernel may hold for tcpdump, in slots as long as the longest frame that is kept."""

FILTER = "port 53 or (ip[6:2] & 0x1fff != 0)"
"""DNS, and the later fragments of DNS over IPv4."""


def tcpdump(network, host, interface, path, log, expression=FILTER, nanoseconds=False, longest=0):
    """Starts tcpdump on a host's interface; returns once it listens. Where frames come faster than a small machine
    writes them, `longest` gives the octets of the longest one, so that the kernel can hold many."""
    precision = ["--time-stamp-precision=nano"] if nanoseconds else []
    command = ["tcpdump", "-i", interface, "-n", "-U", "--immediate-mode", "-s", str(longest), "-B", BUFFER_KIB,
               "-Z", "root", *precision, "-w", path, expression]
    process = Process(network.inside(host, *command), log)
    try:
        wait_until(lambda: "listening on" in process.said(), "tcpdump", process=process)
    except BaseException:
        process.stop()
        raise
    return process


def finish(process):
    """Ends tcpdump and makes sure that it wrote every packet that its filter let pass."""
    status = process.stop(signal.SIGINT)
    counts = dict(reversed(line.split(" ", 1)) for line in process.said().splitlines() if line[:1].isdigit())
    if status != 0 or counts.get("packets dropped by kernel") != "0" \
            or counts["packets captured"] != counts["packets received by filter"]:
        raise LabError(f"tcpdump: exit {status}\n{process.said()}")


@dataclass
class Frame:
    """One packet of a pcap file."""
    number: int
    seconds: int
    fraction: int
    data: bytes


def read(path):
    """The file header and the frames of a little-endian pcap file, as tcpdump writes it on most machines."""
    with open(path, "rb") as file:
        content = file.read()
    if content[:4] not in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1"):
        raise LabError(f"{path}: not a little-endian pcap file")
    frames = []
    offset = 24
    while offset < len(content):
        seconds, fraction, captured, _ = struct.unpack_from("<IIII", content, offset)
        offset += 16
        frames.append(Frame(len(frames) + 1, seconds, fraction, content[offset:offset + captured]))
        offset += captured
    return content[:24], frames


def in_order(frames):
    """The frames by time, numbered anew."""
    frames = sorted(frames, key=lambda frame: (frame.seconds, frame.fraction))
    for number, frame in enumerate(frames, 1):
        frame.number = number
    return frames


def write(path, header, frames):
    """Writes a pcap file with the header of another."""
    with open(path, "wb") as file:
        file.write(header)
        for frame in frames:
            size = len(frame.data)
            file.write(struct.pack("<IIII", frame.seconds, frame.fraction, size, size) + frame.data)
