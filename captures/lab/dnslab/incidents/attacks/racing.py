"""What the races have in common."""

import time

from .. import wire
from ...host import LabError
from ...packets import parse

LATER_SECONDS = 1.2
"""Long enough that the TTL of a cached answer has gone down when it is asked for again."""


def race(act, resolver, name, kind, frame_for, host="client", options=(), server=None):
    """A client asks, the resolver asks the zone's server, and the attacker answers first with `frame_for(query)`.
    Returns the client's answer."""
    server = server or act.world.zone_of(name).host
    asking = act.begin(resolver, name, kind, *options, host=host)
    query = act.hear_query(server, name, kind)
    act.labels.target(parse(query).source, name)
    act.pause(server)
    act.send(frame_for(query))
    return asking()


def bare(act, kind, ttl=None):
    """The forgery of an address: one record, the attacker's address, no signature."""
    data = wire.rdata(kind, act.evil(kind))
    return lambda query: act.reply(query, [wire.record(wire.ASKED, kind, act.ttl if ttl is None else ttl, data)])


def deceive(act, resolver, name, kind="A", frame_for=None, options=()):
    """A race that the attacker wins: the client gets the forged address."""
    act.labels.poison(wire.rdata(kind, act.evil(kind)))
    answer = race(act, resolver, name, kind, frame_for or bare(act, kind), options=options)
    insist(act.evil(kind) in answer.text, "the forgery did not win", answer)
    act.labels.success = True


def aftermath(act, resolver, name, kind="A"):
    """Two more clients get what is in the cache, one of them connects there; then the cache is emptied."""
    time.sleep(LATER_SECONDS)
    for host in ("client2", "client3"):
        answer = act.ask(resolver, name, kind, host=host)
        insist(act.evil(kind) in answer.text, "the forgery is not in the cache", answer)
    act.visit(act.rng.choice(("client2", "client3")), act.evil(kind))
    recover(act, resolver, name, kind)


def recover(act, resolver, name, kind="A"):
    """The cache is emptied and the name asked again: the true answer."""
    act.flush(resolver)
    answer = act.ask(resolver, name, kind, host=act.rng.choice(("client", "client2")))
    insist(answer.status == "NOERROR" and act.evil(kind) not in answer.text, "no recovery", answer)


def insist(condition, what, answer):
    """Fails with the answer unless something is so."""
    if not condition:
        raise LabError(f"{what}:\n{answer.text}")
