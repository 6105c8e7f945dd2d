"""A small DNSSEC laboratory: real name servers in network namespaces, joined by a bridge that works as a hub."""
