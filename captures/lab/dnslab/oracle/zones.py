"""The zones of the check: `suite()` for every run of the tests, `wide()` for all that the lab can make."""

from ..scenarios.broken import bad_denials, other_digest, other_tag
from ..zones import NSEC, NSEC3, Denial, Zone

NAMES = r"""
www A 198.51.100.80
www AAAA 2001:db8:1::80
www TXT "a web server"
MiXed A 198.51.100.82
alias CNAME www
twice CNAME alias
gone CNAME nowhere
nodata CNAME text
loop1 CNAME loop2
loop2 CNAME loop1
text TXT "text"
*.wild A 198.51.100.81
*.wild TXT "wild"
*.cwild CNAME www
*.gwild CNAME nowhere
a.b.ent TXT "below two empty non-terminals"
*.deep.hollow A 198.51.100.83
here.*.star A 198.51.100.84
esc\.aped A 198.51.100.85
sp\032ace TXT "a space"
srv SRV 0 0 443 www
mail MX 10 www
svc HTTPS 1 . alpn=h2
naptr NAPTR 10 10 "u" "E2U+sip" "!^.*$!sip:a@b!" .
hop DNAME ent
"""
"""Every kind of name that a zone can hold."""

FEW = """
www A 198.51.100.80
text TXT "text"
alias CNAME www
*.wild A 198.51.100.81
a.ent TXT "below an empty non-terminal"
"""
"""Enough for zones of which there are many."""

FAR = """
fs CNAME www.{secure}
fsn CNAME nowhere.{secure}
fsw CNAME x.wild.{secure}
fi CNAME www.{insecure}
fin CNAME nowhere.{insecure}
fb CNAME www.{bogus}
fbn CNAME nowhere.{bogus}
ds DNAME {secure}
di DNAME {insecure}
db DNAME {bogus}
*.fw CNAME www.{secure}
*.fwi CNAME www.{insecure}
"""
"""Aliases into other zones."""


def nsec3(iterations=0, salt="-", opt_out=False):
    """NSEC3 parameters."""
    return Denial(nsec3=True, salt=salt, iterations=iterations, opt_out=opt_out)


def zone(name, host="nsd", signer="ldns", algorithm=13, records=FEW, **more):
    """A zone that is small unless it says otherwise."""
    return Zone(name, host, signer, algorithm, records=records, **more)


def no_ds(_ds):
    """An island: the parent has no DS."""
    return []


def true_ds(ds):
    """The DS lines as they should be."""
    return ds


def algorithm_200(ds):
    """DS lines of an algorithm that nobody knows."""
    return [line.replace(" 13 ", " 200 ", 1) for line in ds]


def digest_200(ds):
    """DS lines with a digest type that nobody knows."""
    return [line.replace(" 13 2 ", " 13 200 ") for line in ds]


def both(*changes):
    """DS lines of several kinds."""
    return lambda ds: [line for change in changes for line in change(ds)]


def unaware(spoiler):
    """No DNSSEC record is left below a signed delegation, as with a server that knows none."""
    spoiler.unsign()
    for kind in ("NSEC", "NSEC3", "NSEC3PARAM", "DNSKEY"):
        spoiler.drop(kind)


def suite():
    """One zone of each kind that once made a difference."""
    far = FAR.format(secure="rich.test.", insecure="plain.test.", bogus="wrongds.test.")
    return [
        Zone(".", "root", "ldns", 13, denial=NSEC),
        Zone("test.", "bind", "bind", 13, denial=NSEC, records=FEW),
        Zone("three.", "nsd", "ldns", 13, denial=nsec3(1, "ab"), records=FEW),
        Zone("out.", "knot", "knot", 13, denial=nsec3(0, "-", True), records=FEW),
        zone("rich.test.", "bind", "bind", 13, NAMES + far, denial=NSEC),
        zone("rich.three.", "nsd", "ldns", 15, NAMES, denial=nsec3(3, "c0ffee")),
        zone("rich.out.", "knot", "knot", 13, NAMES, denial=NSEC3),
        zone("plain.test.", "bind", None),
        zone("plain.three.", "nsd", None),
        zone("plain.out.", "knot", None),
        zone("signed.plain.test.", "nsd"),
        zone("wrongds.test.", delegation=other_digest),
        zone("expired.three.", window="expired"),
        zone("unknown.test.", delegation=algorithm_200),
        zone("many.three.", denial=nsec3(500)),
        zone("onebad.test.", spoil=lambda z: z.flip_signature("www", "A")),
        zone("badnsec.test.", spoil=bad_denials),
        zone("unaware.test.", spoil=unaware),
        zone("deep.down.below.test.", "bind", None),
    ]


def wide():
    """Everything."""
    return [*tops(), *good(), *algorithms(), *hashed(), *insecure(), *damaged(), *family("same.", "bind", "bind"),
            *family("nfam.", "nsd", "ldns", denial=nsec3(2, "aa")), *family("kfam.", "knot", "knot", denial=NSEC3),
            *family("ofam.", "nsd", "ldns", denial=nsec3(0, "-", True)),
            *family("online.", "knot", "online"), *family("mfam.", "knot", "knot", denial=NSEC)]


def tops():
    """The root and the zones below it."""
    return [
        Zone(".", "root", "ldns", 13, denial=NSEC),
        Zone("nsec.", "bind", "bind", 8, denial=NSEC, records=FEW),
        Zone("nsec3.", "nsd", "ldns", 13, denial=nsec3(5, "5a17"), records=FEW),
        Zone("optout.", "knot", "knot", 15, denial=nsec3(10, "00112233", True), records=FEW),
        Zone("plain.", "nsd", records=FEW),
    ]


def good():
    """Zones with every kind of name, by every signer."""
    far = FAR.format(secure="rich.nsec3.", insecure="bare.nsec.", bogus="wrongds.nsec.")
    other = FAR.format(secure="rich.nsec.", insecure="bare.optout.", bogus="expired.nsec.")
    return [
        zone("rich.nsec.", "bind", "bind", 13, NAMES + far, denial=NSEC),
        zone("rich.nsec3.", "nsd", "ldns", 13, NAMES + other, denial=nsec3(7, "d00d")),
        zone("rich.optout.", "knot", "knot", 13, NAMES + far, denial=NSEC3),
        zone("opt.nsec.", "bind", "bind", 13, NAMES + far, denial=nsec3(0, "-", True)),
        zone("kopt.nsec.", "knot", "knot", 13, NAMES + other, denial=nsec3(2, "ab", True)),
        zone("nsec.nsec3.", "nsd", "ldns", 13, NAMES + far, denial=NSEC),
        zone("knsec.nsec3.", "knot", "knot", 13, NAMES + far, denial=NSEC),
        zone("bsalt.nsec3.", "bind", "bind", 13, NAMES, denial=nsec3(12, "feedbeef")),
        zone("rich.plain.", "bind", "bind", 13, NAMES, denial=NSEC),
        zone("unsigned.nsec.", "nsd", None, 13, NAMES + far),
        zone("unsigned.optout.", "bind", None, 13, NAMES + other),
        zone("kunsigned.nsec3.", "knot", None, 13, NAMES + other),
    ]


def algorithms():
    """Every algorithm and digest."""
    kinds = [(5, (1,), NSEC), (7, (1, 2), NSEC3), (8, (2,), NSEC), (10, (4,), nsec3(1, "0a")), (13, (1, 2, 4), NSEC),
             (14, (4,), NSEC3), (15, (2,), NSEC), (16, (2, 4), NSEC3)]
    return [zone(f"a{number}.nsec.", ("nsd", "bind")[number % 2], "bind" if number == 7 else "ldns", number,
                 digests=digests, denial=denial) for number, digests, denial in kinds]


def hashed():
    """NSEC3 with more and more iterations."""
    return [zone(f"i{count}.nsec3.", ("nsd", "bind", "knot")[at % 3], denial=nsec3(count, ("-", "beef")[at % 2]),
                 records=NAMES if count > 140 else FEW) for at, count in enumerate((1, 50, 100, 150, 151, 500))]


def insecure():
    """The ways in which a chain ends."""
    kinds = {"bare": None, "island": no_ds, "algo": algorithm_200, "digest": digest_200,
             "unknowns": both(algorithm_200, digest_200)}
    found = []
    for at, top in enumerate(("nsec.", "nsec3.", "optout.")):
        for label, change in kinds.items():
            host = ("nsd", "bind", "knot")[at]
            found.append(zone(f"{label}.{top}", host, "ldns" if change else None, delegation=change))
        found += [zone(f"signed.bare.{top}", "bind", "bind"), zone(f"under.island.{top}", "nsd"),
                  zone(f"bare.island.{top}", "knot", None), zone(f"far.down.there.{top}", "bind", None),
                  zone(f"safe.down.there.{top}", "nsd")]
    return found


def damaged():
    """The ways in which a chain, an answer or a denial fails."""
    kinds = {
        "wrongds": {"delegation": other_digest}, "otherds": {"delegation": other_tag},
        "standby": {"delegation": both(true_ds, other_tag)},
        "mixed": {"delegation": both(true_ds, other_digest, algorithm_200)},
        "badmix": {"delegation": both(other_digest, algorithm_200)},
        "expired": {"window": "expired"}, "early": {"window": "early"},
        "oneexpired": {"spoil": lambda z: z.retime("www", "A", "expired")},
        "onebad": {"spoil": lambda z: z.flip_signature("www", "A")},
        "changed": {"spoil": lambda z: z.change("www", "A", "203.0.113.80")},
        "badkeys": {"spoil": lambda z: z.flip_signature("@", "DNSKEY")},
        "badsoa": {"spoil": lambda z: z.flip_signature("@", "SOA")},
        "badns": {"spoil": lambda z: z.flip_signature("@", "NS")},
        "badwild": {"spoil": lambda z: z.flip_signature("*.wild", "A")},
        "nosigs": {"spoil": lambda z: z.unsign()}, "onenosig": {"spoil": lambda z: z.unsign("www", "A")},
        "nosoasig": {"spoil": lambda z: z.unsign("@", "SOA")},
        "nodenial": {"spoil": lambda z: [z.drop("NSEC"), z.drop("NSEC3")]},
        "baddenial": {"spoil": bad_denials}, "unaware": {"spoil": unaware},
        "nokey": {"spoil": lambda z: z.drop("DNSKEY")},
    }
    found = []
    for at, (label, damage) in enumerate(kinds.items()):
        host = ("nsd", "bind", "knot")[at % 3] if label != "unaware" else "nsd"
        found.append(zone(f"{label}.nsec.", host, denial=NSEC, **damage))
        host = ("knot", "nsd", "bind")[at % 3] if label != "unaware" else "nsd"
        found.append(zone(f"{label}.nsec3.", host, denial=nsec3(3, "aa"), **damage))
    found += [zone("revoked.nsec.", "bind", "bind", revoked="named"),
              zone("leaving.nsec.", "bind", "bind", revoked="other"), zone("hidden.nsec.", hidden_zone_key=True),
              zone("below.expired.nsec.", "bind", "bind"),
              zone("bare.wrongds.nsec.", "bind", None)]
    return found


def family(top, host, signer, **more):
    """A parent and all its children and grandchildren on one server."""
    offline = "ldns" if signer in ("online", "knot") else signer
    return [
        zone(top, host, signer, 13, NAMES + "*.wd A 198.51.100.90\n", **more),
        zone("good." + top, host, offline, **more), zone("bare." + top, host, None), zone("sub.wd." + top, host, None),
        zone("island." + top, host, offline, delegation=no_ds),
        zone("wrong." + top, host, offline, delegation=other_digest),
        zone("good.bare." + top, host, offline), zone("deep.in.ent." + top, host, offline, **more),
        zone("bare.in.ent." + top, host, None), zone("bare.good." + top, host, None),
        zone("good.good." + top, host, offline, **more), zone("algo." + top, host, offline, delegation=algorithm_200),
    ]
