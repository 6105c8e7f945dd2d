"""Every way in which the same exchange may come: containers, link types, carriers, pieces, and what damage leaves.

Each of `GROUPS` has `variants(exchange)`, which yields one `Variant` a case. All is computed from the plain capture
alone, without a clock and without chance.
"""

from . import carriers, compression, containers, fragments, leftovers, links, pcapng, transport, wireless

GROUPS = {
    "container": [containers, pcapng, compression],
    "link": [links, wireless],
    "carrier": [carriers],
    "reassembly": [fragments, transport],
    "left-over": [leftovers],
}
