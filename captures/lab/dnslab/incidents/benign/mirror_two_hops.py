"""A tap that sees each frame three times, before, between and behind two routers."""

from .. import editing
from .setting import ordinary, traffic


def play(act):
    """Ordinary traffic."""
    ordinary(act)
    traffic(act, 40)


def edit(act, frames):
    """Both copies come within a millisecond, in any order."""
    second = editing.with_copies(frames, editing.aged(1), lambda: act.rng.randrange(5, 400))
    third = editing.with_copies(frames, editing.aged(2), lambda: act.rng.randrange(5, 900))
    copies = [frame for frame in third if frame.number not in {known.number for known in frames}]
    return editing.merged(second, copies)
