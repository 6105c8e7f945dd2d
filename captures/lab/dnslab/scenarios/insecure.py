"""Where signing ends, and the proofs of it."""

from ..zones import NSEC, Denial, Zone

UNSIGNED = """
www A 198.51.100.80
alias CNAME www
*.wild A 198.51.100.81
"""


def zones():
    """Parents with NSEC, NSEC3 and NSEC3 opt-out, each with an unsigned child; and the other ways to end a chain."""
    salted = Denial(nsec3=True, salt="5a17", iterations=2)
    return [
        Zone(".", "root", "bind", 13),
        Zone("nsec.", "nsd", "ldns", 13, denial=NSEC),
        Zone("nsec3.", "bind", "bind", 8, denial=salted),
        Zone("optout.", "bind", "bind", 15, denial=Denial(nsec3=True, salt="0b7e", iterations=1, opt_out=True)),
        Zone("plain.nsec.", "knot", records=UNSIGNED),
        Zone("plain.nsec3.", "nsd", records=UNSIGNED),
        Zone("plain.optout.", "nsd", records=UNSIGNED),
        Zone("signed.optout.", "knot", "knot", 13, records=UNSIGNED),
        Zone("island.nsec.", "nsd", "ldns", 13, records=UNSIGNED, delegation=lambda ds: [],
             spoil=lambda zone: zone.flip_signature("alias", "CNAME")),
        Zone("algorithm.nsec.", "nsd", "ldns", 13, records=UNSIGNED,
             delegation=lambda ds: [line.replace(" 13 2 ", " 200 2 ") for line in ds]),
        Zone("digest.nsec3.", "nsd", "ldns", 13, records=UNSIGNED,
             delegation=lambda ds: [line.replace(" 13 2 ", " 13 200 ") for line in ds]),
        Zone("iterations.nsec.", "nsd", "ldns", 13, records=UNSIGNED,
             denial=Denial(nsec3=True, salt="beef", iterations=1000)),
        Zone("sub.plain.nsec.", "bind", "bind", 13, records=UNSIGNED),
    ]


def ask(asker, _world):
    """Positive, NODATA and NXDOMAIN answers, and each parent's proof."""
    asker.expect("secure", ".", "DNSKEY")
    for zone in ("plain.nsec.", "plain.nsec3.", "plain.optout.", "island.nsec."):
        unsigned(asker, zone)
        asker.expect("insecure" if zone == "plain.optout." else "secure", zone, "DS", status="NOERROR")
    unsigned(asker, "algorithm.nsec.", ede=1)
    unsigned(asker, "digest.nsec3.", ede=2)
    asker.expect("secure", "algorithm.nsec.", "DS", status="NOERROR")
    asker.expect("secure", "digest.nsec3.", "DS", status="NOERROR")
    asker.expect("insecure", "www.sub.plain.nsec.", "A", status="NOERROR")
    asker.expect("secure", "www.signed.optout.", "A", "AAAA", status="NOERROR")
    asker.expect("secure", "signed.optout.", "DS", status="NOERROR")
    asker.expect("insecure", "nowhere.optout.", "A", status="NXDOMAIN")
    asker.expect("secure", "www.iterations.nsec.", "A", status="NOERROR")
    asker.expect("insecure", "nowhere.iterations.nsec.", "A", status="NXDOMAIN", ede=27)
    asker.expect("secure", "optout.", "SOA", "DNSKEY")
    asker.through_open("www.plain.nsec.", "A")
    asker.through_open("www.plain.optout.", "A")


def unsigned(asker, zone, ede=None):
    """Every kind of answer from a zone whose chain has ended."""
    asker.expect("insecure", "www." + zone, "A", "MX", ede=ede, status="NOERROR")
    asker.expect("insecure", "alias." + zone, "A", ede=ede, status="NOERROR")
    asker.expect("insecure", "some.wild." + zone, "A", ede=ede, status="NOERROR")
    asker.expect("insecure", "nowhere." + zone, "A", ede=ede, status="NXDOMAIN")
