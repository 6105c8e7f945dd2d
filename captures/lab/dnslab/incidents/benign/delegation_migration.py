"""A zone moves to another name server: its parent and the zone itself say so at once, and the old TTL is waited for."""

import time

from ...net import ipv4
from .. import messages
from ..responder import Reply, Responder, own_address, steady
from ..stub import ask, fresh
from .setting import insist, ordinary, usual

TTL = 1
"""Seconds that the old name servers may be kept for."""


class Moving:
    """A zone with one name server at a time."""

    def __init__(self, zone):
        self.zone = zone
        self.serial = 1
        self.hosts = {"ns1." + zone: "even"}

    def authority(self):
        """Its NS RRset."""
        return [messages.nameserver(self.zone, name, TTL) for name in self.hosts]

    def glue(self):
        """The addresses of its servers."""
        return [messages.address(ipv4(host), TTL, name) for name, host in self.hosts.items()]

    def parent(self, query):
        """The parent's referral."""
        if query.name.endswith(self.zone):
            return [Reply(messages.response(query.payload, (), self.authority(), self.glue(), flags=0))]
        return steady(query)

    def own(self, query):
        """What the zone says itself."""
        if query.asks("NS"):
            return [Reply(messages.response(query.payload, self.authority(), (), self.glue()))]
        if query.asks("SOA") and query.name == self.zone:
            return [Reply(messages.response(query.payload, [messages.soa(self.zone, self.serial)]))]
        if not query.asks("A"):
            return [Reply(messages.response(query.payload, authority=[messages.soa(self.zone, self.serial)]))]
        text = ipv4(self.hosts[query.name]) if query.name in self.hosts else own_address(query.name)
        return [Reply(messages.response(query.payload, [messages.address(text, TTL)],
                                        self.authority(), self.glue()))]


def play(act):
    """The data stay; the server and its address change."""
    ordinary(act)
    moving = Moving(fresh(act, "odd.lab."))
    names = [f"{label}.{moving.zone}" for label in ("www", "mail", "api", "img")]
    with Responder(act, "odd", moving.parent), Responder(act, "even", moving.own), \
            Responder(act, "third", moving.own) as target:
        usual(act)
        look(act, moving, names, "even")
        insist(not target.asked, "it has moved already")
        moving.hosts = {"ns2." + moving.zone: "third"}
        moving.serial += 1
        time.sleep(TTL + 0.5)
        look(act, moving, names, "third")
        insist(target.asked, "nobody noticed")


def look(act, moving, names, host):
    """The parent, the server, and a resolver are asked."""
    for name in names:
        ask(act, "open", name, host=act.rng.choice(("client", "client2")))
    ask(act, "odd", names[0])
    ask(act, host, moving.zone, "NS")
    ask(act, host, moving.zone, "SOA")
