"""A capture in which one frame of five is missing."""

from .. import editing
from .setting import ordinary, traffic

SHARE = 0.2


def play(act):
    """Ordinary traffic."""
    ordinary(act)
    traffic(act, 120)


def edit(act, frames):
    """Any frame may be missing."""
    return editing.lossy(frames, act.rng, SHARE)
