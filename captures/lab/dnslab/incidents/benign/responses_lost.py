"""A capture in which one direction is bad: answers are missing, or queries are."""

from .. import editing
from .setting import ordinary, traffic


def play(act):
    """Ordinary traffic."""
    ordinary(act)
    traffic(act, 120)


def edit(act, frames):
    """A third to two thirds of one direction are missing."""
    lost = act.rng.choice((editing.is_response, editing.is_query))
    return editing.lossy(frames, act.rng, act.rng.uniform(0.33, 0.66), lost)
