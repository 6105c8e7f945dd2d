"""Referrals with many name servers and all their addresses: of the zone itself and of its sibling."""

from ...net import ipv4, ipv6
from .. import messages
from ..responder import Reply, Responder, own_address, steady
from ..stub import ask, fresh
from .setting import insist, ordinary, usual


def play(act):
    """A resolver follows them; whoever has the zone says the same servers."""
    ordinary(act)
    child, sibling = (fresh(act, "odd.lab.") for _ in range(2))
    servers = [*(f"ns{number}.{child}" for number in range(act.rng.randrange(4, 9))),
               *(f"ns{number}.{sibling}" for number in range(2))]
    authority = [messages.nameserver(child, server) for server in servers]
    additional = [messages.address(address, 3600, server) for server in servers
                  for address in (ipv4("even"), ipv6("even"))]

    def parent(query):
        if query.name.endswith(child):
            return [Reply(messages.response(query.payload, authority=authority, additional=additional, flags=0))]
        return steady(query)

    def own(query):
        if query.name in servers or not query.asks("A"):
            return [Reply(query.answer(ipv4("even")) if query.asks("A") else query.nothing(child))]
        answers = [messages.address(own_address(query.name))]
        return [Reply(messages.response(query.payload, answers, authority, additional))]

    with Responder(act, "odd", parent), Responder(act, "even", own) as children:
        usual(act)
        for name in [f"{label}.{child}" for label in ("www", "mail", "api", "img")]:
            insist(messages.addresses(ask(act, "open", name)), f"{name}: no address")
            ask(act, "odd", name)
        insist(children.asked, "nobody followed the referral")
