"""Answers too long for UDP: truncated first, then whole over TCP."""

from .setting import insist

NAMES = ("long.fair.test.", "wide.fair.test.", "long.calm.test.", "wide.level.test.")


def play(act):
    """Of the authorities, and through both resolvers."""
    act.warm("www.fair.test.", "www.calm.test.")
    for name, server in zip(NAMES, ("bind", "bind", "nsd", "knot")):
        for asked in (server, "open", "resolver"):
            answer = act.ask(asked, name, "TXT", host=act.rng.choice(("client", "client2")))
            insist("0123456789" in answer.text, f"{name}: no text from {asked}")
