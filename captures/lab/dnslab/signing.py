"""Signers from three houses: ldns-signzone, BIND's dnssec-signzone, and Knot, which signs while it serves."""

import os
import re
import time

from .host import LabError, command
from .records import Spoiler, parse

MNEMONICS = {
    5: "RSASHA1",
    7: "NSEC3RSASHA1",
    8: "RSASHA256",
    10: "RSASHA512",
    13: "ECDSAP256SHA256",
    14: "ECDSAP384SHA384",
    15: "ED25519",
    16: "ED448",
}
DIGESTS = {1: "SHA-1", 2: "SHA-256", 4: "SHA-384"}
RSA_BITS = "1024"
"""Short keys keep the captures small; what is proven does not depend on their strength."""

HOUR = 3600
DAY = 24 * HOUR
WINDOWS = {"now": (-HOUR, 30 * DAY), "expired": (-30 * DAY, -2 * DAY), "early": (2 * DAY, 30 * DAY),
           "older": (-10 * DAY, 20 * DAY)}
"""Inception and expiration of signatures, in seconds from the run."""


def window_times(window):
    """Inception and expiration as RFC 4034 §3.2 writes them, YYYYMMDDHHmmSS in UTC."""
    now = time.time()
    return [time.strftime("%Y%m%d%H%M%S", time.gmtime(now + offset)) for offset in WINDOWS[window]]


def ds_lines(zone, dnskey_file):
    """DS lines of the keys in a file with DNSKEY lines, whatever TTL and class they have or lack."""
    with open(dnskey_file, encoding="ascii") as file:
        keys = re.findall(r"DNSKEY\s+(257 [^;\n]*)", file.read())
    with open(dnskey_file + "-ds", "w", encoding="ascii") as file:
        file.writelines(f"{zone.name} 3600 IN DNSKEY {key}\n" for key in keys)
    lines = []
    for digest in zone.digests:
        said = command("dnssec-dsfromkey", "-a", DIGESTS[digest], "-f", dnskey_file + "-ds", zone.name)
        lines += [line.replace(" IN DS ", " DS ") for line in said.splitlines()]
    return lines


class BindSigner:
    """dnssec-keygen and dnssec-signzone of BIND 9."""

    def make_key(self, zone, directory, ksk):
        """Makes a key pair; returns its base name."""
        bits = ["-b", RSA_BITS] if zone.algorithm < 13 else []
        role = ["-f", "KSK"] if ksk else []
        return command("dnssec-keygen", "-q", "-K", directory, "-a", MNEMONICS[zone.algorithm], *bits, *role,
                       zone.name).strip()

    def sign(self, zone, directory, keys, source, target, window):
        """Signs a zone file; -P because some zones are meant to fail the signer's own check."""
        inception, expiration = window_times(window)
        denial = zone.denial
        nsec3 = ["-3", denial.salt, "-H", str(denial.iterations)] if denial.nsec3 else []
        opt_out = ["-A"] if denial.opt_out else []
        command("dnssec-signzone", "-q", "-P", "-O", "full", "-d", directory, "-S", "-K", directory, "-o", zone.name,
                "-s", inception, "-e", expiration, *nsec3, *opt_out, "-f", target, source, cwd=directory)


class LdnsSigner:
    """ldns-keygen and ldns-signzone of NLnet Labs."""

    def make_key(self, zone, directory, ksk):
        """Makes a key pair; returns its base name."""
        bits = ["-b", RSA_BITS] if zone.algorithm < 13 else []
        role = ["-k"] if ksk else []
        return command("ldns-keygen", "-a", str(zone.algorithm), *bits, *role, zone.name, cwd=directory).strip()

    def sign(self, zone, directory, keys, source, target, window):
        """Signs a zone file."""
        inception, expiration = window_times(window)
        denial = zone.denial
        nsec3 = ["-n", "-a", "1", "-t", str(denial.iterations)] if denial.nsec3 else []
        salt = ["-s", denial.salt] if denial.nsec3 and denial.salt != "-" else []
        opt_out = ["-p"] if denial.opt_out else []
        hidden = ["-d"] if zone.hidden_zone_key else []
        command("ldns-signzone", *nsec3, *salt, *opt_out, *hidden, "-i", inception, "-e", expiration, "-o", zone.name,
                "-f", target, source, *keys, cwd=directory)


SIGNERS = {"bind": BindSigner(), "ldns": LdnsSigner()}


def sign_offline(zone, text, directory):
    """Signs a zone with one of the two offline signers and spoils it as it asks; returns the file to serve."""
    os.makedirs(directory)
    signer = SIGNERS[zone.signer]
    keys = [signer.make_key(zone, directory, ksk) for ksk in (True, False)]
    zone.ds = ds_lines(zone, os.path.join(directory, keys[0] + ".key"))
    if zone.revoked:
        second = signer.make_key(zone, directory, True)
        command("dnssec-revoke", "-K", directory, keys[0] if zone.revoked == "named" else second)
    source = os.path.join(directory, "unsigned")
    with open(source, "w", encoding="ascii") as file:
        file.write(text)
        if zone.hidden_zone_key:
            with open(os.path.join(directory, keys[0] + ".key"), encoding="ascii") as key:
                file.write(key.read())
    target = os.path.join(directory, "signed")
    signer.sign(zone, directory, keys, source, target, zone.window)
    if zone.spoil:
        _spoil(zone, signer, directory, keys, source, target)
    return target


def _spoil(zone, signer, directory, keys, source, target):
    """Rewrites the signed file with the zone's damage done."""
    def sign_at(window, edit=None):
        """The zone signed for another window, its text changed by `edit` before."""
        other = os.path.join(directory, "signed-" + window)
        text = source
        if edit:
            text = source + "-" + window
            with open(source, encoding="ascii") as before, open(text, "w", encoding="ascii") as after:
                after.write(edit(before.read()))
        signer.sign(zone, directory, keys, text, other, window)
        return _records(other)

    spoiler = Spoiler(zone.name, _records(target), sign_at)
    before = spoiler.text()
    zone.spoil(spoiler)
    if spoiler.text() == before:
        raise LabError(f"{zone.name}: its damage changed nothing")
    with open(target, "w", encoding="ascii") as file:
        file.write(spoiler.text())


def _records(path):
    with open(path, encoding="ascii") as file:
        return parse(file.read())
