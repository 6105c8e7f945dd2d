"""Answers with the right ID and question from an address that was not asked; the resolver waits for the true ones."""

import socket

from .. import wire
from . import kaminsky
from ...net import ipv4, ipv6
from ...packets import IPV6
from .racing import insist

KIND = "race"
SOURCES = ("evil", "knot", "root")


def play(act):
    """About several names of a zone, from one host that is no server of it."""
    zone = kaminsky.zone(act)
    act.warm(*act.pick(zone, 8))
    source = act.rng.choice(SOURCES)
    for name in act.pick(zone, act.rng.randint(2, 5)):
        answer = kaminsky.strike(act, "open", name, lambda query: forgery(act, query, source))
        act.labels.target(act.address("open"), name)
        insist(act.evil() not in answer.text, "the resolver believed a host that it did not ask", answer)
    act.labels.success = False


def forgery(act, query, source):
    """The answer to the same query, had it gone to another host; with the marks that an answer of the server has."""
    marks = act.marks(query)
    data = wire.rdata("A", act.evil())
    return act.reply(asked_of(query, source), [wire.record(wire.ASKED, "A", act.ttl, data)], marks=marks)


def asked_of(query, host):
    """A query's frame as it would be to another host."""
    if int.from_bytes(query[12:14], "big") == IPV6:
        return query[:38] + socket.inet_pton(socket.AF_INET6, ipv6(host)) + query[54:]
    return query[:30] + socket.inet_pton(socket.AF_INET, ipv4(host)) + query[34:]
