"""A client asks two resolvers about one name, and a server that looks at who asks gives each another address."""

from ..responder import Reply, Responder, only
from ..stub import Stub, fresh
from .setting import ordinary, usual


def play(act):
    """Both answers come to one port of the client, with one ID."""
    ordinary(act)
    rng = act.rng
    names = fresh(act, "odd.lab.", 4)
    of_source = {}

    def behave(query):
        address = of_source.setdefault((query.source, query.name),
                                       f"104.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}")
        return [Reply(query.answer(address, ttl=60), delay=rng.uniform(0.001, 0.01))]

    with Responder(act, "odd", only(names, behave)):
        usual(act)
        for name in names:
            with Stub(act) as stub:
                asked = stub.send("open", name)
                stub.again("resolver", asked)
                stub.receive(2)
