"""An attacker on the same wire answers an unsigned name first; three clients are served the forged address."""

from . import racing

KIND = "race"


def play(act):
    """With a visit of the forged address, and recovery."""
    name = racing.prelude(act, ("unsigned.test.", "plain.test."))
    racing.deceive(act, "open", name, act.kind)
    racing.aftermath(act, "open", name, act.kind)
