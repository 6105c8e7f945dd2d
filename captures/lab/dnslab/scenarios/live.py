"""A little of everything for a test of live capture: secure, insecure and bogus answers, a conflict, UDP and TCP."""

from ..staging import Stage
from ..zones import NSEC3, Zone
from . import spoofed

HOSTS = """
www A 198.51.100.80
bank A 198.51.100.10
text TXT "{long}"
""".format(long='" "'.join(["0123456789" * 20] * 8))
"""`text` is too long for UDP."""


def zones():
    """One good zone, one with a wrong bit, one unsigned, on three servers."""
    return [
        Zone(".", "root", "bind", 13),
        Zone("test.", "bind", "bind", 13, denial=NSEC3),
        Zone("signed.test.", "nsd", "ldns", 13, records=HOSTS),
        Zone("damaged.test.", "nsd", "ldns", 8, records=HOSTS, spoil=lambda zone: zone.flip_signature("www", "A")),
        Zone("unsigned.test.", "knot", records=HOSTS),
    ]


def ask(asker, world):
    """Returns the stage, which holds the forged frames."""
    stage = Stage(world)
    asker.expect("secure", ".", "DNSKEY")
    asker.expect("secure", "www.signed.test.", "A", "AAAA", status="NOERROR")
    asker.expect("secure", "nowhere.signed.test.", "A", status="NXDOMAIN")
    asker.expect("secure", "text.signed.test.", "TXT", ip=6)
    asker.expect("insecure", "www.unsigned.test.", "A", "AAAA", status="NOERROR")
    asker.expect("insecure", "text.unsigned.test.", "TXT", options=["+tcp"])
    asker.expect("bogus", "www.damaged.test.", "A", ede=6)
    asker.through_open("www.damaged.test.", "A")
    asker.through_open("www.damaged.test.", "A", options=["+tcp"])
    spoofed.deceive(asker, stage, "bare", "bank.signed.test.")
    asker.expect("secure", "bank.signed.test.", "A", status="NOERROR")
    return stage


def finish(labels, pcap, stage):
    """Says which frames are forged."""
    spoofed.label_forgeries(labels, pcap, stage, {"bank.signed.test.": 10})
