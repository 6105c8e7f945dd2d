"""The same, and afterwards the resolver asks the attacker's server about every other name of the zone."""

from . import kaminsky
from .racing import insist
from ..evil import EvilServer, of_zone

KIND = "kaminsky"


def play(act):
    """Two clients ask for names that were never attacked, and get the forged address from the attacker's server."""
    zone = kaminsky.zone(act)
    guesser = kaminsky.begin(act, "fixed", zone)
    guesser.lose(kaminsky.ROUND)
    with EvilServer(act, of_zone(act, zone)) as server:
        name, answer = guesser.win(kaminsky.ROUND)
        insist(act.evil() in answer.text, "no guess did fit", answer)
        others = act.pick(zone, 2)
        for other in others:
            kaminsky.victims(act, "fixed", other)
        insist({name for name, _ in server.asked} >= set(others), f"not taken over: {server.asked}", answer)
