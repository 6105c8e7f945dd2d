"""A mirror port that gives each frame twice, once with the tag of a VLAN."""

from .. import editing
from .setting import ordinary, traffic


def play(act):
    """Ordinary traffic."""
    ordinary(act)
    traffic(act, 60)


def edit(act, frames):
    """The tagged copy is a little later, or a little earlier."""
    sign = act.rng.choice((1, -1))
    vlan = act.rng.randrange(2, 4000)
    return editing.with_copies(frames, editing.tagged(vlan), lambda: sign * act.rng.randrange(1, 300))
