"""The true answer is lost on the way: the forged one is the only one."""

from . import racing

KIND = "race"


def play(act):
    """Other names of the server are answered honestly before, and the same name afterwards."""
    name = racing.prelude(act, ("unsigned.test.", "plain.test.", "signed.test."))
    racing.deceive(act, "open", name, act.kind, silenced=True)
    racing.aftermath(act, "open", name, act.kind)
