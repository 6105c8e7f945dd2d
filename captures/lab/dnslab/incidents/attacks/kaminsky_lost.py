"""Thousands of guesses at the one port of a resolver, and none fits."""

from . import kaminsky

KIND = "kaminsky"
GUESSES = (1500, 2200)
LARGE_GUESSES = (50_000, 50_000)
"""A flood that the repository does not keep."""


def play(act):
    """Each client's question is answered by the true server in the end."""
    guesser = kaminsky.begin(act, "fixed", kaminsky.zone(act))
    left = act.rng.randint(*LARGE_GUESSES if act.large else GUESSES)
    while left > 0:
        size = min(left, 1000 if act.large else act.rng.randint(*kaminsky.ROUND))
        guesser.lose((size, size))
        left -= size
    act.labels.success = False
