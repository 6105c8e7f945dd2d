"""The tree of zones of a scenario: what is in them, who serves and signs them, how they hang together."""

import re
from dataclasses import dataclass, field
from typing import Callable, Optional

from . import net

TTL = 3600


@dataclass(frozen=True)
class Denial:
    """How a zone proves that something does not exist: NSEC, or NSEC3 with these parameters (RFC 5155)."""
    nsec3: bool = False
    salt: str = "-"
    iterations: int = 0
    opt_out: bool = False


NSEC = Denial()
NSEC3 = Denial(nsec3=True)


@dataclass(eq=False)
class Zone:
    """One zone; `records` are zone-file lines relative to its origin, without SOA, NS and delegations."""
    name: str
    host: str
    signer: Optional[str] = None
    algorithm: int = 13
    digests: tuple = (2,)
    denial: Denial = NSEC
    records: str = ""
    window: str = "now"
    spoil: Optional[Callable] = None
    """Damages the signed zone; gets a `Spoiler`."""
    hidden_zone_key: bool = False
    """The DNSKEY RRset, rightly signed, lacks the key that signed all else (ldns-signzone only)."""
    revoked: Optional[str] = None
    """A second KSK signs beside the first one, and is revoked: that of the DS (`named`) or the other (`other`); BIND's
    signer only."""
    delegation: Optional[Callable] = None
    """Changes the DS lines that the parent publishes."""
    transfer: bool = False
    """Whether anybody may transfer the zone (BIND only), each record in a message of its own."""
    tcp: bool = False
    """The resolvers ask its server over TCP alone."""
    ds: list = field(default_factory=list)

    def __post_init__(self):
        self.nameserver = "ns." + self.name.lstrip(".")

    @property
    def file(self):
        """A safe name for this zone's files."""
        return re.sub(r"[^a-z0-9.-]", "_", self.name.strip(".")) or "root"

    def delegation_lines(self):
        """What the parent holds about this zone: NS, glue and DS, with absolute names."""
        ds = self.delegation(self.ds) if self.delegation else self.ds
        return [f"{self.name} NS {self.nameserver}"] + self._glue() + ds

    def apex_lines(self):
        """SOA and NS with its addresses."""
        soa = f"{self.name} SOA {self.nameserver} hostmaster.{self.name.lstrip('.')} 1 7200 3600 1209600 300"
        return [soa, f"{self.name} NS {self.nameserver}"] + self._glue()

    def _glue(self):
        return [f"{self.nameserver} A {net.ipv4(self.host)}", f"{self.nameserver} AAAA {net.ipv6(self.host)}"]

    def text(self, children):
        """The zone file before signing."""
        lines = self.apex_lines() + [line for child in children for line in child.delegation_lines()]
        return f"$ORIGIN {self.name}\n$TTL {TTL}\n" + "\n".join(lines) + "\n" + self.records.strip() + "\n"


def within(name, zone):
    """Whether a name is at or below a zone."""
    return zone == "." or name == zone or name.endswith("." + zone)


class Tree:
    """All the zones of a scenario."""

    def __init__(self, zones):
        self.zones = zones

    def parent(self, zone):
        """The zone that delegates this one, None for the root."""
        above = [other for other in self.zones if other is not zone and within(zone.name, other.name)]
        return max(above, key=_depth, default=None)

    def children(self, zone):
        """The zones that a zone delegates."""
        return [other for other in self.zones if self.parent(other) is zone]

    def deepest_first(self):
        """An order in which every DS is known before the parent is written."""
        return sorted(self.zones, key=_depth, reverse=True)

    def served_by(self, host):
        """The zones of one server."""
        return [zone for zone in self.zones if zone.host == host]


def _depth(zone):
    """How many labels a zone's name has."""
    return zone.name.strip(".").count(".") + 1 if zone.name != "." else 0
