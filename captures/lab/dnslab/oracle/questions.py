"""The questions of the check: every owner name of every zone, one name between it and the next, and one below it."""

from .. import names

TYPES = ("A", "TXT", "DS", "NSEC", "NS")
"""What is asked at every name."""

MORE_TYPES = (*TYPES, "ANY", "CNAME", "MX", "SOA")
"""What a wide run asks."""

APEX_TYPES = ("DNSKEY", "SOA")
"""What is asked at apexes besides: without its keys nobody can follow a zone's chain."""

CODES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "MX": 15, "TXT": 16, "DS": 43, "RRSIG": 46, "NSEC": 47, "DNSKEY": 48,
         "ANY": 255}
"""The types that the check asks for by their numbers."""


def of(tree, types):
    """All questions to a tree of zones: (name, type), each once, zone by zone."""
    asked = {}
    for zone in tree.zones:
        apex = names.labels(zone.name)
        for name in around(owners(zone.text(tree.children(zone)), apex)):
            for kind in types:
                asked[name, kind] = None
        for kind in APEX_TYPES:
            asked[apex, kind] = None
    return list(asked)


def owners(text, apex):
    """The owner names in a zone's text, and the empty non-terminals above them, in canonical order."""
    found = {apex}
    for name in records(text, apex):
        while len(name) > len(apex):
            found.add(name)
            name = name[1:]
    return sorted(found, key=names.order)


def records(text, apex):
    """The types of the records in a zone's text by owner."""
    found = {}
    for line in text.splitlines():
        if line and line[0] not in "$; ":
            owner, kind = line.split()[:2]
            found.setdefault(names.labels(owner) + (() if owner.endswith(".") else apex), set()).add(kind)
    return found


def around(owned):
    """Each name with one that comes next in the zone and one that lies below it, where those have room."""
    for name in owned:
        yield name
        between = (name[0][:62] + b"0",) + name[1:] if name else (b"0",)
        if between not in owned and names.within(between, owned[0]):
            yield between
        below = (b"below",) + name
        if len(names.wire(below)) <= 255:
            yield below
