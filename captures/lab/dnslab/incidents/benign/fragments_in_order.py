"""Large answers in fragments over a narrow path, as a real server's kernel sends them."""

from ...net import INTERFACE
from ..stub import Stub
from .setting import insist, usual
from ..responder import Responder

SIZE = 4096
QUESTIONS = (("knot", "long.level.test."), ("knot", "wide.level.test."), ("nsd", "long.calm.test."))


def play(act):
    """The servers' cables get an MTU drawn from the seed for the while."""
    act.warm("long.level.test.", "long.calm.test.")
    mtu = act.rng.choice((1280, 1400, 1492))
    with Responder(act, "odd"):
        usual(act, count=4)
    for host in ("knot", "nsd"):
        act.network.run(host, "ip", "link", "set", INTERFACE, "mtu", str(mtu))
    try:
        for _ in range(2):
            for server, name in QUESTIONS:
                ask_large(act, server, name)
    finally:
        for host in ("knot", "nsd"):
            act.network.run(host, "ip", "link", "set", INTERFACE, "mtu", "1500")


def ask_large(act, server, name):
    """One question that allows a large answer; TC is no failure, since some servers never fragment."""
    with Stub(act, act.rng.choice(("client", "client2"))) as stub:
        answer = stub.ask(server, name, "TXT", dnssec=True, size=SIZE)
        insist(len(answer) > 1280 or answer[2] & 2, f"{name}: a short answer")
        return answer
