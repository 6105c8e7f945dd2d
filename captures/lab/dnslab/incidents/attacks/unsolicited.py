"""Answers that nobody asked for, in the name of a zone's server, with other data than the true ones."""

from .. import guessing
from . import kaminsky
from ...net import ipv4
from .racing import insist

KIND = "unsolicited"


def play(act):
    """To the resolver's closed ports, or to the one it serves at; about one name or several, known ones among them."""
    zone = kaminsky.zone(act)
    server = act.world.zone_of(zone).host
    known = act.pick(zone, 8)
    act.warm(*known, resolver="open", kinds=("A",))
    act.attacker.listen()
    guessing.forged_data(act)
    names = act.rng.sample(known, act.rng.choice((1, 1, 4))) + act.pick(zone, act.rng.randint(0, 2))
    port = act.rng.choice((53, None))
    for _ in range(act.rng.randint(5, 30)):
        name = act.rng.choice(names)
        query = guessing.unasked(act, "open", server, name, port or act.rng.randrange(guessing.FIRST_PORT, 65_536))
        authority, additional = guessing.takeover(act, zone)
        act.send(act.reply(query, [guessing.address(act)], authority, additional))
        act.pause(longest=0.02)
    for name in names:
        answer = act.ask("open", name, host="client2")
        insist(act.evil() not in answer.text, "the resolver believed what it did not ask for", answer)
        act.labels.target(ipv4("open"), name)
    act.labels.success = False
