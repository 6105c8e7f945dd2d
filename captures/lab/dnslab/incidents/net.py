"""The network of the incident series: the lab's hub with more hosts, and authorities that are some way off."""

import os
import socket
import sys

from .. import net
from ..host import Process, wait_until

FAR = {"root": 6, "bind": 11, "nsd": 16, "knot": 21}
"""The authorities, and for how many milliseconds a frame of theirs travels."""

HOPS = {"root": 5, "bind": 8, "nsd": 11, "knot": 13, "evil": 3}
"""How many routers stand between the hub and a host: as much lower are the times to live of its packets."""

INITIAL_TTL = 64
RELAY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "relay.py")
ORDER_SECONDS = 5


class WideNetwork(net.Network):
    """The hosts of the series; a relay, a process of its own, carries the frames of the far ones."""

    def __init__(self):
        super().__init__(hosts=net.OCTETS)
        self.control = None

    def _attach(self, host):
        super()._attach(host)
        if host in FAR:
            self._lengthen(host)
        if host in HOPS:
            ttl = INITIAL_TTL - HOPS[host]
            self.run(host, "sysctl", "-q", "-w", f"net.ipv4.ip_default_ttl={ttl}",
                     f"net.ipv6.conf.{net.INTERFACE}.hop_limit={ttl}")

    def _lengthen(self, host):
        """Takes a host's cable out of the bridge, and leads another pair there."""
        self._ip("switch", "link", "set", host, "nomaster", "down")
        self._ip("switch", "link", "set", host, "name", "far-" + host)
        self._ip("switch", "link", "add", "name", host, "type", "veth", "peer", "name", "way-" + host)
        self._ip("switch", "link", "set", host, "master", net.BRIDGE)
        for end in ("far-" + host, "way-" + host, host):
            self.run("switch", "sysctl", "-q", "-w", f"net.ipv6.conf.{end}.disable_ipv6=1")
            self._ip("switch", "link", "set", end, "promisc", "on", "up")

    def relay(self, directory):
        """Starts the relay; the caller ends it."""
        self.control = os.path.join(directory, "relay")
        ways = [f"{host}={delay}" for host, delay in FAR.items()]
        process = Process(self.inside("switch", sys.executable, RELAY, self.control, *ways), self.control + ".log")
        wait_until(lambda: os.path.exists(self.control), "the relay", process=process)
        return process

    def order(self, host, *words):
        """Changes the way to a far host: `delay` MILLISECONDS, `mute` or `hold` 1 or 0, `mtu` OCTETS."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            sock.bind(f"{self.control}-{os.urandom(4).hex()}")
            sock.settimeout(ORDER_SECONDS)
            sock.sendto(" ".join([host, *map(str, words)]).encode(), self.control)
            sock.recv(10)
