"""The address and the signature of another name of the zone, under the name that was asked for."""

from . import racing, signed
from .. import wire
from .replay_old import repeats

KIND = "replay"


def play(act):
    """A resolver that does not validate believes it, one that does asks again."""
    name = racing.prelude(act, ("signed.test.", "sealed.test."), ("open", "resolver"))
    zone = act.world.zone_of(name)
    records = act.world.records(zone)
    other, = act.pick(zone.name)
    lie = signed.text_of(records, other, act.kind)
    act.labels.poison(wire.rdata(act.kind, lie))

    def forge(query):
        return act.reply(query, signed.rrset(records, other, act.kind, owner=name))

    racing.deceive(act, "open", name, act.kind, forge, took=repeats(lie), options=("+dnssec",))
    answer = racing.survive(act, "resolver", name, act.kind, forge, took=repeats(lie))
    racing.insist("ad" in answer.flags, "not validated", answer)
    racing.aftermath(act, "open", name, act.kind, took=repeats(lie))
