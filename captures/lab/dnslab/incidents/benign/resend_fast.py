"""A client sends its query twice within milliseconds, with one ID from one port, and gets both answers."""

import time

from ..responder import Responder, changed, steady
from ..stub import Stub, ask, fresh
from .setting import CLIENTS, ordinary, usual


def play(act):
    """To a slow authority, and to a resolver that has the answer in its cache."""
    ordinary(act)
    slow = act.rng.uniform(0.01, 0.04)
    with Responder(act, "odd", lambda query: changed(steady(query), delay=slow)):
        usual(act)
        for name in fresh(act, "odd.lab.", 4):
            twice(act, "odd", name)
        for name in fresh(act, "odd.lab.", 2):
            ask(act, "open", name)
            twice(act, "open", name)


def twice(act, server, name):
    """One query two times, two answers."""
    with Stub(act, act.rng.choice(CLIENTS)) as stub:
        asked = stub.send(server, name)
        time.sleep(act.rng.uniform(0.0005, 0.005))
        stub.again(server, asked)
        stub.receive(2)
