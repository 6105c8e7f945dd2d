"""The true signature of a signed name beside a forged address."""

from . import racing, signed

KIND = "on-path-injection"


def play(act):
    """A resolver that does not validate believes it, one that does asks again."""
    name = racing.prelude(act, ("signed.test.", "sealed.test."), ("open", "resolver"))
    zone = act.world.zone_of(name)
    truth = signed.signatures(act.world.records(zone), name, act.kind)
    lie = racing.forged_record(act)

    def forge(query):
        return act.reply(query, [lie, *truth])

    racing.deceive(act, "open", name, act.kind, forge, options=("+dnssec",))
    answer = racing.survive(act, "resolver", name, act.kind, forge)
    racing.insist("ad" in answer.flags, "not validated", answer)
    racing.aftermath(act, "open", name, act.kind)
