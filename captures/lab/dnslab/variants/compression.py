"""The same files compressed, also in several members; gzip by Python, the others by Debian's commands."""

import gzip
import struct
import subprocess

from .blocks import plain
from .containers import classic, ethernet
from .variant import Variant


def _run(*command):
    """A compressor that reads its standard input to the end."""
    return lambda data: subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


COMPRESSORS = {
    "gz": lambda data: gzip.compress(data, 9, mtime=0),
    "zst": _run("zstd", "-q", "-19", "-c"),
    "lz4": _run("lz4", "-q", "-9", "-c"),
    "xz": _run("xz", "-q", "-9", "-c"),
}
"""By the suffix of the file."""

BETWEEN = {
    "zst": struct.pack("<II", 0x184D2A50, 4) + b"skip",
    "lz4": struct.pack("<II", 0x184D2A50, 4) + b"skip",
    "xz": b"\0" * 8,
}
"""What may stand between members: skippable frames, stream padding."""


def variants(exchange):
    """Every compression of both formats, whole and in three members."""
    records = ethernet(exchange.packets)
    for suffix, compress in COMPRESSORS.items():
        for form, content in (("pcap", classic(records)), ("pcapng", plain(records))):
            yield Variant(f"{form}-{suffix}", f"{form} in {suffix}", {f"{form}-{suffix}.{form}.{suffix}":
                                                                      compress(content)})
        content = classic(records)
        members = [compress(part) for part in (content[:5], content[5:4001], content[4001:])]
        joined = members[0] + BETWEEN.get(suffix, b"") + members[1] + members[2]
        yield Variant(f"members-{suffix}", f"pcap in three members of {suffix}, cut without regard to packets",
                      {f"members-{suffix}.pcap.{suffix}": joined})
