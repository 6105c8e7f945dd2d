"""Questions asked with dig, each with the word that a validator should say; Unbound has to agree at once."""

import re
import subprocess
from dataclasses import dataclass

from .host import LabError
from .labels import Labels
from .net import ipv4, ipv6

ANSWER_SECONDS = 10

SERVERS_EDE = {
    None: set(),
    6: {6, 9},
    7: {7},
    8: {8},
    9: {9},
    10: {10, 9},
    12: {12, 10, 6},
}
"""The codes that Unbound 1.17 may give where RFC 8914 asks for the key: it is less exact about missing records."""


@dataclass
class Answer:
    """What dig printed about one response."""
    status: str
    flags: list
    ede: set
    text: str

    @property
    def repeated(self):
        """Whether Unbound only says that the zone failed before; the code is then a general one."""
        return "because of a previous validation failure" in self.text


def parse(text):
    """Reads dig's output."""
    status = re.search(r"status: (\w+)", text)
    flags = re.search(r";; flags: ([^;]*);", text)
    if not status or not flags:
        raise LabError(f"no answer:\n{text}")
    codes = {int(code) for code in re.findall(r"^; EDE: (\d+)", text, re.MULTILINE)}
    return Answer(status[1], flags[1].split(), codes, text)


class Asker:
    """Asks from the client's host and keeps the labels."""

    def __init__(self, network):
        self.network = network
        self.labels = Labels()

    def dig(self, server, name, kind, *options, ip=4):
        """One question to a server."""
        return self.begin(server, name, kind, *options, ip=ip)()

    def begin(self, server, name, kind, *options, ip=4):
        """Sends one question to a server; the function returned waits for the answer."""
        address = ipv4(server) if ip == 4 else ipv6(server)
        command = self.network.inside("client", "dig", f"@{address}", "+tries=1", f"+timeout={ANSWER_SECONDS}",
                                      *options, "-q", name, "-t", kind)
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)

        def finish():
            return parse(child.communicate(timeout=2 * ANSWER_SECONDS)[0])

        return finish

    def expect(self, word, name, *kinds, ede=None, options=(), ip=4, status=None, asked=None):
        """Labels questions, asks the validating resolver and insists that it says the same.

        `asked` is what dig calls a type whose mnemonic it does not know.
        """
        for kind in kinds:
            self.labels.add(name, kind, word, ede)
            answer = self.dig("resolver", name, asked or kind, "+dnssec", *options, ip=ip)
            self._compare(word, ede, status, answer)

    def _compare(self, word, ede, status, answer):
        """AD for secure, SERVFAIL with the right code for bogus, neither for insecure."""
        if word == "bogus":
            agreed = answer.status == "SERVFAIL" and (ede is None or answer.ede & SERVERS_EDE[ede] or answer.repeated)
        else:
            agreed = answer.status in ("NOERROR", "NXDOMAIN") and ("ad" in answer.flags) == (word == "secure")
        if not agreed or (status and answer.status != status):
            raise LabError(f"the lab says {word} {ede or ''} {status or ''}, Unbound does not:\n{answer.text}")

    def together(self, server, questions, *options, ip=4):
        """Several questions on one TCP connection, none of which adds a label."""
        address = ipv4(server) if ip == 4 else ipv6(server)
        asked = [word for name, kind in questions for word in (f"@{address}", *options, "-q", name, "-t", kind)]
        said = self.network.run("client", "dig", "+tcp", "+keepopen", "+tries=1", "+dnssec", *asked)
        if said.count("status: ") != len(questions):
            raise LabError(f"not {len(questions)} answers on one connection:\n{said}")

    def transfer(self, server, zone, *options):
        """A zone transfer (RFC 5936)."""
        said = self.network.run("client", "dig", f"@{ipv4(server)}", "+tries=1", *options, "-q", zone, "-t", "AXFR")
        if "XFR size: " not in said:
            raise LabError(f"no transfer of {zone}:\n{said}")

    def through_open(self, name, *kinds, options=()):
        """Asks the resolver that does not validate, so that the capture has the answer with its signatures."""
        for kind in kinds:
            answer = self.dig("open", name, kind, "+dnssec", "+cdflag", *options)
            if answer.status not in ("NOERROR", "NXDOMAIN"):
                raise LabError(f"the resolver that does not validate fails:\n{answer.text}")
