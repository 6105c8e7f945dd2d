"""Network namespaces, one a host, each joined by a veth pair to one bridge that floods like a hub.

    client 192.0.2.2  resolver .53  open .54  second .55  attacker .66    root .101  nsd .102  knot .103  bind .104
      |                 |             |         |           |               |          |         |          |
      +-----------------+-------------+---------+-----------+-- br0 (switch) +----------+---------+----------+

A hub lets the attacker hear every query, and the capture on br0 see every frame exactly once.
"""

import ctypes
import os
import re
import sys
from contextlib import contextmanager

from .host import LabError, command

HOSTS = {
    "client": 2,
    "resolver": 53,
    "open": 54,
    "second": 55,
    "attacker": 66,
    "root": 101,
    "nsd": 102,
    "knot": 103,
    "bind": 104,
}
"""The last octet of each host's addresses."""

INCIDENT_HOSTS = {
    "client2": 3,
    "client3": 4,
    "caps": 56,
    "fixed": 57,
    "forward": 58,
    "naive": 59,
    "patient": 60,
    "special": 61,
    "evil": 67,
    "odd": 105,
    "even": 106,
    "third": 107,
}
"""Further hosts of the incident series: clients, resolvers with habits of their own, and the host of forged addresses."""

OCTETS = HOSTS | INCIDENT_HOSTS

CLONE_NEWNET = 0x40000000
INTERFACE = "eth0"
BRIDGE = "br0"
OFFLOAD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "offload.py")


def ipv4(host):
    """A host's IPv4 address (TEST-NET-1, RFC 5737)."""
    return f"192.0.2.{OCTETS[host]}"


def ipv6(host):
    """A host's IPv6 address (documentation prefix, RFC 3849)."""
    return f"2001:db8::{OCTETS[host]}"


def mac(host):
    """A host's Ethernet address (locally administered)."""
    return f"02:00:00:00:00:{OCTETS[host]:02x}"


def sweep():
    """Removes the namespaces of labs that were killed before they could clean up."""
    for name in command("ip", "netns", "list").split():
        match = re.fullmatch(r"dnslab(\d+)-\w+", name)
        if match and not os.path.exists(f"/proc/{match[1]}"):
            command("ip", "netns", "delete", name, check=False)


def set_namespace(file):
    """Moves this thread into the network namespace that an open file stands for (setns(2))."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(file.fileno(), CLONE_NEWNET) != 0:
        raise LabError(f"setns: {os.strerror(ctypes.get_errno())}")


class Network:
    """The hosts of one scenario; a context manager that always takes the namespaces away again."""

    def __init__(self, hosts=HOSTS):
        self.hosts = hosts
        self.prefix = f"dnslab{os.getpid()}-"
        self.made = []

    def __enter__(self):
        try:
            self._build()
        except BaseException:
            self._destroy()
            raise
        return self

    def __exit__(self, *_):
        self._destroy()

    def namespace(self, host):
        """The name of a host's namespace (`switch` is the bridge's)."""
        return self.prefix + host

    def inside(self, host, *arguments):
        """The arguments that run a command on a host."""
        return ["ip", "netns", "exec", self.namespace(host), *arguments]

    def run(self, host, *arguments, **options):
        """Runs a command on a host to its end."""
        return command(*self.inside(host, *arguments), **options)

    @contextmanager
    def entered(self, host):
        """Sockets that this thread opens in the block belong to a host, and stay there."""
        with open("/proc/thread-self/ns/net", "rb") as home, open(f"/run/netns/{self.namespace(host)}", "rb") as away:
            set_namespace(away)
            try:
                yield
            finally:
                set_namespace(home)

    def _build(self):
        sweep()
        self._add("switch")
        self._ip("switch", "link", "add", BRIDGE, "address", "02:00:00:00:00:fe", "type", "bridge")
        self._ip("switch", "link", "set", BRIDGE, "type", "bridge", "ageing_time", "0", "mcast_snooping", "0")
        self._ip("switch", "link", "set", BRIDGE, "up")
        for host in self.hosts:
            self._attach(host)

    def _attach(self, host):
        """Gives a host its namespace, its cable to the bridge and its addresses."""
        self._add(host)
        self._ip("switch", "link", "add", host, "type", "veth", "peer", "name", INTERFACE, "address", mac(host),
                 "netns", self.namespace(host))
        self._ip("switch", "link", "set", host, "master", BRIDGE, "up")
        self._ip(host, "address", "add", f"{ipv4(host)}/24", "dev", INTERFACE)
        self._ip(host, "address", "add", f"{ipv6(host)}/64", "dev", INTERFACE, "nodad")
        self._ip(host, "link", "set", "lo", "up")
        self._ip(host, "link", "set", INTERFACE, "up")
        self.run(host, sys.executable, OFFLOAD, INTERFACE)

    def _add(self, host):
        command("ip", "netns", "add", self.namespace(host))
        self.made.append(host)

    def _ip(self, host, *arguments):
        command("ip", "-netns", self.namespace(host), *arguments)

    def _destroy(self):
        failed = []
        for host in reversed(self.made):
            try:
                command("ip", "netns", "delete", self.namespace(host))
            except LabError as error:
                failed.append(str(error))
        self.made = []
        if failed:
            raise LabError("\n".join(failed))
