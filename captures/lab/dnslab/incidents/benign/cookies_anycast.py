"""Nodes behind one address of which one knows no cookies: they come and go (RFC 7873 §5.3)."""

from .. import messages, wire
from ..responder import Reply, Responder, own_address
from ..stub import ask, fresh
from .setting import cookie, insist, ordinary


def play(act):
    """A client that always sends its cookie; the nodes take turns as the seed says."""
    ordinary(act)
    rng = act.rng
    secret = rng.randbytes(8)
    said = []

    def behave(query):
        with_cookies = rng.random() < 0.7
        said.append(with_cookies)
        sent = wire.cookie(query.payload)
        options = wire.option(wire.COOKIE, sent + secret) if with_cookies else b""
        answer = messages.address(own_address(query.name))
        reply = Reply(messages.response(query.payload, [answer], options=options))
        reply.ttl = 58 if with_cookies else 55
        return [reply]

    own = cookie(act)
    with Responder(act, "odd", behave):
        for name in fresh(act, "odd.lab.", 30):
            ask(act, "odd", name, options=own)
    insist(0 < sum(said) < len(said), "one node answered everything")
