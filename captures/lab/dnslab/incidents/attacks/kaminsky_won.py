"""A resolver that sends from one port: names that nobody has asked for, hundreds of guesses each, and one that fits."""

from . import kaminsky
from .racing import insist

KIND = "kaminsky"


def play(act):
    """The guess that fits brings an address for its name, and the attacker's server for the zone beside it."""
    zone = kaminsky.zone(act)
    guesser = kaminsky.begin(act, "fixed", zone)
    for _ in range(act.rng.randint(1, 3)):
        guesser.lose(kaminsky.ROUND)
    name, answer = guesser.win(kaminsky.ROUND)
    insist(act.evil() in answer.text, "no guess did fit", answer)
    kaminsky.victims(act, "fixed", name)
