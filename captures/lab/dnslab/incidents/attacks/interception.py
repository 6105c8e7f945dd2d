"""A box on the way to a resolver answers a client in its place: mostly the truth, and a lie about one name or two."""

from .. import wire
from ..fingerprint import RECURSIVE
from ..guessing import true_address
from . import kaminsky
from ...net import INTERFACE, ipv4, mac
from .racing import insist

KIND = "interception"
ZONE_TTL = 3600


def play(act):
    """All clients ask the resolver first; then the box stands before one of them, and the others get the truth."""
    act.family = 4
    zone = kaminsky.zone(act)
    act.warm(*act.pick(zone, 12), resolver="open")
    names = act.pick(zone, act.rng.randint(3, 6))
    lies = sorted(act.rng.sample(names, act.rng.randint(1, 2)))
    act.network.run("client2", "ip", "neigh", "replace", ipv4("open"), "lladdr", mac("attacker"), "dev", INTERFACE)
    try:
        for name in names:
            intercept(act, name, act.evil() if name in lies else true_address(name))
    finally:
        act.network.run("client2", "ip", "neigh", "delete", ipv4("open"), "dev", INTERFACE)
    for name in names:
        answer = act.ask("open", name, host=act.rng.choice(("client", "client3")))
        insist(true_address(name) in answer.text, "no true answer", answer)
    act.visit("client2", act.evil())
    act.labels.success = True
    act.labels.victim(ipv4("client2"))
    for name in lies:
        act.labels.target(ipv4("client2"), name)


def intercept(act, name, address):
    """The client asks the resolver, whose host does not even hear it, and the box answers, as from its cache."""
    asking = act.begin("open", name, host="client2")
    query = act.hear_query("open", name, "A")
    act.pause(longest=0.003)
    record = wire.record(wire.ASKED, "A", act.rng.randint(1, ZONE_TTL), wire.rdata("A", address))
    act.send(act.reply(query, [record], flags=RECURSIVE))
    answer = asking()
    insist(address in answer.text, "the box was not believed", answer)
