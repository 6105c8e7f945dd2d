"""A gateway from HTTPS asks with ID 0 and from one port always (RFC 8484 §4.1), many questions at a time."""

from ..responder import Reply, Responder, only
from ..stub import Stub, fresh
from .setting import ordinary, usual


def play(act):
    """Some questions two times at once, since two users have them; one server differs each time."""
    ordinary(act)
    rng = act.rng
    changing = fresh(act, "odd.lab.", 3)

    def behave(query):
        address = f"151.101.{rng.randrange(256)}.{rng.randrange(1, 255)}"
        return [Reply(query.answer(address, ttl=5), delay=rng.uniform(0, 0.01))]

    with Responder(act, "odd", only(changing, behave)):
        usual(act)
        with Stub(act, "client3", rng.randrange(20000, 60000)) as stub:
            for _ in range(6):
                names = [*fresh(act, "odd.lab.", 5), *changing, rng.choice(changing)]
                for name in names:
                    stub.send("odd", name, identifier=0)
                stub.receive(len(names))
            for _ in range(3):
                names = [*fresh(act, "odd.lab.", 5), f"w{rng.randrange(40)}.calm.test."]
                for name in names:
                    stub.send("open", name, identifier=0)
                stub.receive(len(names))
