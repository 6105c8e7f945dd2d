"""A resolver answers from its cache while the TTL runs down, and fetches the record again when it is over."""

import time

from ..responder import Reply, Responder, only, own_address
from ..stub import ask, fresh
from .setting import CLIENTS, ordinary, usual


def play(act):
    """Some names with a long TTL, some whose TTL ends."""
    ordinary(act)
    names = fresh(act, "odd.lab.", 4)
    ttl = dict(zip(names, (1, 2, 300, 86400)))
    with Responder(act, "odd", only(names, lambda query: [Reply(query.answer(own_address(query.name),
                                                                             ttl=ttl[query.name]))])):
        usual(act)
        for _ in range(5):
            for name in names:
                ask(act, "open", name, host=act.rng.choice(CLIENTS))
            time.sleep(act.rng.uniform(0.4, 0.9))
