"""A tap that sees each frame twice, before and behind a router: other stations, one less time to live."""

from .. import editing
from .setting import ordinary, traffic

HOPS = 1


def play(act):
    """Ordinary traffic."""
    ordinary(act)
    traffic(act, 60)


def edit(act, frames):
    """The second copy comes within a millisecond."""
    return editing.with_copies(frames, editing.aged(HOPS), lambda: act.rng.randrange(5, 900))
