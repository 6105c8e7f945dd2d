"""An ordinary day: whole chains over every algorithm and digest, positive answers, denials, wildcards, TCP."""

from socket import inet_aton

from .. import capture, packets
from ..host import LabError
from ..net import ipv4
from ..zones import NSEC, NSEC3, Denial, Zone

NANOSECONDS = True

HOSTS = """
www A 198.51.100.80
www AAAA 2001:db8:1::80
alias CNAME www
*.wild A 198.51.100.81
a.deep.empty TXT "below two empty non-terminals"
big TXT {big}
"""
"""What every leaf zone holds; `empty` and `deep.empty` are empty non-terminals."""

BIG = "\nbig TXT ".join(f'"{number:02d} {"0123456789" * 20}"' for number in range(8))
"""A TXT RRset of more than 1,600 octets: too much for the 1,232 that resolver and servers allow over UDP."""

LEAVES = [
    Zone("rsasha1.test.", "nsd", "ldns", 5, (1,), NSEC),
    Zone("nsec3rsasha1.test.", "bind", "bind", 7, (1,), Denial(nsec3=True, salt="ab12", iterations=3)),
    Zone("rsasha256.test.", "bind", "bind", 8, (2,), NSEC),
    Zone("rsasha512.test.", "nsd", "ldns", 10, (4,), Denial(nsec3=True, salt="c0ffee", iterations=5)),
    Zone("ecdsap256.test.", "knot", "knot", 13, (2,), Denial(nsec3=True, salt="0011223344556677", iterations=1)),
    Zone("ecdsap384.test.", "knot", "knot", 14, (4,), NSEC),
    Zone("ed25519.test.", "bind", "bind", 15, (1, 2, 4), NSEC3),
    Zone("ed448.test.", "nsd", "ldns", 16, (2, 4), NSEC),
]

NOT_REQUESTED = ("other.wild.rsasha256.test.", "elsewhere.rsasha256.test.", "empty.ed448.test.")
"""Names that the client asks for without DO: an answer with data, and two denials."""


def zones():
    """A signed root with BIND's `test.` below it, and a leaf zone for every algorithm."""
    for leaf in LEAVES:
        leaf.records = HOSTS.format(big=BIG)
    LEAVES[6].records += "old DNAME ed448.test.\nfar CNAME www.rsasha256.test.\ngone CNAME nowhere.rsasha512.test.\n"
    return [
        Zone(".", "root", "ldns", 8, (2,), NSEC),
        Zone("test.", "bind", "bind", 13, (2,), NSEC3),
        *LEAVES,
    ]


def ask(asker, _world):
    """Everything here is secure."""
    asker.expect("secure", ".", "SOA", "DNSKEY")
    asker.expect("secure", "nowhere.", "A", status="NXDOMAIN")
    asker.expect("secure", "test.", "DS", "DNSKEY")
    asker.expect("secure", "nowhere.test.", "A", status="NXDOMAIN")
    for number, leaf in enumerate(LEAVES):
        name = leaf.name
        asker.expect("secure", "www." + name, "A", ip=4 if number % 2 else 6)
        asker.expect("secure", "www." + name, "MX", status="NOERROR")
        asker.expect("secure", "nowhere." + name, "A", status="NXDOMAIN")
    for leaf in LEAVES[2:6]:
        name = leaf.name
        asker.expect("secure", "some.wild." + name, "A", "TXT", status="NOERROR")
        asker.expect("secure", "deep.empty." + name, "A", status="NOERROR")
    asker.expect("secure", "alias.ecdsap256.test.", "A", "AAAA", "MX", status="NOERROR")
    asker.expect("secure", "far.ed25519.test.", "AAAA")
    asker.expect("secure", "gone.ed25519.test.", "A", status="NXDOMAIN")
    asker.expect("secure", "www.old.ed25519.test.", "AAAA", status="NOERROR")
    asker.expect("secure", "nowhere.old.ed25519.test.", "AAAA", status="NXDOMAIN")
    asker.expect("secure", "rsasha256.test.", "DS", "DNSKEY", "NS", "SOA")
    asker.expect("secure", "ed25519.test.", "DS", "DNSKEY", "NSEC3PARAM")
    for name in NOT_REQUESTED:
        asker.labels.add(name, "A", "secure")
        answer = asker.dig("resolver", name, "A")
        if "ad" not in answer.flags or "RRSIG" in answer.text:
            raise LabError(f"not an answer without signatures:\n{answer.text}")
    asker.expect("secure", "big.ecdsap384.test.", "TXT", options=["+bufsize=1232"])
    asker.expect("secure", "big.rsasha256.test.", "TXT", options=["+tcp"], ip=6)


def finish(labels, pcap, _notes):
    """Without signatures in the answer to the client, nobody can say anything of it."""
    frames = capture.read(pcap)[1]
    for name in NOT_REQUESTED:
        labels.pin(name, "A", "indeterminate", [frame.number for frame in frames if is_answer(frame, name)])


def is_answer(frame, name):
    """Whether a frame is the resolver's response to the client about a name."""
    datagram = packets.parse(frame.data)
    return datagram is not None and datagram.source_port == 53 and datagram.source == inet_aton(ipv4("resolver")) \
        and packets.question(datagram.payload) == (name, packets.TYPE_A)
