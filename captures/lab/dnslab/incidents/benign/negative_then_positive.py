"""A name that does not exist yet, and then does: its record was added between two questions."""

import time

from .. import messages
from ..responder import Reply, Responder, steady
from ..stub import ask, fresh
from .setting import change, insist, usual


def play(act):
    """On a real server, seen directly; and at a small one through a resolver that kept the denial for a second."""
    act.warm("www.level.test.")
    names = fresh(act, "level.test.", 2)
    for name in names:
        insist(messages.rcode(ask(act, "knot", name)) == messages.NXDOMAIN, f"{name} is there already")
    change(act, "level.test.", *(("zone-set", name, "300", "A", "198.51.100.77") for name in names))
    through_resolver(act)
    for name in names:
        insist(messages.rcode(ask(act, "knot", name)) == messages.NOERROR, f"{name} is not there")
        ask(act, "open", name)


def through_resolver(act):
    """The same within the time that a resolver keeps a denial."""
    added = []
    name = fresh(act, "odd.lab.")

    def behave(query):
        if query.name == name and not added:
            authority = [messages.soa("odd.lab.", ttl=1)]
            return [Reply(messages.response(query.payload, authority=authority, rcode=messages.NXDOMAIN))]
        return steady(query)

    with Responder(act, "odd", behave):
        usual(act)
        ask(act, "open", name)
        ask(act, "open", name, host="client2")
        added.append(name)
        time.sleep(1.2)
        ask(act, "open", name)
        ask(act, "open", name, host="client2")
