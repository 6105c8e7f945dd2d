"""A resolver that draws its ports: the attacker covers ports and IDs at random; what hits a closed port is refused."""

from . import kaminsky
from ..guessing import FIRST_PORT

KIND = "kaminsky"


def play(act):
    """Either a range of ports, or any."""
    guesser = kaminsky.begin(act, "open", kaminsky.zone(act))
    first = act.rng.randrange(FIRST_PORT, 60_000)
    space = range(first, first + 4000) if act.rng.random() < 0.5 else range(FIRST_PORT, 65_536)
    for _ in range(act.rng.randint(3, 5)):
        count = act.rng.randint(*kaminsky.ROUND)
        guesser.lose((count, count), lambda right: [port for port in act.rng.sample(space, count) if port != right])
    act.labels.success = False
