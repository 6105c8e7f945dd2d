"""An overloaded node says SERVFAIL, another answers: to one query sent twice, and to a resolver that asks again."""

import time

from .. import messages
from ..responder import Reply, Responder, only, steady
from ..stub import Stub, ask, fresh
from .setting import ordinary, usual


def play(act):
    """The first query of each name fails, or the second one does."""
    ordinary(act)
    names = fresh(act, "odd.lab.", 6)
    failing = act.rng.choice((1, 2))
    seen = []

    def behave(query):
        seen.append(query.name)
        if seen.count(query.name) == failing:
            return [Reply(messages.response(query.payload, flags=0, rcode=messages.SERVFAIL), delay=0.004)]
        return [Reply(reply.payload, delay=0.006) for reply in steady(query)]

    with Responder(act, "odd", only(names, behave)):
        usual(act)
        for name in names[:4]:
            with Stub(act) as stub:
                asked = stub.send("odd", name)
                time.sleep(act.rng.uniform(0.0005, 0.003))
                stub.again("odd", asked)
                stub.receive(2)
        for name in names[4:]:
            ask(act, "open", name)
