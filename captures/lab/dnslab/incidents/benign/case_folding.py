"""A server writes every question in lower case, whatever case the query has (0x20); others keep it."""

from ... import packets
from ..responder import Responder, changed, steady
from ..stub import ask, fresh
from .setting import insist, mixed_case, ordinary


def play(act):
    """Asked with mixed case from the first question on."""
    ordinary(act)

    def behave(query):
        replies = changed(steady(query), delay=0.001)
        for reply in replies:
            end = packets.question_end(reply.payload) - 4
            reply.payload = reply.payload[:12] + reply.payload[12:end].lower() + reply.payload[end:]
        return replies

    with Responder(act, "odd", behave):
        for name in fresh(act, "odd.lab.", 20):
            asked = mixed_case(act, name)
            answer = ask(act, "odd", asked, host=act.rng.choice(("client", "client2")))
            insist(packets.wire_name(name) in answer, f"{asked} was not folded")
    for number in range(10):
        name = mixed_case(act, f"w{number}.calm.test.")
        insist(packets.wire_name(name) in ask(act, "nsd", name), f"{name} was folded")
