"""A server gives another single address each time that it is asked; queries are sent twice, and both answered."""

import time

from ..responder import Reply, Responder, only
from ..stub import Stub, ask, fresh
from .setting import CLIENTS, ordinary, usual


def play(act):
    """Addresses of one network, or of several, drawn from the seed; also through a resolver when its copy is old."""
    ordinary(act)
    rng = act.rng
    networks = [f"{rng.choice((23, 104, 151, 185))}.{rng.randrange(256)}" for _ in range(rng.choice((1, 3)))]
    names = fresh(act, "odd.lab.", 5)

    def behave(query):
        address = f"{rng.choice(networks)}.{rng.randrange(256)}.{rng.randrange(1, 255)}"
        return [Reply(query.answer(address, ttl=1), delay=rng.uniform(0.004, 0.012))]

    with Responder(act, "odd", only(names, behave)):
        usual(act)
        for name in names[:4]:
            with Stub(act, rng.choice(CLIENTS)) as stub:
                asked = stub.send("odd", name)
                time.sleep(rng.uniform(0.0005, 0.003))
                stub.again("odd", asked)
                stub.receive(2)
                for _ in range(3):
                    stub.ask("odd", name)
        for _ in range(2):
            ask(act, "open", names[4], host="client")
            ask(act, "open", names[4], host="client2")
            time.sleep(1.2)
