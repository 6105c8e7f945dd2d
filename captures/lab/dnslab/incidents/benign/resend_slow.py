"""A client sends its query again after seconds; the answer to the first comes about when that to the second does."""

import time

from ..responder import Responder, changed, only, steady
from ..stub import Stub, fresh
from .setting import ordinary, usual


def play(act):
    """The server is slow with the first query of a name only."""
    ordinary(act)
    gap = act.rng.uniform(1, 3)
    names = fresh(act, "odd.lab.", 3)
    seen = []

    def behave(query):
        seen.append(query.name)
        return changed(steady(query), delay=gap + act.rng.uniform(0.001, 0.1) if seen.count(query.name) == 1 else 0)

    with Responder(act, "odd", only(names, behave)):
        usual(act)
        with Stub(act) as one, Stub(act, "client2") as two, Stub(act, "client3", ip=6) as three:
            stubs = (one, two, three)
            sent = [stub.send("odd", name) for stub, name in zip(stubs, names)]
            time.sleep(gap)
            for stub, asked in zip(stubs, sent):
                stub.again("odd", asked)
            for stub in stubs:
                stub.receive(2)
