"""Many questions of many clients, of which each is seen on up to four legs: client, forwarder, resolver, authority."""

from ...net import ipv4
from ..responder import Responder
from ..stub import Stub, fresh
from .setting import AUTHORITIES, CLIENTS, finish, ordinary, resolver, traffic, usual

QUESTIONS, LARGE = 160, 3000
FORWARD = f"""forward-zone:
  name: "."
  forward-addr: {ipv4('open')}
"""


def play(act):
    """A forwarder before the resolver; both are asked."""
    ordinary(act)
    count = LARGE if act.large else QUESTIONS
    with resolver(act, clauses=FORWARD), Responder(act, "odd"):
        usual(act)
        for _ in range(count // 20):
            traffic(act, 10, 10)
            stubs = [Stub(act, act.rng.choice(CLIENTS)) for _ in range(10)]
            for stub in stubs:
                stub.send("special", question(act), act.rng.choice(("A", "A", "AAAA")))
            finish(stubs)


def question(act):
    """A name that is there, or one that nobody asked for yet."""
    zone = act.rng.choice(list(AUTHORITIES))
    return act.rng.choice((f"w{act.rng.randrange(40)}.{zone}", f"www.{zone}", fresh(act, "odd.lab."), fresh(act, zone)))
