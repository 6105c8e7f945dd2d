"""One address, several nodes: answers come with two or three values of IP TTL in no order."""

from ..responder import Responder, steady, changed
from ..stub import ask, fresh
from .setting import CLIENTS, ordinary, usual


def play(act):
    """Nodes drawn from the seed; each has a count of IDs of its own."""
    ordinary(act)
    rng = act.rng
    nodes = rng.sample(range(44, 64), rng.choice((2, 3)))
    counts = {node: rng.randrange(1, 50000) for node in nodes}

    def behave(query):
        node = rng.choice(nodes)
        counts[node] += 1
        return changed(steady(query), ttl=node, identification=counts[node], fragmentable=True)

    with Responder(act, "odd", behave):
        usual(act, count=24)
        for name in fresh(act, "odd.lab.", 12):
            ask(act, rng.choice(("odd", "open")), name, host=rng.choice(CLIENTS))
