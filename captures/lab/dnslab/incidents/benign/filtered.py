"""A resolver refuses some names to its clients and says so with an extended error of RFC 8914 §4.16 to §4.18."""

from .. import messages, wire
from ..responder import Reply, Responder, own_address
from ..stub import ask, fresh
from .setting import insist, resolver, usual

BLOCKED, CENSORED, FILTERED = 15, 16, 17


def play(act):
    """A small resolver that denies, and an Unbound whose local zone does; the names are there for others."""
    act.warm("www.calm.test.")
    rng = act.rng
    code = rng.choice((BLOCKED, CENSORED, FILTERED))
    names = fresh(act, "odd.lab.", 4)

    def policy(query):
        refused = query.name in names or query.name == "www.calm.test."
        options = wire.option(messages.EDE, code.to_bytes(2, "big") + b"by policy") if refused else b""
        answers = [] if refused else [messages.address(own_address(query.name))]
        return [Reply(messages.response(query.payload, answers, flags=messages.RA, options=options,
                                        rcode=messages.NXDOMAIN if refused else messages.NOERROR))]

    with Responder(act, "odd"):
        usual(act)
        with Responder(act, "special", policy):
            for name in [*names, "www.calm.test.", *fresh(act, "odd.lab.", 4)]:
                ask(act, "special", name, dnssec=rng.random() < 0.5)
                ask(act, "open", name, host="client2")
        with resolver(act, settings='  local-zone: "calm.test." always_nxdomain\n'):
            for name in ("www.calm.test.", "mail.calm.test."):
                insist(messages.rcode(ask(act, "special", name, dnssec=True)) == messages.NXDOMAIN, "not filtered")
                ask(act, "open", name, host="client2", dnssec=True)
