"""Resolver and server use DNS cookies (RFC 7873); the forged answer has a wrong one."""

from . import racing
from .. import wire
from ... import packets
from ...host import LabError

KIND = "race"
COOKIE_OCTETS = 24
OPT_SIZE = 1232


def prepare(act):
    """BIND is the resolver that sends cookies."""
    act.world.start_second()


def play(act):
    """BIND drops an answer whose client cookie is not its own, and waits for the true one."""
    withstand(act, wire.option(wire.COOKIE, act.rng.randbytes(COOKIE_OCTETS)))


def withstand(act, options):
    """A race against a resolver that knows the server's cookie; the forged answer has these EDNS options."""
    name = racing.prelude(act, ("plain.test.", "sealed.test."), ("second",))

    def forge(query):
        if len(wire.cookie(packets.parse(query).payload)) < COOKIE_OCTETS:
            raise LabError("the resolver knows no cookie of the server's")
        marks = act.marks(query)
        marks.edns = marks.edns or OPT_SIZE
        return act.reply(query, [racing.forged_record(act)], marks=marks, options=options)

    racing.survive(act, "second", name, act.kind, forge, options=())
    answer = act.ask("second", name, act.kind, host="client2")
    racing.insist(act.evil(act.kind) not in answer.text, "the forgery is in the cache", answer)
    act.labels.success = False
