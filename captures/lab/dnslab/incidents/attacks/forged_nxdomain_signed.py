"""A signed name that exists is denied without proof."""

from . import racing
from .forged_nxdomain import absent

KIND = "on-path-injection"


def play(act):
    """A resolver that does not validate believes it, one that does asks again."""
    name = racing.prelude(act, ("signed.test.", "sealed.test."), ("open", "resolver"))
    act.labels.poison(racing.is_denied(name))
    racing.deceive(act, "open", name, act.kind, racing.denied(act, name), took=absent, options=("+dnssec",))
    racing.survive(act, "resolver", name, act.kind, racing.denied(act, name), took=absent)
    racing.aftermath(act, "open", name, act.kind, took=absent)
