"""Names and texts that attack whoever prints them: pages, terminals, tables, shells."""

from ..zones import NSEC3, Zone

HOSTILE = [
    b"<script>alert(1)</script>",
    b"\"><img src=x onerror=alert(1)>",
    b"</title><svg/onload=alert(1)>",
    b"javascript:alert(1)",
    b"&lt;b&gt;&#60;",
    b"{{7*7}}${7*7}",
    b"\x1b[31mred\x1b[0m",
    b"\x1b]0;title\x07",
    b"\x9b31mC1",
    "\u202egpj.exe".encode(),
    "\u2028\u2029\u200b\ufeff".encode(),
    "bücher\U0001f600".encode(),
    b"nul\0byte",
    b"\0",
    b"cr\r\nlf\n",
    b"tab\tbackspace\b\b\bdelete\x7f",
    b"\xff\xfe\xc0\x80",
    b"quote\"apostrophe'backtick`",
    b"back\\slash\\\\",
    b"dot.inside.",
    b" spaces  around ",
    b"semi;colon(paren)@at$dollar",
    b"=cmd|'/C calc'!A0",
    b"../../etc/passwd",
    b"$(reboot);`reboot`",
    b"%s%n%08x",
    b"*",
    b"_",
    b"-",
    b"xn--a",
    b"\"event\":\"run\"}",
    b"\xff" * 63,
]

LONG = [b"\x01" * 63, b"\x1b" * 63, b"\\" * 63, b"\"" * 50]
"""With `names.test.` below it a name of 255 octets, most of them four characters each when printed."""

SPECIAL = b"\"().;\\@$"


def label_text(label):
    """A label in presentation format (RFC 1035 §5.1)."""
    return "".join("\\" + chr(octet) if octet in SPECIAL else chr(octet) if 0x21 <= octet <= 0x7E else f"\\{octet:03d}"
                   for octet in label)


def string_text(data):
    """A character string in presentation format."""
    return '"' + "".join("\\" + chr(octet) if octet in b'"\\' else chr(octet) if 0x20 <= octet <= 0x7E else
                         f"\\{octet:03d}" for octet in data) + '"'


SCRIPT_TLD = label_text(HOSTILE[0]) + "."
LONG_NAME = ".".join(map(label_text, LONG)) + ".names.test."


def records():
    """Each hostile label as an owner, and as the target and the text of other records."""
    lines = []
    for number, label in enumerate(HOSTILE):
        # `*` as a label of its own would be a wildcard: it gets a parent.
        owner = label_text(label) + (".star" if label == b"*" else "")
        lines += [f"{owner} A 198.51.100.{number}", f"{owner} TXT {string_text(label)} {string_text(label * 2)}",
                  f"c{number} CNAME {owner}"]
    first, escape, override = (label_text(HOSTILE[number]) for number in (0, 6, 9))
    return "\n".join(lines + [
        f"{LONG_NAME} A 198.51.100.255", f"long CNAME {LONG_NAME}",
        f"ptr PTR {first}", f"ptr PTR {escape}.{override}",
        f"mx MX 10 {first}", f"srv SRV 0 0 53 {escape}", f"rp RP {first}.mail {override}",
        f'naptr NAPTR 10 10 "U" {string_text(HOSTILE[6])} {string_text(b"!^.*$!" + HOSTILE[0] + b"!")} {escape}',
        f"caa CAA 0 issue {string_text(HOSTILE[0])}", f"caa CAA 0 iodef {string_text(HOSTILE[6] + HOSTILE[9])}",
        f"hinfo HINFO {string_text(HOSTILE[7])} {string_text(HOSTILE[0])}",
        f"uri URI 10 1 {string_text(b'javascript:' + HOSTILE[0])}",
        f"svcb SVCB 1 {first} alpn=h2", f"dname DNAME {first}",
    ])


def zones():
    """A zone full of them, and a zone that has such a name itself."""
    return [
        Zone(".", "root", "bind", 13),
        Zone("test.", "bind", "bind", 13, denial=NSEC3),
        Zone("names.test.", "bind", "bind", 13, records=records()),
        Zone(SCRIPT_TLD, "nsd", "bind", 13, denial=NSEC3, records='@ TXT "<b>here</b>"\nwww A 198.51.100.80\n'),
    ]


def ask(asker, _world):
    """All of it is secure: the names are legal, and they are signed."""
    asker.expect("secure", SCRIPT_TLD, "DS", "DNSKEY", "TXT", status="NOERROR")
    asker.expect("secure", "www." + SCRIPT_TLD, "A", "AAAA", status="NOERROR")
    asker.expect("secure", "nowhere." + SCRIPT_TLD, "A", status="NXDOMAIN")
    for number, label in enumerate(HOSTILE):
        asker.expect("secure", f"c{number}.names.test.", "A", status="NOERROR")
        owner = label_text(label) + (".star" if label == b"*" else "")
        asker.expect("secure", f"{owner}.names.test.", "TXT", status="NOERROR")
    asker.expect("secure", "long.names.test.", "A", status="NOERROR")
    asker.expect("secure", LONG_NAME, "AAAA", status="NOERROR")
    for kind in ("PTR", "MX", "SRV", "RP", "NAPTR", "CAA", "HINFO", "URI", "SVCB", "DNAME"):
        asker.expect("secure", f"{kind.lower()}.names.test.", kind, status="NOERROR")
    asker.expect("secure", "\\027[2Jnowhere.names.test.", "A", status="NXDOMAIN")
