"""The planted end reaches into the true beginning: the resolver's host throws both away, and it asks again."""

from .. import fragmenting, guessing
from .fragment_planted import ZONES  # noqa: F401 (the same zone)
from .racing import insist

KIND = "fragment-injection"
prepare = fragmenting.prepare


def play(act):
    """Two versions of one range; the true answer arrives in the end."""
    name = fragmenting.attack(act, "large.test.", shift=8 * act.rng.randint(1, 10))
    answer = act.ask(fragmenting.RESOLVER, name, host="client2")
    insist(answer.status == "NOERROR" and act.evil() not in answer.text, "the forgery took", answer)
    act.labels.success = False
