"""A race won with the true address for its own name, and a lie about another zone beside it."""

from .. import wire
from ..guessing import address, forged_data, true_address
from . import kaminsky
from ...net import ipv4
from .racing import insist

KIND = "out-of-bailiwick-takeover"


def prepare(act):
    """The resolver that believes everything."""
    act.world.start_naive(1)


def play(act):
    """The records of the other zone stand in the additional section, or in the answer."""
    zone = kaminsky.zone(act)
    other = "plain.test." if zone == "unsigned.test." else "unsigned.test."
    for warmed in (zone, other):
        act.warm(*act.pick(warmed, 6), resolver="naive", kinds=("A",), signatures=False)
    name, victim = *act.pick(zone), *act.pick(other)
    forged_data(act)
    answer = kaminsky.strike(act, "naive", name, lambda query: forgery(act, query, name, victim))
    insist(true_address(name) in answer.text, "the forgery holds no true answer", answer)
    act.labels.target(ipv4("naive"), victim)
    kaminsky.victims(act, "naive", victim)


def forgery(act, query, name, victim):
    """The true address, and beside it the lie."""
    answer = [wire.record(wire.ASKED, "A", act.ttl, wire.rdata("A", true_address(name)))]
    zone = name.split(".", 1)[1]
    if act.rng.random() < 0.5:
        return act.reply(query, answer + [address(act, victim)])
    return act.reply(query, answer, [wire.record(zone, "NS", act.ttl, wire.name(victim))], [address(act, victim)])
