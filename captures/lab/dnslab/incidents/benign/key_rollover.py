"""A zone gets a new ZSK while it is watched, and loses the old one: both signatures are honest (RFC 6781 §4.1.1)."""

import re
import time

from ..stub import ask
from .setting import chain, insist, knot

ZONE = "turn.test."


def play(act):
    """Old key, both keys, new key; each time the keys and some data are asked for."""
    act.warm("www." + ZONE)
    look(act)
    before = keys(act)
    knot(act, "keymgr", ZONE, "generate", "algorithm=ECDSAP256SHA256", "ksk=no", "zsk=yes")
    sign(act)
    look(act)
    for tag in before:
        knot(act, "keymgr", ZONE, "set", tag, "retire=now", "remove=now")
    sign(act)
    look(act)
    insist(keys(act).isdisjoint(before), "the old key is still there")


def keys(act):
    """The tags of the active ZSKs."""
    said = knot(act, "keymgr", ZONE, "list", "iso")
    return {found[1] for line in said.splitlines() if "removed" not in line
            if (found := re.search(r"^\S+ +(\d+) .*zsk=yes", line.lower()))}


def sign(act):
    """Knot takes the keys as they are now and signs all anew."""
    knot(act, "knotc", "-b", "zone-keys-load", ZONE)
    knot(act, "knotc", "-b", "zone-sign", ZONE)
    time.sleep(0.2)


def look(act):
    """What a validator asks, of the zone's server and through a resolver that has nothing of it in its cache."""
    chain(act, ZONE, "knot")
    for number in act.rng.sample(range(40), 3):
        ask(act, "knot", f"w{number}.{ZONE}", dnssec=True)
