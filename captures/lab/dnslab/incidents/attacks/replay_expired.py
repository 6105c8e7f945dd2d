"""An RRset that has changed since is repeated with its signature, which has expired."""

from . import racing, signed
from .. import wire
from .replay_old import repeats

KIND = "replay"


def play(act):
    """A resolver that does not validate believes it, one that does asks again."""
    name = racing.prelude(act, ("signed.test.",), ("open", "resolver"))
    before = act.world.former.expired
    old = signed.text_of(before, name, "A")
    act.labels.poison(wire.rdata("A", old))

    def forge(query):
        return act.reply(query, signed.rrset(before, name, "A"))

    racing.deceive(act, "open", name, "A", forge, took=repeats(old), options=("+dnssec",))
    answer = racing.survive(act, "resolver", name, "A", forge, took=repeats(old))
    racing.insist("ad" in answer.flags, "not validated", answer)
    racing.aftermath(act, "open", name, "A", took=repeats(old))
