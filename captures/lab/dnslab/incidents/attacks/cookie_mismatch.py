"""Resolver and server use DNS cookies (RFC 7873); the forged answer has none, or a wrong one."""

from . import racing
from .. import fingerprint, wire
from ... import packets
from ...host import LabError

KIND = "race"
COOKIE_OCTETS = 24
OPT_SIZE = 1232


def prepare(act):
    """BIND is the resolver that sends cookies."""
    act.world.start_second()


def play(act):
    """BIND throws an answer without the cookie away."""
    name = racing.prelude(act, ("plain.test.", "sealed.test."), ("second",))
    wrong = act.rng.random() < 0.5

    def forge(query):
        if len(wire.cookie(packets.parse(query).payload)) < COOKIE_OCTETS:
            raise LabError("the resolver knows no cookie of the server's")
        marks = act.marks(query, fingerprint.AUTHORITATIVE)
        marks.edns = marks.edns or OPT_SIZE
        options = wire.option(wire.COOKIE, act.rng.randbytes(COOKIE_OCTETS)) if wrong else b""
        return act.reply(query, [racing.forged_record(act)], marks=marks, options=options)

    racing.survive(act, "second", name, act.kind, forge, options=())
    answer = act.ask("second", name, act.kind, host="client2")
    racing.insist(act.evil(act.kind) not in answer.text, "the forgery is in the cache", answer)
    act.labels.success = False
