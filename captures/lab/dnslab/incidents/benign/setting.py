"""What the look-alikes need of the world: their zones, ordinary traffic, another resolver, a zone that changes."""

import os
import tempfile
from contextlib import contextmanager

from ...host import LabError, wait_until
from ...net import ipv4
from ...servers import Unbound
from ...zones import NSEC3, Zone
from .. import wire
from ..act import CLIENTS
from ..stub import Stub, ask, fresh

LONG = '" "'.join(["0123456789" * 20] * 12)
"""Too long for an unfragmented answer over UDP."""
WIDE = '" "'.join(["0123456789" * 20] * 8)
"""Too long for 1,232 octets."""
COUNTED = "".join(f"w{number} A 198.51.100.{100 + number}\n" for number in range(40))
HOSTS = f"""
www A 198.51.100.80
mail A 198.51.100.25
pool A 198.51.100.20
pool A 198.51.100.21
pool A 198.51.100.22
pool A 198.51.100.23
pool A 198.51.100.24
long TXT "{LONG}"
wide TXT "{WIDE}"
{COUNTED}"""
DELEGATIONS = f"""
odd NS ns.odd
ns.odd A {ipv4('odd')}
pair NS ns1.pair
pair NS ns2.pair
ns1.pair A {ipv4('odd')}
ns2.pair A {ipv4('even')}
"""
"""The zones of the lab's own small servers, which are insecure."""

ZONES = [
    Zone("lab.", "bind", "bind", 13, records=DELEGATIONS),
    Zone("fair.test.", "bind", "bind", 13, records=HOSTS + "alias CNAME alias.level.test.\n"),
    Zone("calm.test.", "nsd", "ldns", 13, denial=NSEC3, records=HOSTS),
    Zone("level.test.", "knot", records=HOSTS + "alias CNAME www.calm.test.\n"),
    Zone("turn.test.", "knot", "knot", 13, records=HOSTS),
]
AUTHORITIES = {"fair.test.": "bind", "calm.test.": "nsd", "level.test.": "knot"}
"""The zones that stay as they are, and the host of each."""


def ordinary(act):
    """What comes before: the chains of trust, and a few names, through a resolver."""
    act.warm("www.lab.", *act.pick("signed.test.", 2), *act.pick("unsigned.test.", 2))


def usual(act, server="odd", zone="odd.lab.", count=8):
    """Honest questions to a server, directly and through a resolver: what is normal for it."""
    for number, name in enumerate(fresh(act, zone, count)):
        ask(act, "open" if number % 4 == 3 else server, name, host=act.rng.choice(CLIENTS))


def chain(act, zone, server):
    """What a validator asks a zone's server, and through a resolver about the zone."""
    for kind in ("DNSKEY", "SOA", "NS"):
        ask(act, server, zone, kind, dnssec=True)
        ask(act, "open", zone, kind, dnssec=True)
    ask(act, "open", zone, "DS", dnssec=True)


def traffic(act, count, together=8):
    """Honest questions of several clients to both resolvers and to the authorities, some at a time."""
    for first in range(0, count, together):
        stubs = [Stub(act, act.rng.choice(CLIENTS), ip=act.rng.choice((4, 4, 6)))
                 for _ in range(min(together, count - first))]
        for stub in stubs:
            question(act, stub)
        finish(stubs)


def question(act, stub):
    """One question like many."""
    rng = act.rng
    zone = rng.choice(list(AUTHORITIES))
    name = fresh(act, zone) if rng.random() < 0.15 else f"{rng.choice(('www', 'mail', f'w{rng.randrange(40)}'))}.{zone}"
    server = rng.choice(("open", "open", "resolver", AUTHORITIES[zone]))
    stub.send(server, name, rng.choice(("A", "A", "AAAA")), dnssec=rng.random() < 0.3)


def finish(stubs):
    """Waits for an answer to each, and closes them."""
    for stub in stubs:
        with stub:
            stub.receive()


@contextmanager
def resolver(act, **more):
    """Another Unbound on the host `special`, with further lines of configuration."""
    directory = os.path.join(tempfile.mkdtemp(dir=act.world.directory), "special")
    with Unbound(act.network, "special", directory, **more).start() as process:
        wait_until(lambda: _alive(act), "the other resolver", process=process)
        yield


def _alive(act):
    """Whether the other resolver answers a question that needs no other server."""
    try:
        with Stub(act) as stub:
            stub.send("special", "localhost.")
            return bool(stub.receive(seconds=0.2))
    except (LabError, OSError):
        return False


def knot(act, program, *arguments):
    """A command to the running Knot (`knotc`) or about its keys (`keymgr`)."""
    configuration = os.path.join(act.world.directory, "knot", "knot.conf")
    return act.network.run("knot", program, "-c", configuration, *arguments)


def change(act, zone, *commands):
    """Changes a zone of Knot's in one step; each command is `zone-set` or `zone-unset` and what follows its zone."""
    knot(act, "knotc", "-b", "zone-begin", zone)
    for verb, *rest in commands:
        knot(act, "knotc", "-b", verb, zone, *rest)
    knot(act, "knotc", "-b", "zone-commit", zone)


def insist(true, what):
    """A look-alike that is not what it says is of no use."""
    if not true:
        raise LabError(what)


def cookie(act):
    """A client's cookie as an option (RFC 7873 §4.1)."""
    return wire.option(wire.COOKIE, act.rng.randbytes(8))


def mixed_case(act, name):
    """The name with each letter in random case (0x20)."""
    return "".join(act.rng.choice((letter.upper(), letter.lower())) for letter in name)
