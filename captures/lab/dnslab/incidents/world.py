"""The one world of a series: its zones, its authorities, and resolvers of several habits."""

import os
import sys
from itertools import count

from .. import net
from ..host import Process, wait_until
from ..records import parse
from ..servers import BindResolver, Unbound
from ..world import World
from ..zones import Zone

WORDS = ("bank", "pay", "mail", "www", "login", "shop", "news", "cloud", "files", "api", "wiki", "vpn", "chat", "maps",
         "play", "code", "docs", "blog", "help", "home", "intra", "stats", "video", "photo", "music", "forum", "jobs",
         "events", "print", "time", "proxy", "store", "lab", "media", "static", "update", "backup", "portal", "radio",
         "travel")
"""The host names of every zone."""

HOSTS = "".join(f"{word} A 198.51.100.{number}\n{word} AAAA 2001:db8:100::{number:x}\n"
                for number, word in enumerate(WORDS, 1))
FORMER_HOSTS = ("198.51.100.", "198.51.103.")
"""The IPv4 network of today's addresses, and of those that the signed zone held when it was signed before."""

NAIVE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "naive.py")

CREDULOUS = "  iter-scrub-promiscuous: no\n  infra-cache-min-rtt: 900\n  prefer-ip4: yes\n"
"""Believes NS RRsets beside answers, as Unbound did before CVE-2025-11411, and waits 0.9 s before it asks again."""

RESOLVERS = {
    "resolver": {"validates": True},
    "open": {},
    "caps": {"settings": "  use-caps-for-id: yes\n"},
    "fixed": {"settings": "  outgoing-port-avoid: 0-65535\n  outgoing-port-permit: 40053\n" + CREDULOUS},
    "patient": {"settings": CREDULOUS},
}
"""Every Unbound of the world: whether it validates, further settings of its server clause, further clauses."""


class FormerVersions:
    """The signed zone as it was, with the same keys: what a replay repeats."""

    def __init__(self):
        self.older, self.expired = [], []

    def renew(self, spoiler):
        """The zone gets other addresses, the next serial and fresh signatures."""
        self.older = spoiler.records
        self.expired = spoiler.sign_at("expired")
        spoiler.records = spoiler.sign_at("now", lambda text: text.replace(*reversed(FORMER_HOSTS)).replace(
            " 1 7200 3600 ", " 2 7200 3600 "))


def zones(modules, former):
    """The zones that all scenarios share, and those that scenarios have for themselves (`ZONES`)."""
    shared = [
        Zone(".", "root", "bind", 13),
        Zone("test.", "bind", "bind", 13, records=f"evil NS ns.evil\nns.evil A {net.ipv4('evil')}\n"),
        Zone("signed.test.", "nsd", "ldns", 13, records=HOSTS.replace(*FORMER_HOSTS), window="older",
             spoil=former.renew),
        Zone("sealed.test.", "bind", "bind", 8, records=HOSTS),
        Zone("unsigned.test.", "nsd", records=HOSTS),
        Zone("plain.test.", "bind", records=HOSTS),
    ]
    return list(dict.fromkeys(shared + [zone for module in modules for zone in getattr(module, "ZONES", [])]))


class IncidentWorld(World):
    """Authorities behind a relay, all resolvers of `RESOLVERS`, and BIND as `second` for who asks for it."""

    def __init__(self, network, directory, modules):
        self.former = FormerVersions()
        super().__init__(network, directory, zones(modules, self.former))
        self.resolvers = {}
        self.generation = count()
        self.files = {}

    def _start(self):
        os.makedirs(self.directory)
        self._run_process("relay", self.network.relay(self.directory))
        super()._start()
        for host in RESOLVERS:
            if host not in self.resolvers:
                self.start_resolver(host)

    def _run_process(self, name, process):
        self.processes[name] = self.stack.enter_context(process)

    def start_resolver(self, host):
        """Starts one of `RESOLVERS`."""
        habits = RESOLVERS[host]
        server = Unbound(self.network, host, os.path.join(self.directory, host),
                         self.anchors if habits.get("validates") else None,
                         settings=habits.get("settings", ""), clauses=habits.get("clauses", ""))
        process = self._run(host, server)
        wait_until(lambda: self._alive(host), host, process=process)
        self.resolvers[host] = server

    def start_second(self):
        """Starts BIND as `second`, with an empty cache each time that it is called."""
        if "second" in self.processes:
            self.processes["second"].stop()
        directory = os.path.join(self.directory, f"second-{next(self.generation)}")
        process = self._run("second", BindResolver(self.network, "second", directory, self.anchors))
        wait_until(lambda: self._alive("second"), "second", process=process)

    def start_naive(self, ports):
        """Starts the resolver that believes everything, `ports` being how many it sends from; its cache is empty."""
        if "naive" in self.processes:
            self.processes["naive"].stop()
        servers = [f"{zone.name}={net.ipv4(zone.host)}" for zone in self.tree.zones]
        servers.append(f"evil.test.={net.ipv4('evil')}")
        log = os.path.join(self.directory, f"naive-{next(self.generation)}.log")
        process = Process(self.network.inside("naive", sys.executable, NAIVE, net.ipv4("naive"), net.ipv6("naive"),
                                              str(ports), *servers), log)
        self._run_process("naive", process)
        wait_until(lambda: "ready" in process.said(), "the naive resolver", process=process)

    def flush(self, *hosts):
        """Empties the caches of resolvers, of all if none is named."""
        for host in hosts or self.resolvers:
            self.resolvers[host].tell("flush_zone", ".")
            self.resolvers[host].tell("flush_infra", "all")

    def zone_of(self, name):
        """The deepest zone that holds a name."""
        return max((zone for zone in self.tree.zones if name == zone.name or name.endswith("." + zone.name.lstrip("."))),
                   key=lambda zone: len(zone.name))

    def ancestors(self, zone):
        """A zone and those above it, the root first."""
        above = self.tree.parent(zone)
        return (self.ancestors(above) if above else []) + [zone]

    def records(self, zone):
        """The records of a zone that was signed before it was served."""
        if zone.name not in self.files:
            with open(os.path.join(self.directory, "zones-" + zone.host, zone.file, "signed"), encoding="ascii") as file:
                self.files[zone.name] = parse(file.read())
        return self.files[zone.name]
