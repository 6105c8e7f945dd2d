"""The end of an answer lies ready at the resolver, before the true beginning comes; an unsigned zone."""

from .. import fragmenting
from . import kaminsky

KIND = "fragment-injection"
ZONES = [fragmenting.zone("large.test.")]
prepare = fragmenting.prepare


def play(act):
    """The resolver joins what does not belong together, and two more clients get it."""
    kaminsky.victims(act, fragmenting.RESOLVER, fragmenting.attack(act, "large.test."))
