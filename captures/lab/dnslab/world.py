"""A whole small DNS: signs the zones of a scenario, starts their servers and the two resolvers, and waits for them."""

import os
from contextlib import ExitStack

from .host import LabError, wait_until
from .net import ipv4
from .servers import Bind, BindResolver, Knot, Nsd, Unbound
from .signing import sign_offline
from .zones import Tree

DAEMONS = {"root": Nsd, "nsd": Nsd, "knot": Knot, "bind": Bind}
"""The daemon of each authority's host."""


class World:
    """A context manager; leaves all processes ended."""

    def __init__(self, network, directory, zones):
        self.network = network
        self.directory = directory
        self.tree = Tree(zones)
        self.anchors = os.path.join(directory, "anchors")
        self.processes = {}
        self.stack = ExitStack()

    def __enter__(self):
        with self.stack as stack:
            self._start()
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def _start(self):
        """Signs from the leaves to the root, then starts authorities, then resolvers."""
        authorities = self._authorities()
        self._sign(authorities)
        self._write_anchors()
        for host, server in authorities.items():
            self._run(host, server)
        for zone in self.tree.zones:
            wait_until(lambda zone=zone: self._serves(zone), f"{zone.name} on {zone.host}",
                       process=self.processes[zone.host])
        self.start_resolver("resolver")
        self.start_resolver("open")

    def _authorities(self):
        """One server a host that has zones; every zone's file is known before it is written."""
        authorities = {}
        for host, daemon in DAEMONS.items():
            files = {zone: os.path.join(self.directory, "zones-" + host, zone.file, "signed")
                     for zone in self.tree.served_by(host)}
            if files:
                authorities[host] = daemon(self.network, host, os.path.join(self.directory, host), files)
        return authorities

    def _sign(self, authorities):
        """Writes every zone file, children before parents."""
        for zone in self.tree.deepest_first():
            text = zone.text(self.tree.children(zone))
            path = authorities[zone.host].files[zone]
            if zone.signer in ("bind", "ldns"):
                sign_offline(zone, text, os.path.dirname(path))
                continue
            if zone.signer in ("knot", "online"):
                authorities[zone.host].make_keys(zone)
            os.makedirs(os.path.dirname(path))
            with open(path, "w", encoding="ascii") as file:
                file.write(text)

    def _write_anchors(self):
        """The trust anchors of the scenario: the root's DS lines."""
        root = next(zone for zone in self.tree.zones if zone.name == ".")
        with open(self.anchors, "w", encoding="ascii") as file:
            file.writelines(line.replace(" DS ", " IN DS ") + "\n" for line in root.ds)

    def _run(self, name, server):
        process = self.stack.enter_context(server.start())
        self.processes[name] = process
        return process

    def _serves(self, zone):
        """Whether the zone's server answers for it, with signatures if it signs while it serves."""
        said = self._dig(zone.host, "+dnssec", "+norecurse", zone.name, "SOA")
        return "status: NOERROR" in said and " SOA " in said.replace("\t", " ") \
            and (zone.signer not in ("knot", "online") or "RRSIG" in said)

    def start_resolver(self, host):
        """Starts Unbound on a host, `resolver` with the anchors and `open` without; waits until it answers."""
        directory = os.path.join(self.directory, host)
        if host in self.processes or os.path.exists(directory):
            raise LabError(f"{host} has been started already")
        anchors = self.anchors if host == "resolver" else None
        tcp_zones = [zone for zone in self.tree.zones if zone.tcp]
        process = self._run(host, Unbound(self.network, host, directory, anchors, tcp_zones))
        wait_until(lambda: self._alive(host), host, process=process)

    def start_second(self):
        """Starts BIND as another resolver with the anchors, on the host `second`; waits until it answers."""
        directory = os.path.join(self.directory, "second")
        process = self._run("second", BindResolver(self.network, "second", directory, self.anchors))
        wait_until(lambda: self._alive("second"), "second", process=process)

    def _alive(self, host):
        """Whether a resolver answers a question that needs no other server."""
        return "status:" in self._dig(host, "version.bind", "TXT", "CH")

    def _dig(self, host, *arguments):
        """What dig prints about a question to a host that may not be up yet."""
        return self.network.run("client", "dig", f"@{ipv4(host)}", "+tries=1", "+timeout=1", *arguments, check=False)
