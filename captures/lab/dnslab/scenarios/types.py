"""One RRset of every record type: by name where BIND takes it so, otherwise in the form of RFC 3597."""

import struct

from ..net import ipv4
from ..zones import NSEC, NSEC3, Zone

KEY = "CzBVep/E6Q4zWH2ix+wRNluApcrvFDleg6jN8hc8YYar0PUaP2SJrtP4HUJnjLHW+yBFao+02f4jSG2St9wBJg=="
SHA256 = "c0ffee00" * 8
SHA384 = "c0ffee00" * 12
ECH = "AEj+DQBEAQAgACAdd+scUi0IYFsXnUIU7ko2Nd9+F8M26pAGZVpz/KrWPgAEAAEAAWQVZWNoLXNpdGVzLmV4YW1wbGUubmV0AAA="
"""An ECHConfigList."""


RECORDS = {
    "A": ["192.0.2.1", "198.51.100.255"],
    "CNAME": ["type-a"],
    "NULL": [r"\# 5 0001fe7f20"],
    "WKS": ["192.0.2.1 TCP 25 53 80"],
    "PTR": ["host.example.net."],
    "HINFO": ['"PDP-11/70" "a \\"system\\" with \\\\ and \\007"'],
    "MX": ["0 .", "65535 Mail.Example.NET."],
    "TXT": ['"" "two strings" "quote \\" backslash \\\\ bell \\007 octet \\255"',
            '"v=spf1 -all"', '"' + "x" * 255 + '"'],
    "RP": ["a\\.b.example.net. txt.example.net."],
    "AFSDB": ["1 afs.example.net."],
    "X25": ['"311061700956"'],
    "ISDN": ['"150862028003217" "004"', '"150862028003217"'],
    "RT": ["2 relay.example.net."],
    "NSAP": ["0x47.0005.80.005a00.0000.0001.e133.ffffff000161.00"],
    "NSAP-PTR": ["host.example.net."],
    "KEY": [f"512 3 13 {KEY}", "49152 3 0"],
    "PX": ["10 map822.example.net. mapx400.example.net."],
    "GPOS": ['"-32.6882" "116.8652" "10.0"'],
    "AAAA": ["::", "::1", "::ffff:192.0.2.1", "2001:db8:0:0:1:0:0:1", "2001:db8:0:1:1:1:1:1", "fe80::"],
    "LOC": ["42 21 54.000 N 71 06 18.000 W -24.00m 30m 10m 2m", "0 0 0 S 0 0 0 E -100000.00m 0m 90000000m 1m",
            "90 N 180 W 42849672.95m"],
    "SRV": ["0 65535 443 Host.Example.NET.", "1 0 0 ."],
    "NAPTR": ['100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.example.net.',
              '65535 0 "U" "E2U+sip" "!^.*$!sip:info@example.net!" .'],
    "KX": ["10 kx.example.net."],
    "CERT": ["PKIX 4711 RSASHA256 " + KEY, "65534 65535 254 AA==", "URI 0 0 aHR0cDovL2V4YW1wbGUubmV0Lw=="],
    "DNAME": ["example.net."],
    "APL": ["1:192.168.32.0/21 !1:192.168.38.0/28", "1:224.0.0.0/4 2:ff00::/8 2:2001:db8::/32 1:0.0.0.0/0"],
    "SSHFP": ["1 1 " + "12345678" * 5, "4 2 " + SHA256],
    "IPSECKEY": ["10 0 2 . " + KEY, "10 1 2 192.0.2.38 " + KEY, "10 2 2 2001:db8::38 " + KEY,
                 "10 3 2 gateway.example.net. " + KEY],
    "DHCID": ["AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA="],
    "TLSA": ["3 1 1 " + SHA256, "0 0 0 " + "3082" + "00" * 40, "255 255 255 00"],
    "SMIMEA": ["3 1 2 " + SHA384 + SHA384[:32]],
    "HIP": ["2 200100107B1A74DF365639CC39F1D578 " + KEY, "2 200100107B1A74DF365639CC39F1D579 " + KEY
            + " rvs1.example.net. rvs2.example.net."],
    "NINFO": ['"up" "since \\"today\\""'],
    "OPENPGPKEY": [KEY[:-4] * 3 + KEY],
    "SVCB": ["0 pool.example.net.", "16 . alpn=\"h2,h3-19\" port=8443 mandatory=alpn,port ipv4hint=192.0.2.1,192.0.2.2 "
             "ipv6hint=2001:db8::1,::ffff:198.51.100.100 no-default-alpn ech=" + ECH
             + " key667=\"hello\\210qoo\" key668"],
    "HTTPS": ["1 . alpn=h3,h2", "0 www.example.net.",
              '65535 . alpn="f\\\\\\\\oo\\\\,bar,h2" dohpath="/dns-query{?dns}" key65535'],
    "DSYNC": ["CDS 1 5300 Notify.Example.NET.", "TYPE65280 255 65535 ."],
    "SPF": ['"v=spf1 " "ip4:192.0.2.0/24 -all"'],
    "NID": ["10 0014:4fff:ff20:ee64"],
    "L32": ["10 10.1.2.0"],
    "L64": ["10 2001:0db8:1140:1000"],
    "LP": ["10 l64-subnet1.example.net."],
    "EUI48": ["00-00-5e-00-53-2a"],
    "EUI64": ["00-00-5e-ef-10-00-00-2a"],
    "URI": ['10 1 "https://example.net/a?b=\\"c\\"&d=%20"'],
    "CAA": ['0 issue "ca.example.net; account=230123"', '128 iodef "mailto:security@example.net"',
            '255 unknown "\\000\\255"',
            '0 issue ";"'],
    "AVC": ['"app-name:WOLFGANG|app-class:OAM"'],
    "AMTRELAY": ["0 0 0 .", "10 1 1 203.0.113.15", "128 0 2 2001:db8::15", "128 1 3 amtrelays.example.net."],
    "DLV": ["4711 13 2 " + SHA256],
    "RESINFO": ['"qnamemin" "exterr=15-17" "infourl=https://example.net/"'],
    "WALLET": ['"BTC" "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"'],
    "HHIT": ["AQIDBA=="],
    "BRID": ["AQIDBAU="],
    "UNSPEC": [r"\# 3 010203"],
    "TYPE65280": [r"\# 4 deadbeef", r"\# 0"],
    "TYPE65534": [r"\# 300 " + "ab" * 300],
}
"""Type to the data of its records; each type is at a name of its own, `type-NAME`."""


def name(text):
    """A name in wire form."""
    return b"".join(bytes([len(label)]) + label.encode("ascii") for label in text.strip(".").split(".")) + b"\0"


def strings(*texts):
    """Character strings in wire form."""
    return b"".join(bytes([len(text)]) + text for text in texts)


MAIL = name("Mail.Example.NET.")
FORMER = {
    "MD": (3, [MAIL]),
    "MF": (4, [MAIL]),
    "MB": (7, [MAIL]),
    "MG": (8, [MAIL]),
    "MR": (9, [MAIL]),
    "MINFO": (14, [name("a.example.net") + MAIL]),
    "SIG": (24, [bytes.fromhex("0010 05 03 00000e10 ffffffff 80000000 1267") + name("example.net") + bytes(64)]),
    "NXT": (30, [name("b.example.net") + bytes.fromhex("40010082"), b"\0"]),
    "EID": (31, [bytes.fromhex("e32c6f78163a9348")]),
    "NIMLOC": (32, [bytes.fromhex("32251a030067")]),
    "ATMA": (34, [bytes.fromhex("00 39246f000e7c9c031200010001000012345678"), b"\1" + b"61390123456"]),
    "A6": (38, [bytes.fromhex("40 0001000200030004") + name("prefix.example.net"), b"\0" + bytes(15) + b"\1",
                bytes.fromhex("80") + name("prefix.example.net")]),
    "SINK": (40, [b"\1\0\0Lorem", b"\1\2\3"]),
    "RKEY": (57, [bytes.fromhex("0000 ff 0d") + b"key"]),
    "TALINK": (58, [name("a.example.net") + name("b.example.net"), b"\0" + MAIL]),
    "UINFO": (100, [b"abc"]),
    "UID": (101, [bytes(4)]),
    "GID": (102, [b"\0\0\0\1"]),
    "DOA": (259, [bytes(4) + b"\0\0\0\1\2\0https://www.example.net/", bytes(8) + b"\xff\x09image/gif"]),
    "CLA": (263, [strings(b"tcp-v4"), strings(b"udp-v6", b"x")]),
    "IPN": (264, [bytes.fromhex("00000000000ee868"), b"\xff" * 8]),
    "TA": (32768, [bytes.fromhex("1267 0d 02" + SHA256)]),
}
"""Type to number and data of those that BIND refuses in a zone or that dnspython has no text for, so that a checker
built on it could not read them. They are asked over TCP from client to server, where such checkers do not look, and
are nowhere else: the capture has types over both transports, and each can be judged by whom it is judged well."""

APEX = f"""
@ CDS 4711 13 2 {SHA256}
@ CDNSKEY 257 3 13 {KEY}
@ CSYNC 66 3 A NS AAAA TYPE65280
@ ZONEMD 1 1 241 {SHA384}
"""


def generic(data):
    """Data in the form of RFC 3597 §5."""
    return rf"\# {len(data)} {data.hex()}"


def zones():
    """Most types in one zone that BIND signs and serves, the former ones in one of Knot; NSEC3 above them."""
    lines = [f"type-{kind.lower()} {kind} {data}" for kind, all_data in RECORDS.items() for data in all_data]
    former = [f"type-{kind.lower()} TYPE{number} {generic(data)}"
              for kind, (number, all_data) in FORMER.items() for data in all_data]
    return [
        Zone(".", "root", "bind", 13),
        Zone("test.", "nsd", "bind", 13, (2, 4), NSEC3),
        Zone("types.test.", "bind", "bind", 13, denial=NSEC, records=APEX + "\n".join(lines)),
        Zone("former.test.", "knot", "knot", 13, denial=NSEC, records="\n".join(former), tcp=True),
    ]


def tkey_query():
    """A query that asks for the deletion of a key (RFC 2930 §4.2), with the TKEY in its additional section."""
    rdata = name("hmac-sha256") + struct.pack(">IIHHH", 0, 0xffffffff, 5, 0, 3) + b"key" + b"\0\0"
    owner = name("Unknown.example.net")
    return (struct.pack(">6H", 4711, 0, 1, 0, 0, 1) + owner + struct.pack(">HH", 249, 255)
            + owner + struct.pack(">HHIH", 249, 255, 0, len(rdata)) + rdata)


def send(asker, host, message):
    """Sends a message that dig cannot make from the client and waits for what comes back."""
    program = ("import socket, sys; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(5);"
               "s.sendto(bytes.fromhex(sys.argv[2]), (sys.argv[1], 53)); s.recv(65535)")
    asker.network.run("client", "python3", "-c", program, ipv4(host), message.hex())


def ask(asker, _world):
    """Everything is signed. One query has a TSIG and one a TKEY, with keys that the server does not know."""
    asker.expect("secure", "types.test.", "SOA", "NS", "DS", "DNSKEY", "NSEC", "CDS", "CDNSKEY", "CSYNC", "ZONEMD")
    asker.expect("secure", "test.", "NSEC3PARAM")
    asker.expect("secure", "nothing.test.", "A", status="NXDOMAIN")
    for kind in RECORDS:
        asker.expect("secure", f"type-{kind.lower()}.types.test.", kind, status="NOERROR")
    for kind, (number, _) in FORMER.items():
        asker.expect("secure", f"type-{kind.lower()}.former.test.", kind, asked=f"TYPE{number}", options=("+tcp",),
                     status="NOERROR")
    asker.dig("bind", "types.test.", "SOA", "-y", "hmac-sha256:unknown.example.net:c2VjcmV0IGtleSBvZiB0aGUgbGFi")
    send(asker, "bind", tkey_query())
