"""Records that nobody may keep: a resolver asks again for each client, and each gets another address."""

from ..responder import Reply, Responder, only
from ..stub import ask, fresh
from .setting import CLIENTS, ordinary, usual


def play(act):
    """TTL 0, addresses drawn anew."""
    ordinary(act)
    rng = act.rng
    names = fresh(act, "odd.lab.", 4)

    def behave(query):
        return [Reply(query.answer(f"198.51.{rng.randrange(256)}.{rng.randrange(1, 255)}", ttl=0))]

    with Responder(act, "odd", only(names, behave)):
        usual(act)
        for _ in range(5):
            for name in names:
                ask(act, "open", name, host=rng.choice(CLIENTS))
