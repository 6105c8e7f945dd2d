"""A capture that begins in the middle of things: its first DNS frames are answers to queries from before."""

from .. import editing
from ..responder import Responder, changed, only, steady
from ..stub import Stub, fresh
from .setting import finish, insist, ordinary, traffic, usual

OUTSTANDING = 12


def play(act):
    """Many queries are on their way when it begins."""
    names = fresh(act, "odd.lab.", OUTSTANDING)
    with Responder(act, "odd", only(names, lambda query: changed(steady(query), delay=act.rng.uniform(0.05, 0.15)))):
        stubs = [Stub(act, act.rng.choice(("client", "client2", "client3"))) for _ in names]
        for stub, name in zip(stubs, names):
            stub.send(act.rng.choice(("odd", "open")), name)
        finish(stubs)
        usual(act)
    ordinary(act)
    traffic(act, 40)


def edit(act, frames):
    """Everything before the first answer is gone."""
    first = next(index for index, frame in enumerate(frames) if editing.is_response(frame))
    left = frames[first:]
    insist(first >= OUTSTANDING // 2, "nothing was outstanding")
    return left
