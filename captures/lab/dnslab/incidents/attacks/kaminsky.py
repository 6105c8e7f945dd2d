"""What the attacks by names that nobody has asked for have in common (Kaminsky 2008)."""

import time

from .. import guessing
from .racing import LATER_SECONDS, insist

ROUND = (100, 280)
"""Fewest and most guesses to one question."""


def zone(act):
    """The unsigned zone that is attacked."""
    return act.rng.choice(("unsigned.test.", "plain.test."))


def begin(act, resolver, zone_name):
    """Ordinary traffic, then the attacker that will guess."""
    act.warm(*act.pick(zone_name, 8), resolver=resolver, signatures=resolver != "naive")
    guessing.forged_data(act)
    return Kaminsky(act, resolver, zone_name)


class Kaminsky(guessing.Guesser):
    """An attacker whose answers hold an address for the name, and a server of its own for the zone."""

    def content(self, name):
        """The same payload for every guess at a name."""
        authority, additional = guessing.takeover(self.act, self.zone)
        return lambda _: {"answer": [guessing.address(self.act)], "authority": authority, "additional": additional}

    def lose(self, size, ports=None):
        """A round without a hit; the client gets the true answer."""
        name = self.name()
        count = self.act.rng.randint(*size)
        answer = self.round(name, lambda right: self.wrong(right, count), self.content(name), ports)
        insist(self.act.evil() not in answer.text, "a guess did fit", answer)

    def win(self, size):
        """A round with a hit: its name and what the client got."""
        name = self.name()
        count = self.act.rng.randint(*size)
        answer = self.round(name, lambda right: self.with_hit(right, count), self.content(name))
        self.act.labels.success = True
        return name, answer


def strike(act, resolver, name, frame_for):
    """A client asks a resolver for a name, and the attacker's one answer comes first; returns what the client got."""
    server = act.world.zone_of(name).host
    with guessing.slowed(act, server):
        asking = act.begin(resolver, name)
        query = act.hear_query(server, name, "A")
        act.pause(server)
        act.send(frame_for(query))
    return asking()


def victims(act, resolver, name):
    """Two more clients ask a resolver for a name, get the forged address, and one connects there."""
    time.sleep(LATER_SECONDS)
    for host in ("client2", "client3"):
        answer = act.ask(resolver, name, host=host)
        insist(act.evil() in answer.text, "the forgery is not in the cache", answer)
    act.visit(act.rng.choice(("client2", "client3")), act.evil())
    act.labels.success = True
