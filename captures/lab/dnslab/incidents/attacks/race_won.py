"""An attacker on the same wire answers an unsigned name first; three clients are served the forged address."""

from . import racing

KIND = "race"


def play(act):
    """Over A or AAAA, as the seed wills; with a visit of the forged address, and recovery."""
    zone = act.rng.choice(("unsigned.test.", "plain.test."))
    act.warm(*act.pick(zone, 8))
    name, = act.pick(zone)
    racing.deceive(act, "open", name, act.kind)
    racing.aftermath(act, "open", name, act.kind)
