"""Servers with their own ways to number datagrams: always 0, at random, and one count for each that asks."""

from ..responder import Responder, steady, changed
from ..stub import ask, fresh
from .setting import CLIENTS, ordinary


def play(act):
    """Three servers, asked in turn."""
    ordinary(act)
    rng = act.rng
    counts = {}

    def zero(query):
        return changed(steady(query), identification=0)

    def random(query):
        return changed(steady(query), identification=rng.randrange(65536), fragmentable=True)

    def counting(query):
        counts[query.source] = counts.get(query.source, rng.randrange(60000)) + 1
        return changed(steady(query), identification=counts[query.source], fragmentable=True)

    with Responder(act, "odd", zero), Responder(act, "even", random), Responder(act, "third", counting):
        for name in fresh(act, "pair.lab.", 20):
            for host in ("odd", "even", "third"):
                ask(act, host, name, host=rng.choice(CLIENTS))
