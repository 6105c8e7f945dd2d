"""A pool whose order turns with each answer, and a server that gives two of six addresses each time."""

import time

from ..responder import Reply, Responder, only
from ..stub import Stub, ask, fresh
from .setting import usual


def play(act):
    """The whole pool from BIND, parts of one from a small server; with queries sent twice."""
    act.warm("pool.fair.test.")
    rng = act.rng
    pool = [f"198.51.100.{host}" for host in rng.sample(range(1, 250), 6)]
    names = fresh(act, "odd.lab.", 3)
    turn = []

    def behave(query):
        turn.append(query)
        first = len(turn) * 2 % 6
        return [Reply(query.answer(*pool[first:first + 2]), delay=0.005)]

    with Responder(act, "odd", only(names, behave)):
        usual(act)
        for server, name in (("bind", "pool.fair.test."), *(("odd", name) for name in names)):
            for _ in range(3):
                with Stub(act) as stub:
                    asked = stub.send(server, name)
                    time.sleep(0.001)
                    stub.again(server, asked)
                    stub.receive(2)
        for _ in range(4):
            ask(act, "open", "pool.fair.test.")
