"""Two servers of one zone, of which one has not yet fetched the newest version: other data, other serial."""

from .. import messages
from ..responder import Reply, Responder, own_address, steady
from ..stub import ask, fresh
from .setting import ordinary, usual

ZONE = "pair.lab."


def play(act):
    """Each is asked directly and by the resolver; then the second one has caught up."""
    ordinary(act)
    serial = act.rng.randrange(1000, 2000)
    changed = fresh(act, ZONE, 4)
    caught_up = []

    def server(has_newest):
        def behave(query):
            newest = has_newest or caught_up
            if query.asks("SOA"):
                return [Reply(messages.response(query.payload, [messages.soa(ZONE, serial + bool(newest))]))]
            if query.name in changed and query.asks("A") and newest:
                return [Reply(query.answer("203.0.113." + own_address(query.name).rsplit(".", 1)[1]))]
            return steady(query)
        return behave

    with Responder(act, "odd", server(True)), Responder(act, "even", server(False)):
        usual(act, "odd", ZONE)
        usual(act, "even", ZONE)
        for step in range(2):
            for host in ("odd", "even"):
                ask(act, host, ZONE, "SOA")
                for name in changed:
                    ask(act, host, name)
            ask(act, "open", changed[step])
            ask(act, "resolver", changed[2 + step], host="client2")
            caught_up.append(step)
