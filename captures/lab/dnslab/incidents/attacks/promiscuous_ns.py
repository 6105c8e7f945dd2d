"""A race won with the true address: only the zone's servers beside it are others, and are asked from then on."""

from .. import wire
from ..evil import EvilServer, of_zone
from ..guessing import forged_data, takeover, true_address
from . import kaminsky
from ...net import ipv4
from .racing import insist

KIND = "out-of-bailiwick-takeover"


def play(act):
    """Two clients ask for other names of the zone afterwards."""
    zone = kaminsky.zone(act)
    act.warm(*act.pick(zone, 8), resolver="patient")
    forged_data(act)
    name, *others = act.pick(zone, 3)
    with EvilServer(act, of_zone(act, zone)):
        answer = kaminsky.strike(act, "patient", name, lambda query: forgery(act, query, name, zone))
        insist(true_address(name) in answer.text, "the forgery holds no true answer", answer)
        for other in others:
            kaminsky.victims(act, "patient", other)
    act.labels.target(ipv4("patient"), zone)


def forgery(act, query, name, zone):
    """The true answer with another NS RRset and its glue."""
    return act.reply(query, [wire.record(wire.ASKED, "A", act.ttl, wire.rdata("A", true_address(name)))],
                     *takeover(act, zone))
