"""Large answers in fragments over a narrow path, as a real server's kernel sends them."""

import os
import tempfile

from ...host import wait_until
from ...net import INTERFACE
from ...servers import Nsd
from ...zones import Zone
from ..stub import Stub, ask, fresh
from .setting import HOSTS, insist, ordinary

SIZE = 4096
"""Octets that server and client allow."""
ZONE = "pair.lab."
APEX = f"""$ORIGIN {ZONE}
$TTL 3600
@ SOA ns.{ZONE} hostmaster.{ZONE} 1 7200 3600 1209600 300
@ NS ns1
@ NS ns2
ns1 A 192.0.2.105
ns2 A 192.0.2.106
"""


class Generous(Nsd):
    """NSD that sends answers as large as it may."""

    def arguments(self):
        arguments = super().arguments()
        with open(arguments[-1], encoding="ascii") as file:
            text = file.read()
        sizes = f"  ipv4-edns-size: {SIZE}\n  ipv6-edns-size: {SIZE}\n"
        self.write("nsd.conf", text.replace("server:\n", "server:\n" + sizes))
        return arguments


def play(act):
    """The server's cable has an MTU drawn from the seed for the while."""
    ordinary(act)
    mtu = act.rng.choice((1280, 1400, 1492))
    directory = tempfile.mkdtemp(dir=act.world.directory)
    path = os.path.join(directory, "zone")
    with open(path, "w", encoding="ascii") as file:
        file.write(APEX + HOSTS)
    server = Generous(act.network, "even", os.path.join(directory, "nsd"), {Zone(ZONE, "even"): path})
    act.network.run("even", "ip", "link", "set", INTERFACE, "mtu", str(mtu))
    try:
        with server.start() as process:
            wait_until(lambda: os.path.exists(os.path.join(directory, "nsd", "pid")), "NSD", process=process)
            for name in fresh(act, ZONE, 8):
                ask(act, "even", name)
            for _ in range(2):
                for name in ("long." + ZONE, "wide." + ZONE):
                    ask_large(act, name, act.rng.choice((4, 6)))
    finally:
        act.network.run("even", "ip", "link", "set", INTERFACE, "mtu", "1500")


def ask_large(act, name, ip):
    """One question that allows a large answer."""
    with Stub(act, act.rng.choice(("client", "client2")), ip=ip) as stub:
        answer = stub.ask("even", name, "TXT", size=SIZE)
        insist(len(answer) > 1480, f"{name}: an answer without need of fragments")
