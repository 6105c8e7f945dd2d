"""A name has a private address for those inside and a public one for others."""

from ...net import ipv4
from ..responder import Reply, Responder, only, own_address
from ..stub import ask, fresh
from .setting import resolver, usual


def play(act):
    """A server that looks at who asks, and a resolver with data of its own for the inside."""
    act.warm("www.level.test.")
    rng = act.rng
    names = fresh(act, "odd.lab.", 3)
    inside = {name: f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}" for name in names}

    def behave(query):
        is_inside = query.source in (ipv4("client"), ipv4("resolver"))
        return [Reply(query.answer(inside[query.name] if is_inside else own_address(query.name)))]

    local = f'  local-data: "www.level.test. 300 A 10.0.0.{rng.randrange(1, 255)}"\n'
    with resolver(act, settings=local), Responder(act, "odd", only(names, behave)):
        usual(act)
        for name in names:
            for host in ("client", "client2", "client3"):
                ask(act, "odd", name, host=host)
            ask(act, "open", name, host="client3")
            ask(act, "resolver", name, host="client")
        for server, host in (("special", "client"), ("open", "client2"), ("special", "client")):
            ask(act, server, "www.level.test.", host=host)
