"""An RRset that has changed since is repeated with its signature, which is valid still: even who validates believes it."""

from . import racing, signed
from .. import wire

KIND = "replay"


def play(act):
    """The zone was signed ten days ago with other addresses, and yesterday's are no longer true."""
    name = racing.prelude(act, ("signed.test.",), ("resolver",))
    before = act.world.former.older
    old = signed.text_of(before, name, "A")
    act.labels.poison(wire.rdata("A", old))
    took = repeats(old)
    racing.deceive(act, "resolver", name, "A", lambda query: act.reply(query, signed.rrset(before, name, "A")),
                   took=lambda answer: took(answer) and "ad" in answer.flags, options=("+dnssec",))
    racing.aftermath(act, "resolver", name, "A", took=took)


def repeats(data):
    """Holds for an answer with old data."""
    return lambda answer: data in answer.text.split()
