"""A zone is signed anew: the same data with newer signatures, and a higher serial."""

import time

from ..stub import ask
from .setting import chain, knot

ZONE = "turn.test."


def play(act):
    """The same questions before and after."""
    act.warm("www." + ZONE)
    asked = [f"w{number}.{ZONE}" for number in act.rng.sample(range(40), 4)]
    for step in range(2):
        chain(act, ZONE, "knot")
        for name in asked:
            ask(act, "knot", name, dnssec=True)
            ask(act, "open", name, dnssec=True)
        if step == 0:
            time.sleep(1.1)
            knot(act, "knotc", "-b", "zone-sign", ZONE)
            act.flush()
