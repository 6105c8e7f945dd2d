"""The way to a server changes: from one moment on all its packets have another IP TTL."""

from ..responder import Responder, steady, changed
from .setting import ordinary, usual


def play(act):
    """Before and after, with a little back and forth where the seed says so."""
    ordinary(act)
    before, after = act.rng.sample(range(46, 64), 2)
    ttl = [before]
    with Responder(act, "odd", lambda query: changed(steady(query), ttl=ttl[0])):
        usual(act, count=16)
        if act.rng.random() < 0.5:
            for way in (after, before):
                ttl[0] = way
                usual(act, count=2)
        ttl[0] = after
        usual(act, count=16)
