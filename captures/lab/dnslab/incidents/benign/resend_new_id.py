"""A client asks again with another ID, from the same port and from another one, and hears from all its queries."""

import time

from ..responder import Responder, changed, steady
from ..stub import Stub, fresh
from .setting import ordinary, usual


def play(act):
    """All queries are on their way before the first answer."""
    ordinary(act)
    slow = act.rng.uniform(0.02, 0.05)
    with Responder(act, "odd", lambda query: changed(steady(query), delay=slow)):
        usual(act)
        for name in fresh(act, "odd.lab.", 4):
            with Stub(act) as stub, Stub(act) as other:
                stub.send("odd", name)
                time.sleep(act.rng.uniform(0.001, 0.01))
                stub.send("odd", name)
                other.send("odd", name)
                stub.receive(2)
                other.receive()
