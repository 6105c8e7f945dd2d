"""A won race in which both times to live, of the packet and of the record, are those of the true answer."""

from . import racing
from .. import wire
from ... import packets
from ...zones import TTL

KIND = "race"


def play(act):
    """Nothing but the content and the order tell the forgery, and marks that are as the seed draws them."""
    name = racing.prelude(act, ("unsigned.test.", "plain.test."))
    data = wire.rdata(act.kind, act.evil(act.kind))

    def forge(query):
        marks = act.marks(query)
        marks.ttl = act.attacker.habits.copy(packets.parse(query), act.rng).ttl
        return act.reply(query, [wire.record(wire.ASKED, act.kind, TTL, data)], marks=marks)

    racing.deceive(act, "open", name, act.kind, forge)
    racing.aftermath(act, "open", name, act.kind)
