"""Records change honestly: the serial goes up, and every later answer agrees."""

from ..stub import ask, fresh
from .setting import chain, change, insist

CHANGING = ("level.test.", "turn.test.")


def play(act):
    """In an unsigned zone and in a signed one; a resolver keeps the old data for the short TTL that they have."""
    act.warm("www.level.test.", "www.turn.test.")
    for zone in CHANGING:
        chain(act, zone, "knot")
        names = fresh(act, zone, 3)
        old, new = (f"198.51.100.{act.rng.randrange(1, 120)}", f"203.0.113.{act.rng.randrange(1, 120)}")
        change(act, zone, *(("zone-set", name, "5", "A", old) for name in names))
        look(act, names, old)
        change(act, zone, *(("zone-unset", name, "A") for name in names),
               *(("zone-set", name, "5", "A", new) for name in names))
        act.flush()
        look(act, names, new)
        ask(act, "knot", zone, "SOA", dnssec=True)


def look(act, names, address):
    """Everybody sees the same."""
    for name in names:
        ask(act, "knot", name, dnssec=True)
        for server in ("open", "resolver"):
            answer = act.ask(server, name, host=act.rng.choice(("client", "client2")))
            insist(address in answer.text, f"{server} does not say {address}:\n{answer.text}")
