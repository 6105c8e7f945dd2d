"""A server with two addresses answers from the other one, as a socket bound to no address does."""

from ..responder import Responder, changed, only, steady
from ..stub import Stub, fresh
from .setting import ordinary, usual

OTHER = "192.0.2.115"
"""The server's second address."""


def play(act):
    """With the true data, and with the right ID and question."""
    ordinary(act)
    names = fresh(act, "odd.lab.", act.rng.randrange(3, 7))

    with Responder(act, "odd", only(names, lambda query: changed(steady(query), source=OTHER))):
        usual(act)
        for name in names:
            with Stub(act, act.rng.choice(("client", "client2"))) as stub:
                stub.ask("odd", name)
        usual(act, count=4)
