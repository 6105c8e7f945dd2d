"""One RRset of every record type that BIND takes from a zone file, and unknown ones in the form of RFC 3597."""

from ..zones import NSEC, NSEC3, Zone

KEY = "CzBVep/E6Q4zWH2ix+wRNluApcrvFDleg6jN8hc8YYar0PUaP2SJrtP4HUJnjLHW+yBFao+02f4jSG2St9wBJg=="
SHA256 = "c0ffee00" * 8
SHA384 = "c0ffee00" * 12
ECH = "AEj+DQBEAQAgACAdd+scUi0IYFsXnUIU7ko2Nd9+F8M26pAGZVpz/KrWPgAEAAEAAWQVZWNoLXNpdGVzLmV4YW1wbGUubmV0AAA="
"""An ECHConfigList."""


def strings(*texts):
    """Character strings in the form of RFC 3597, for types that BIND does not know yet."""
    data = b"".join(bytes([len(text)]) + text for text in texts)
    return rf"\# {len(data)} {data.hex()}"



RECORDS = {
    "A": ["192.0.2.1", "198.51.100.255"],
    "CNAME": ["type-a"],
    "MB": ["mail.example.net."],
    "MG": ["mail.example.net."],
    "MR": ["mail.example.net."],
    "NULL": [r"\# 5 0001fe7f20"],
    "WKS": ["192.0.2.1 TCP 25 53 80"],
    "PTR": ["host.example.net."],
    "HINFO": ['"PDP-11/70" "a \\"system\\" with \\\\ and \\007"'],
    "MINFO": ["a.example.net. b.example.net."],
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
    "KEY": [f"512 3 13 {KEY}"],
    "PX": ["10 map822.example.net. mapx400.example.net."],
    "GPOS": ['"-32.6882" "116.8652" "10.0"'],
    "AAAA": ["::", "::1", "::ffff:192.0.2.1", "2001:db8:0:0:1:0:0:1", "2001:db8:0:1:1:1:1:1", "fe80::"],
    "LOC": ["42 21 54.000 N 71 06 18.000 W -24.00m 30m 10m 2m", "0 0 0 S 0 0 0 E -100000.00m 0m 90000000m 1m",
            "90 N 180 W 42849672.95m"],
    "EID": [r"\# 4 e32c6f78"],
    "NIMLOC": [r"\# 4 32251a03"],
    "SRV": ["0 65535 443 Host.Example.NET.", "1 0 0 ."],
    "NAPTR": ['100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.example.net.',
              '65535 0 "U" "E2U+sip" "!^.*$!sip:info@example.net!" .'],
    "KX": ["10 kx.example.net."],
    "CERT": ["PKIX 4711 RSASHA256 " + KEY, "65534 65535 254 AA==", "URI 0 0 aHR0cDovL2V4YW1wbGUubmV0Lw=="],
    "A6": ["64 ::1:2:3:4 prefix.example.net.", "0 2001:db8::1"],
    "DNAME": ["example.net."],
    "SINK": ["1 0 0 TG9yZW0="],
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
    "RKEY": [f"0 255 13 {KEY}"],
    "TALINK": ["a.example.net. b.example.net."],
    "OPENPGPKEY": [KEY[:-4] * 3 + KEY],
    "SVCB": ["0 pool.example.net.", "16 . alpn=\"h2,h3-19\" port=8443 mandatory=alpn,port ipv4hint=192.0.2.1,192.0.2.2 "
             "ipv6hint=2001:db8::1,::ffff:198.51.100.100 no-default-alpn ech=" + ECH
             + " key667=\"hello\\210qoo\" key668"],
    "HTTPS": ["1 . alpn=h3,h2", "0 www.example.net.",
              '65535 . alpn="f\\\\\\\\oo\\\\,bar,h2" dohpath="/dns-query{?dns}" key65535'],
    "DSYNC": [r"\# 25 003b010035 066e6f74696679 076578616d706c65 036e6574 00"],
    "SPF": ['"v=spf1 " "ip4:192.0.2.0/24 -all"'],
    "UINFO": [r"\# 3 616263"],
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
    "DOA": ['0 1 2 "" aHR0cHM6Ly93d3cuaXNjLm9yZy8=', '1234567890 1234567890 255 "image/gif" -'],
    "AMTRELAY": ["0 0 0 .", "10 1 1 203.0.113.15", "128 0 2 2001:db8::15", "128 1 3 amtrelays.example.net."],
    "TA": ["4711 13 2 " + SHA256],
    "DLV": ["4711 13 2 " + SHA256],
    "RESINFO": [strings(b"qnamemin", b"exterr=15-17", b"infourl=https://example.net/")],
    "WALLET": [strings(b"BTC", b"1BoatSLRHtKNngkdXEeobR76b53LETtpyT")],
    "HHIT": [r"\# 4 01020304"],
    "TYPE65280": [r"\# 4 deadbeef", r"\# 0"],
    "TYPE65534": [r"\# 300 " + "ab" * 300],
}
"""Type to the data of its records; each type is at a name of its own, `type-NAME`."""

NEWER = {"DSYNC": "TYPE66", "HHIT": "TYPE67", "RESINFO": "TYPE261", "WALLET": "TYPE262"}
"""Types that BIND 9.18 does not know by name."""
APEX = f"""
@ CDS 4711 13 2 {SHA256}
@ CDNSKEY 257 3 13 {KEY}
@ CSYNC 66 3 A NS AAAA TYPE65280
@ ZONEMD 1 1 241 {SHA384}
"""


def zones():
    """All types in one zone that BIND signs and serves; its parent has NSEC3."""
    lines = [f"type-{kind.lower()} {NEWER.get(kind, kind)} {data}"
             for kind, all_data in RECORDS.items() for data in all_data]
    return [
        Zone(".", "root", "bind", 13),
        Zone("test.", "nsd", "bind", 13, (2, 4), NSEC3),
        Zone("types.test.", "bind", "bind", 13, denial=NSEC, records=APEX + "\n".join(lines)),
    ]


def ask(asker, _world):
    """Everything is signed."""
    asker.expect("secure", "types.test.", "SOA", "NS", "DS", "DNSKEY", "NSEC", "CDS", "CDNSKEY", "CSYNC", "ZONEMD")
    asker.expect("secure", "test.", "NSEC3PARAM")
    for kind in RECORDS:
        asker.expect("secure", f"type-{kind.lower()}.types.test.", kind, asked=NEWER.get(kind), status="NOERROR")
