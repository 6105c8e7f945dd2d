"""The same against a signed zone: the signature in the planted end is the true one, and no longer fits."""

from .. import fragmenting
from . import kaminsky
from .racing import insist

KIND = "fragment-injection"
ZONES = [fragmenting.zone("ample.test.", "ldns")]
prepare = fragmenting.prepare


def play(act):
    """A resolver that does not validate passes it on; one that does gets the truth."""
    name = fragmenting.attack(act, "ample.test.")
    kaminsky.victims(act, fragmenting.RESOLVER, name)
    answer = act.ask("resolver", name, "A", "+dnssec")
    insist("ad" in answer.flags and act.evil() not in answer.text, "no secure answer", answer)
