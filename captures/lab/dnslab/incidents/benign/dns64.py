"""A resolver makes AAAA records from A records (RFC 6147): its answers differ from those of the servers it asks."""

from ..responder import Responder
from ..stub import ask, fresh
from .setting import insist, resolver, usual
from .. import messages

TRANSLATE = """server:
  module-config: "dns64 iterator"
  dns64-prefix: 64:ff9b::/96
"""


def play(act):
    """AAAA of names with A only, through it and through another resolver."""
    act.warm("www.level.test.")
    with resolver(act, clauses=TRANSLATE), Responder(act, "odd"):
        usual(act)
        names = [*fresh(act, "odd.lab.", 5), "www.level.test.", "www.calm.test."]
        for name in names:
            made = ask(act, "special", name, "AAAA", host="client2")
            insist(messages.addresses(made, "AAAA"), f"{name}: nothing was made")
            ask(act, "open", name, "AAAA")
            ask(act, "special", name, "A", host="client2")
