"""tshark as an independent reader of the set: the same messages as in the plain capture, or what should be left."""

import collections
import os
import subprocess

from .variant import ranges

FIELDS = ("dns.id", "dns.flags.response", "dns.count.answers", "dns.qry.name", "ip.addr", "ipv6.addr")
"""What is compared; where a frame has several messages, each field has several values."""
HOSTS = ("192.0.2.", "2001:db8::")
"""How the addresses of the exchange begin, unlike those of its carriers."""
OPTIONS = ("ip.defragment:TRUE", "ipv6.defragment:TRUE", "tcp.desegment_tcp_streams:TRUE",
           "tcp.reassemble_out_of_order:TRUE", "tcp.check_checksum:FALSE", "dns.desegment_dns_messages:TRUE",
           "udp.check_checksum:FALSE")


def messages(path):
    """How often each message is in a capture, in tshark's eyes."""
    command = ["tshark", "-r", path, "-2", "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=|", "-Y", "dns"]
    command += [word for option in OPTIONS for word in ("-o", option)]
    command += [word for field in FIELDS for word in ("-e", field)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    found = collections.Counter()
    for line in done.stdout.splitlines():
        identifiers, responses, counts, names, *addresses = [column.split("|") for column in line.split("\t")]
        ends = tuple(sorted({address for column in addresses for address in column if address.startswith(HOSTS)}))
        found.update((*message, ends) for message in zip(identifiers, responses, counts))
        # A message may have no question, as the later ones of a transfer: names are counted on their own.
        found.update(name for name in names if name)
    return found, done.stderr


def size(found):
    """How many messages there are."""
    return sum(count for key, count in found.items() if isinstance(key, tuple))


def compare(plain, folder, exchange, variants):
    """Says for each variant how tshark's messages differ from those expected; a status for the shell."""
    whole, _ = messages(plain)
    if size(whole) != len(exchange.messages):
        print(f"plain: tshark finds {size(whole)} messages, the lab {len(exchange.messages)}")
        return 1
    different = 0
    for variant in variants:
        found, said = collections.Counter(), ""
        for path in variant.files:
            more, errors = messages(os.path.join(folder, path))
            found += more
            said += errors
        left = len(exchange.messages) - len(variant.lost)
        if (found != whole) if not variant.lost and not variant.cut else (size(found) != left):
            different += 1
            print(f"{variant.name}: {size(found)} messages, {left} expected (lost {ranges(variant.lost)}, cut "
                  f"{ranges(variant.cut)}); missing {size(whole - found)}, more {size(found - whole)}"
                  f" {said.strip().splitlines()[-1:]}")
    print(f"{len(variants)} variants, {different} different")
    return 1 if different else 0
