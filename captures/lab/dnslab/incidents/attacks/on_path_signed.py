"""A bare forged address for a signed name, once to a resolver that does not validate and once to one that does."""

from . import racing

KIND = "on-path-injection"


def play(act):
    """The first believes it, the second asks again."""
    name = racing.prelude(act, ("signed.test.", "sealed.test."), ("open", "resolver"))
    racing.deceive(act, "open", name, act.kind, options=act.rng.choice(((), ("+dnssec",))))
    answer = racing.survive(act, "resolver", name, act.kind, racing.bare(act))
    racing.insist("ad" in answer.flags, "not validated", answer)
    racing.aftermath(act, "open", name, act.kind)
