"""The signatures of a signed zone, and in the end its DS, are taken out of answers to a resolver that asked for them.

The true answers are lost on the way. The addresses are true ones, but for the last.
"""

from . import racing, signed
from .. import wire
from ... import packets

KIND = "downgrade"


def play(act):
    """Some names, then a name whose address is forged too, then the DS."""
    zone = act.rng.choice(("signed.test.", "sealed.test."))
    act.warm(*act.pick(zone, racing.ORDINARY))
    names = act.pick(zone, act.rng.randint(2, 4))
    for name in names:
        strip(act, name)
    lie, = act.pick(zone)
    racing.deceive(act, "open", lie, act.kind, options=("+dnssec",), silenced=True)
    racing.aftermath(act, "open", lie, act.kind)
    deny_ds(act, zone)


def strip(act, name):
    """The true address, without its signature."""
    truth = signed.text_of(act.world.records(act.world.zone_of(name)), name, act.kind)
    record = wire.record(wire.ASKED, act.kind, act.ttl, wire.rdata(act.kind, truth))
    answer = racing.race(act, "open", name, act.kind, lambda query: act.reply(query, [record]), options=("+dnssec",),
                         silenced=True)
    racing.insist(truth in answer.text and "RRSIG" not in answer.text, "not stripped", answer)


def deny_ds(act, zone):
    """The parent's server seems to know no DS of the zone, and proves nothing."""
    parent = act.world.tree.parent(act.world.zone_of(zone))
    soa = signed.rrset(act.world.records(parent), parent.name, "SOA")[:1]
    act.labels.poison(lambda message: packets.question(message) == (zone, wire.TYPES["DS"]) and message[6:8] == b"\0\0")
    act.flush("open")
    answer = racing.race(act, "open", zone, "DS", lambda query: act.reply(query, authority=soa), options=("+dnssec",),
                         silenced=True, server=parent.host)
    racing.insist(answer.status == "NOERROR" and "RRSIG" not in answer.text, "the DS was not denied", answer)
    act.flush("open")
    answer = act.ask("open", zone, "DS", "+dnssec", host="client2")
    racing.insist("RRSIG" in answer.text, "no recovery", answer)
