"""Fragments whose last one comes first, as Linux once sent them and as parallel ways deliver them."""

from .setting import insist, ordinary, usual
from ..responder import Reply, Responder, only
from ..stub import Stub, fresh
from .. import messages

STRINGS = 9


def play(act, order=lambda pieces: pieces[::-1]):
    """Large answers of a small server over IPv4 and IPv6."""
    ordinary(act)
    names = fresh(act, "odd.lab.", 5)
    mtu = act.rng.choice((1280, 1400, 1480))
    with Responder(act, "odd", only(names, lambda query: [large(query, mtu, order)])):
        usual(act)
        for number, name in enumerate(names):
            with Stub(act, act.rng.choice(("client", "client2")), ip=6 if number == 3 else 4) as stub:
                answer = stub.ask("odd", name, "TXT", size=4096)
                insist(len(answer) > 1500, "an answer without need of fragments")


def large(query, mtu, order):
    """A long text."""
    records = [messages.text(bytes([65 + number]) * 240) for number in range(STRINGS)]
    return Reply(messages.response(query.payload, records), fragmentable=True, mtu=mtu, order=order)
