"""Domain names in presentation format (RFC 1035 §5.1), as labels, and in wire form."""

import re

ESCAPE = re.compile(rb"\\(\d\d\d|.)|(\.)|([^\\.])", re.DOTALL)
PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-_*")


def labels(text):
    """The labels of a whole name in lower case, from the left."""
    found = [b""]
    for escaped, dot, plain in ESCAPE.findall(text.encode("ascii")):
        if dot:
            found.append(b"")
        else:
            found[-1] += bytes([int(escaped)]) if escaped.isdigit() and len(escaped) == 3 else escaped or plain
    return tuple(label.lower() for label in found if label)


def text(name):
    """Labels in presentation format, with every octet escaped that could mean something to anybody."""
    return "".join("".join(chr(octet) if octet in PLAIN else f"\\{octet:03d}" for octet in label) + "."
                   for label in name) or "."


def wire(name):
    """Labels in wire form."""
    return b"".join(bytes([len(label)]) + label for label in name) + b"\0"


def order(name):
    """The key of canonical order (RFC 4034 §6.1)."""
    return tuple(reversed(name))


def within(name, zone):
    """Whether a name is at or below another."""
    return len(name) >= len(zone) and name[len(name) - len(zone):] == zone
