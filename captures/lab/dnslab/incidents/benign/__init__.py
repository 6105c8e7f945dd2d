"""Odd but honest traffic: look-alikes of attacks, of which nothing of medium or above should be said."""

from importlib import import_module

from .setting import ZONES

NAMES = """
resend-fast resend-slow resend-new-id cdn-per-query round-robin ttl-zero late-answer two-resolvers two-authorities
anycast-ttls route-change fragments-in-order fragments-reversed fragments-repeated mirror-one-hop mirror-two-hops
vlan-mirror mid-start loss-5 loss-20 responses-lost out-of-order busy-mix negative-then-positive ttl-countdown
servfail-then-answer tc-then-tcp edns-fallback key-rollover resigned-zone data-change split-horizon nat-port-rewrite
multihomed-server case-folding cookies-anycast gateway-id-zero water-torture prefetch-duplicates dns64 filtered
ipid-habits tcp-pipelining big-glue cname-chain delegation-migration backscatter
""".split()

SCENARIOS = {name: import_module(f"{__name__}.{name.replace('-', '_')}") for name in NAMES}
"""By name, in the order in which they are played."""

for module in SCENARIOS.values():
    module.ZONES = ZONES
