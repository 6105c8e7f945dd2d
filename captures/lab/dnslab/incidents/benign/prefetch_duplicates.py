"""One question is on its way two or three times from different ports, as a resolver with several threads sends it."""

from ..responder import Reply, Responder, only
from ..stub import Stub, fresh
from .setting import finish, ordinary, usual


def play(act):
    """All are answered, by a server that gives each another address or the same one."""
    ordinary(act)
    rng = act.rng
    names = fresh(act, "odd.lab.", 6)
    differs = rng.random() < 0.67

    def behave(query):
        last = rng.randrange(1, 255) if differs else 7
        return [Reply(query.answer(f"104.16.0.{last}", ttl=30), delay=rng.uniform(0.005, 0.02))]

    with Responder(act, "odd", only(names, behave)):
        usual(act)
        for name in names:
            stubs = [Stub(act, "client2") for _ in range(rng.choice((2, 3)))]
            for stub in stubs:
                stub.send("odd", name)
            finish(stubs)
