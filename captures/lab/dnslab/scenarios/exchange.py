"""One small exchange, of which `captures/lab/variants` makes every container, link type, carrier and reassembly case."""

from ..net import ipv4, ipv6
from ..zones import Zone

FILTER = f"port 53 and (host {ipv4('client')} or host {ipv6('client')})"
"""Only what the client asks and hears, so that the exchange stays small."""

HOSTS = """
www A 198.51.100.80
www AAAA 2001:db8:1::80
bad A 198.51.100.66
text TXT "{text}"
long TXT "{long}"
""".format(text="0123456789" * 25 + '" "' + "abcdefghij" * 11, long='" "'.join(["0123456789" * 25] * 5))
"""`text` needs more than the 512 octets of RFC 1035, `long` more than the 1,232 that resolver and client allow."""


def zones():
    """A root, a signed zone with one wrong signature, and an unsigned zone that may be transferred."""
    return [
        Zone(".", "root", "ldns", 13),
        Zone("test.", "nsd", "ldns", 13, records=HOSTS, spoil=lambda zone: zone.flip_signature("bad", "A")),
        Zone("plain.test.", "bind", records="www A 198.51.100.81\n", transfer=True),
    ]


def ask(asker, world):
    """The chain over both IP versions, each kind of answer, then TCP: a large answer, three questions, a transfer."""
    bare = ["+nocookie"]
    asker.expect("secure", ".", "DNSKEY", options=bare)
    asker.expect("secure", "test.", "DS", options=bare, ip=6)
    asker.expect("secure", "test.", "DNSKEY", options=bare)
    asker.expect("secure", "www.test.", "A", options=bare, status="NOERROR")
    asker.expect("secure", "www.test.", "AAAA", options=bare, ip=6, status="NOERROR")
    asker.expect("secure", "nowhere.test.", "A", options=bare, ip=6, status="NXDOMAIN")
    asker.expect("secure", "text.test.", "TXT", options=bare)
    asker.expect("secure", "plain.test.", "DS", options=bare, status="NOERROR")
    asker.expect("insecure", "www.plain.test.", "A", options=bare, ip=6)
    asker.expect("bogus", "bad.test.", "A", options=bare, ede=6)
    asker.through_open("bad.test.", "A", options=bare)
    asker.expect("secure", "long.test.", "TXT", options=bare)
    asker.together("resolver", [("www.test.", "A"), ("www.test.", "AAAA"), ("test.", "DS")], *bare, ip=6)
    asker.transfer("bind", "plain.test.", *bare)
