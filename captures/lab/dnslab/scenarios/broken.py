"""Zones that fail, each in one way, beside a good one; asked of a resolver that does not mind, and of one that does."""

from ..zones import NSEC, NSEC3, Zone

HOSTS = """
www A 198.51.100.80
mail A 198.51.100.25
mail MX 10 mail
*.wild A 198.51.100.81
"""


def other_digest(ds):
    """The DS lines with another digest: the key tag fits, the key does not."""
    fields = ds[0].split()
    return [" ".join(fields[:5] + ["00" * 32])]


def other_tag(ds):
    """The DS lines of a key that the zone does not have."""
    fields = ds[0].split()
    return [" ".join(fields[:2] + [str((int(fields[2]) + 1) % 65536)] + fields[3:5] + ["a5" * 32])]


def zone(name, host="nsd", denial=NSEC, **damage):
    """A zone below `test.` that ldns-signzone signs."""
    return Zone(f"{name}.test.", host, "ldns", 13, denial=denial, records=HOSTS, **damage)


def zones():
    """One zone for each kind of damage."""
    return [
        Zone(".", "root", "bind", 13),
        Zone("test.", "bind", "bind", 13),
        zone("good"),
        zone("expired", window="expired"),
        zone("early", "bind", window="early"),
        zone("oneexpired", spoil=lambda z: z.retime("www", "A", "expired")),
        zone("oneearly", "knot", spoil=lambda z: z.retime("www", "A", "early")),
        zone("badsignature", spoil=lambda z: z.flip_signature("www", "A")),
        zone("badkeysignature", "bind", spoil=lambda z: z.flip_signature("@", "DNSKEY")),
        zone("baddata", spoil=lambda z: z.change("www", "A", "203.0.113.80")),
        zone("badnsec", spoil=bad_denials),
        zone("badnsec3", denial=NSEC3, spoil=bad_denials),
        zone("stripped", spoil=lambda z: z.unsign()),
        zone("onestripped", "bind", spoil=lambda z: z.unsign("www", "A")),
        zone("nodenial", spoil=lambda z: z.drop("NSEC")),
        zone("nokey", spoil=lambda z: z.drop("DNSKEY")),
        zone("nozonekey", hidden_zone_key=True),
        zone("wrongds", delegation=other_digest),
        zone("otherds", "knot", delegation=other_tag),
    ]


def bad_denials(spoiler):
    """Every signature over an NSEC or NSEC3 has a wrong bit."""
    for record in list(spoiler.records):
        if record.kind in ("NSEC", "NSEC3"):
            label = record.owner[:-len(spoiler.origin)].rstrip(".") or "@"
            spoiler.flip_signature(label, record.kind)


CHAINS = {"expired": 7, "early": 8, "badkeysignature": 6, "stripped": 10, "nokey": 9, "wrongds": 9, "otherds": 9}
"""Zones without one good answer, each with the RFC 8914 code of its damage."""

POSITIVES = {"oneexpired": 7, "oneearly": 8, "badsignature": 6, "baddata": 6, "onestripped": 10}
"""Zones where only the address of `www` fails."""

DENIALS = {"badnsec": 6, "badnsec3": 6, "nodenial": 12}
"""Zones where only what needs a proof of non-existence fails."""


def ask(asker, _world):
    """First what a resolver without validation passes on, then what the validating one says."""
    through_open(asker)
    asker.expect("secure", "good.test.", "DNSKEY", "DS")
    asker.expect("secure", "www.good.test.", "A", "AAAA", status="NOERROR")
    asker.expect("secure", "some.wild.good.test.", "A", status="NOERROR")
    asker.expect("secure", "nowhere.good.test.", "A", status="NXDOMAIN")
    for name, ede in CHAINS.items():
        asker.expect("secure", f"{name}.test.", "DS")
        asker.expect("bogus", f"www.{name}.test.", "A", ede=ede)
        asker.expect("bogus", f"nowhere.{name}.test.", "A", ede=ede)
        if name != "nokey":
            asker.expect("bogus", f"{name}.test.", "DNSKEY", ede=ede)
    asker.expect("secure", "nozonekey.test.", "DNSKEY")
    asker.expect("bogus", "www.nozonekey.test.", "A", ede=9)
    asker.expect("bogus", "nowhere.nozonekey.test.", "A", ede=9)
    for name, ede in POSITIVES.items():
        asker.expect("bogus", f"www.{name}.test.", "A", ede=ede)
        asker.expect("secure", f"mail.{name}.test.", "A", "AAAA", status="NOERROR")
    for name, ede in DENIALS.items():
        asker.expect("secure", f"www.{name}.test.", "A", status="NOERROR")
        asker.expect("bogus", f"www.{name}.test.", "AAAA", ede=ede)
        asker.expect("bogus", f"nowhere.{name}.test.", "A", ede=ede)
        asker.expect("bogus", f"some.wild.{name}.test.", "A", ede=ede)


def through_open(asker):
    """Chains and answers with the checking-disabled bit."""
    asker.through_open(".", "DNSKEY")
    asker.through_open("test.", "DNSKEY", "DS")
    for name in ("good", "nozonekey", *CHAINS, *POSITIVES, *DENIALS):
        asker.through_open(f"{name}.test.", "DS", "DNSKEY")
        asker.through_open(f"www.{name}.test.", "A")
    for name in (*CHAINS, "nozonekey"):
        asker.through_open(f"nowhere.{name}.test.", "A")
    for name in DENIALS:
        asker.through_open(f"www.{name}.test.", "AAAA")
        asker.through_open(f"nowhere.{name}.test.", "A")
        asker.through_open(f"some.wild.{name}.test.", "A")
