"""A server that knows no EDNS says FORMERR without OPT, and a resolver asks it again without (RFC 6891 §6.2.2)."""

from .. import messages, responder
from ..responder import Reply, Responder
from ..stub import ask, fresh
from .setting import insist, ordinary


def play(act):
    """All questions to it go that way; some servers leave the question out too."""
    ordinary(act)
    bare = act.rng.random() < 0.5

    def behave(query):
        if not query.payload[11]:
            return responder.steady(query)
        said = messages.response(query.payload, flags=0, rcode=messages.FORMERR, edns=False)
        return [Reply(said[:4] + bytes(8) if bare else said)]

    with Responder(act, "odd", behave) as server:
        for name in fresh(act, "odd.lab.", 6):
            answer = ask(act, "open", name)
            insist(messages.rcode(answer) == messages.NOERROR, f"{name}: no answer")
        for name in fresh(act, "odd.lab.", 4):
            ask(act, "odd", name, edns=False)
        insist(any(not query.payload[11] for query in server.asked), "nobody asked without EDNS")
