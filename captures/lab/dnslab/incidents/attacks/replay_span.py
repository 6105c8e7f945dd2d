"""A name that exists is denied with a true NSEC record and signature, whose span lies elsewhere."""

from . import racing, signed
from .forged_nxdomain import absent

KIND = "replay"


def play(act):
    """A resolver that does not validate believes it, one that does asks again."""
    name = racing.prelude(act, ("signed.test.", "sealed.test."), ("open", "resolver"))
    zone = act.world.zone_of(name)
    records = act.world.records(zone)
    other = elsewhere(act, records, name, zone.name)
    authority = [*signed.rrset(records, zone.name, "SOA"), *signed.rrset(records, other, "NSEC")]
    act.labels.poison(racing.is_denied(name))

    def forge(query):
        return act.reply(query, authority=authority, rcode=3)

    racing.deceive(act, "open", name, act.kind, forge, took=absent, options=("+dnssec",))
    racing.survive(act, "resolver", name, act.kind, forge, took=absent)
    racing.aftermath(act, "open", name, act.kind, took=absent)


def elsewhere(act, records, name, zone):
    """A host whose NSEC record neither belongs to a name nor points to it."""
    while True:
        other, = act.pick(zone)
        if signed.text_of(records, other, "NSEC").split()[0] != name:
            return other
