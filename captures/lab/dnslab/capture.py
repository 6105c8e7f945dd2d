"""tcpdump on the bridge, and just enough reading of its file to say which frame is which."""

import signal
import struct
from dataclasses import dataclass

from .host import LabError, Process, wait_until

FILTER = "port 53 or (ip[6:2] & 0x1fff != 0)"
"""DNS, and the later fragments of DNS over IPv4."""


def tcpdump(network, host, interface, path, log, expression=FILTER, nanoseconds=False):
    """Starts tcpdump on a host's interface; returns once it listens."""
    precision = ["--time-stamp-precision=nano"] if nanoseconds else []
    command = ["tcpdump", "-i", interface, "-n", "-U", "-s", "0", "-Z", "root", *precision, "-w", path, expression]
    process = Process(network.inside(host, *command), log)
    try:
        wait_until(lambda: "listening on" in process.said(), "tcpdump", process=process)
    except BaseException:
        process.stop()
        raise
    return process


def finish(process):
    """Ends tcpdump and makes sure that its kernel buffer lost nothing."""
    status = process.stop(signal.SIGINT)
    if status != 0 or "\n0 packets dropped by kernel" not in process.said():
        raise LabError(f"tcpdump: exit {status}\n{process.said()}")


@dataclass
class Frame:
    """One packet of a pcap file."""
    number: int
    seconds: int
    fraction: int
    data: bytes

    @property
    def payload(self):
        """The UDP payload, empty for anything else."""
        kind = self.data[12:14]
        if kind == b"\x08\x00" and self.data[23] == 17:
            return self.data[14 + 4 * (self.data[14] & 15) + 8:]
        if kind == b"\x86\xdd" and self.data[20] == 17:
            return self.data[62:]
        return b""


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


def write(path, header, frames):
    """Writes a pcap file with the header of another."""
    with open(path, "wb") as file:
        file.write(header)
        for frame in frames:
            size = len(frame.data)
            file.write(struct.pack("<IIII", frame.seconds, frame.fraction, size, size) + frame.data)
