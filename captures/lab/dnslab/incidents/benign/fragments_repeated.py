"""Fragments of which some come twice, octet for octet the same, as over a path that repeats frames."""

from . import fragments_reversed


def play(act):
    """One, or all, of a datagram's fragments again, at once or behind the last."""
    rng = act.rng

    def order(pieces):
        again = pieces if rng.random() < 0.5 else [rng.choice(pieces)]
        return [*pieces[:-1], *again, pieces[-1]] if rng.random() < 0.5 else \
            [piece for piece in pieces for _ in range(1 + (piece in again))]

    fragments_reversed.play(act, order)
