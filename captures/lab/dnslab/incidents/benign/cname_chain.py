"""An alias over three zones on three servers: the resolver's answer holds records of all of them."""

from .setting import insist


def play(act):
    """Signed, unsigned, signed; with and without signatures."""
    act.warm("www.fair.test.", "www.level.test.", "www.calm.test.")
    for server in ("resolver", "open"):
        for options in ((), ("+dnssec",)):
            for host in ("client", "client2"):
                answer = act.ask(server, "alias.fair.test.", "A", *options, host=host)
                insist("198.51.100.80" in answer.text, f"the chain does not end:\n{answer.text}")
    for server, name in (("bind", "alias.fair.test."), ("knot", "alias.level.test."), ("nsd", "www.calm.test.")):
        act.ask(server, name, "A", "+norecurse")
