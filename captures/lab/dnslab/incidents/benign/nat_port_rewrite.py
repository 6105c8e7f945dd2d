"""Several clients behind one address: ports from a small range in turn, IDs of anybody, a port used again at once."""

from ..responder import Responder, changed, steady
from ..stub import Stub, fresh
from .setting import ordinary, traffic, usual

PORTS = 12


def play(act):
    """Also two clients with the same ID to one server from one port, one after the other."""
    ordinary(act)
    rng = act.rng
    first = rng.randrange(20000, 60000)
    pool = fresh(act, "odd.lab.", 5)

    def behave(query):
        return changed(steady(query), delay=rng.uniform(0, 0.004))

    with Responder(act, "odd", behave):
        usual(act)
        for turn in range(4):
            for port in range(first, first + PORTS):
                with Stub(act, "client3", port) as stub:
                    stub.ask(rng.choice(("odd", "open")), rng.choice(pool) if turn % 2 else fresh(act, "odd.lab."))
        for identifier in (rng.randrange(65536) for _ in range(3)):
            with Stub(act, "client3", first) as stub:
                for name in fresh(act, "odd.lab.", 3):
                    stub.ask("odd", name, identifier=identifier)
    traffic(act, 16)
