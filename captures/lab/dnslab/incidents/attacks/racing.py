"""What the races have in common."""

import time
from contextlib import nullcontext

from .. import wire
from ... import packets
from ...host import LabError

LATER_SECONDS = 1.2
"""Long enough that the TTL of a cached answer has gone down when it is asked for again."""
ORDINARY = 8
"""So many names are asked for, each for A and AAAA, before anything happens."""


def prelude(act, zones, resolvers=("open",)):
    """Ordinary traffic about one of these zones, as the seed draws; returns a name in it that was not asked for."""
    zone = act.rng.choice(zones)
    for resolver in resolvers:
        act.warm(*act.pick(zone, ORDINARY), resolver=resolver)
    return act.pick(zone)[0]


def server_of(act, name):
    """The host that serves a name's zone."""
    return act.world.zone_of(name).host


def race(act, resolver, name, kind, frame_for, options=(), silenced=False, server=None):
    """A client asks, the resolver asks the zone's server (or the one given), and the attacker answers first with
    `frame_for(query)`; the true answer gets lost if it is `silenced`. Returns the client's answer."""
    server = server or server_of(act, name)
    asking = act.begin(resolver, name, kind, *options)
    query = act.hear_query(server, name, kind)
    act.labels.target(packets.parse(query).source, name)
    with act.muted(server) if silenced else nullcontext():
        act.pause(server)
        act.send(frame_for(query))
        return asking()


def forged_record(act):
    """The attacker's address under the name that was asked for."""
    return wire.record(wire.ASKED, act.kind, act.ttl, wire.rdata(act.kind, act.evil(act.kind)))


def bare(act):
    """The forgery of an address: one record, no signature."""
    return lambda query: act.reply(query, [forged_record(act)])


def denied(act, name):
    """The forgery of a name's absence: NXDOMAIN with an SOA of the attacker's making."""
    zone = act.world.zone_of(name).name
    times = "60 60 60 60"
    soa = wire.record(zone, "SOA", act.ttl, wire.rdata("SOA", f"ns.{zone} hostmaster.{zone} 1 {times}"))
    return lambda query: act.reply(query, authority=[soa], rcode=3)


def is_denied(name):
    """Holds for a message that says that a name does not exist."""
    def holds(message):
        asked = packets.question(message)
        return bool(asked) and asked[0] == name and message[3] & 0x0F == 3

    return holds


def has_address(act, kind):
    """Holds for an answer with the attacker's address."""
    return lambda answer: act.evil(kind) in answer.text


def deceive(act, resolver, name, kind, frame_for=None, took=None, **how):
    """A race that the attacker wins: the client gets what was forged, the attacker's address unless `took` knows it by
    something else; `act.labels.poison` has then to be told too."""
    if not took:
        act.labels.poison(wire.rdata(kind, act.evil(kind)))
        took = has_address(act, kind)
    answer = race(act, resolver, name, kind, frame_for or bare(act), **how)
    insist(took(answer), "the forgery did not win", answer)
    act.labels.success = True


def survive(act, resolver, name, kind, frame_for, took=None, options=("+dnssec",)):
    """A race in which the resolver throws the forgery away and finds the true answer."""
    answer = race(act, resolver, name, kind, frame_for, options=options)
    insist(answer.status == "NOERROR" and not (took or has_address(act, kind))(answer), "the resolver was deceived",
           answer)
    return answer


def aftermath(act, resolver, name, kind, took=None):
    """Two more clients get what is in the cache; one of them connects to the attacker's address if that was forged; then
    the cache is emptied and the true answer comes."""
    time.sleep(LATER_SECONDS)
    for host in ("client2", "client3"):
        answer = act.ask(resolver, name, kind, host=host)
        insist((took or has_address(act, kind))(answer), "the forgery is not in the cache", answer)
    if not took:
        act.visit(act.rng.choice(("client2", "client3")), act.evil(kind))
    act.flush(resolver)
    answer = act.ask(resolver, name, kind, host=act.rng.choice(("client", "client2")))
    insist(answer.status == "NOERROR" and not (took or has_address(act, kind))(answer), "no recovery", answer)


def insist(condition, what, answer):
    """Fails with the answer unless something is so."""
    if not condition:
        raise LabError(f"{what}:\n{answer.text}")
