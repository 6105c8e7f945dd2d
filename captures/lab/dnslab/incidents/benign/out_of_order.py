"""A capture whose frames are in the order in which two queues were read: answers before their queries."""

from .. import editing
from .setting import ordinary, traffic

MICROSECONDS = 2000


def play(act):
    """Ordinary traffic."""
    ordinary(act)
    traffic(act, 120)


def edit(act, frames):
    """Each frame is up to two milliseconds late, with the time stamp of its own reading."""
    return editing.jumbled(frames, act.rng, MICROSECONDS)
