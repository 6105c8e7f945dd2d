"""An attacker on the same wire answers first; and repetitions that are no attack."""

from .. import capture, packets
from ..host import LabError
from ..staging import Stage
from ..zones import Zone

HOSTS = """
bank A 198.51.100.10
pay A 198.51.100.11
gone A 198.51.100.12
login A 198.51.100.13
again A 198.51.100.14
cached A 198.51.100.15
mirrored A 198.51.100.16
"""
POOL = "".join(f"pool A 198.51.100.{host}\n" for host in range(20, 26))
FORGED_ADDRESS = bytes([203, 0, 113, 66])
MIRROR_MICROSECONDS = 200


def zones():
    """One signed and one unsigned zone on NSD, one unsigned on BIND, which shuffles the addresses of `pool`."""
    return [
        Zone(".", "root", "bind", 13),
        Zone("signed.test.", "nsd", "ldns", 13, records=HOSTS),
        Zone("unsigned.test.", "nsd", records=HOSTS),
        Zone("shuffled.test.", "bind", records=POOL),
        Zone("test.", "bind", "bind", 13),
    ]


def ask(asker, world):
    """The chains first, then the races, then the repetitions; returns the stage."""
    stage = Stage(world)
    asker.expect("secure", "signed.test.", "DNSKEY", "DS")
    asker.expect("secure", "unsigned.test.", "DS", status="NOERROR")
    asker.expect("secure", "shuffled.test.", "DS", status="NOERROR")
    for name in ("signed.test.", "unsigned.test."):
        asker.through_open(name, "SOA")
    for kind, name, word in (("bare", "bank.signed.test.", "secure"), ("altered", "pay.signed.test.", "secure"),
                             ("denied", "gone.signed.test.", "secure"), ("bare", "bank.unsigned.test.", "insecure"),
                             ("denied", "gone.unsigned.test.", "insecure")):
        deceive(asker, stage, kind, name)
        asker.expect(word, name, "A", status="NOERROR")
        asker.through_open(name, "A")
    survive(asker, stage, "login.signed.test.")
    repeat(asker, stage)
    return stage


def deceive(asker, stage, kind, name):
    """A resolver without validation believes the first answer and passes it on."""
    answer = stage.forge(kind, name, "nsd", lambda: asker.begin("open", name, "A", "+dnssec", "+cdflag"))
    if (answer.status != "NXDOMAIN") if kind == "denied" else ("203.0.113.66" not in answer.text):
        raise LabError(f"the forgery for {name} did not win:\n{answer.text}")


FORGED_SIGNED = {"bank.signed.test.": 10, "pay.signed.test.": 6, "gone.signed.test.": None, "login.signed.test.": 10}
"""The signed names that were forged, with the RFC 8914 code of the forgery where there is but one."""


def survive(asker, stage, name):
    """A validating resolver throws the forged answer away and asks again."""
    answer = stage.forge("bare", name, "nsd", lambda: asker.begin("resolver", name, "A", "+dnssec"))
    if "ad" not in answer.flags or "198.51.100.13" not in answer.text:
        raise LabError(f"the validating resolver was deceived:\n{answer.text}")
    asker.expect("secure", name, "A", status="NOERROR")


REPEATED = {"again.signed.test.": "nsd", "cached.signed.test.": "open", "pool.shuffled.test.": "bind"}
"""Names asked twice in one breath, and of whom."""

MIRRORED = "mirrored.signed.test."


def repeat(asker, stage):
    """Queries sent twice and answered twice; `pool` in another order each time, which is the same RRset."""
    for name in REPEATED:
        asker.expect("insecure" if "shuffled" in name else "secure", name, "A", status="NOERROR")
    asker.through_open("cached.signed.test.", "A")
    for name, server in REPEATED.items():
        stage.send_twice(name, server)
    asker.expect("secure", MIRRORED, "A", status="NOERROR")


def finish(labels, pcap, stage):
    """Adds the mirrored frames, as if a second tap stood behind a router, and says which frames are which."""
    header, frames = capture.read(pcap)
    frames = capture.in_order(frames + [mirrored(frame) for frame in frames if name_of(frame) == MIRRORED])
    capture.write(pcap, header, frames)
    label_forgeries(labels, pcap, stage, FORGED_SIGNED)
    labels.mark("benign", [frame.number for frame in frames
                           if is_response(frame) and name_of(frame) in (*REPEATED, MIRRORED)])


def label_forgeries(labels, pcap, stage, signed):
    """Finds the forged frames and those that pass them on; `signed` maps the signed names among them to their code."""
    frames = [frame for frame in capture.read(pcap)[1] if is_response(frame)]
    forged = [frame for frame in frames if frame.data in stage.forged]
    if len(forged) != len(stage.forged):
        raise LabError("not every forged frame is in the capture")
    poisoned = [frame for frame in frames if frame not in forged and is_poisoned(frame)]
    for name, ede in signed.items():
        labels.pin(name, "A", "bogus", [frame.number for frame in forged + poisoned if name_of(frame) == name], ede)
    labels.mark("forged", [frame.number for frame in forged])
    labels.mark("poisoned", [frame.number for frame in poisoned])


def mirrored(frame):
    """The frame as the second tap sees it, a little later."""
    later = frame.seconds * 1_000_000 + frame.fraction + MIRROR_MICROSECONDS
    return capture.Frame(0, later // 1_000_000, later % 1_000_000, packets.aged(frame.data))


def name_of(frame):
    """The name in a frame's question when the type is A, else the empty string."""
    datagram = packets.parse(frame.data)
    asked = datagram and packets.question(datagram.payload)
    return asked[0] if asked and asked[1] == packets.TYPE_A else ""


def is_response(frame):
    """Whether a frame is a DNS response over UDP."""
    datagram = packets.parse(frame.data)
    return datagram is not None and datagram.source_port == 53


def is_poisoned(frame):
    """Whether a response carries the attacker's address, or denies a name that exists."""
    payload = packets.parse(frame.data).payload
    return FORGED_ADDRESS in payload or (name_of(frame).startswith("gone.") and payload[3] & 15 == 3)
