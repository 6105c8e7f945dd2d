"""The labels of one incident: what the attacker did, and whether it took."""

import os
import socket

from .. import packets
from ..host import LabError
from .attacker import addresses

KINDS = ("race", "on-path-injection", "kaminsky", "fragment-injection", "replay", "client-side-spoof",
         "out-of-bailiwick-takeover", "interception", "downgrade", "unsolicited")

HEADER = """\
# What is true of {name}.pcap.zst, written by captures/lab/incidents from what it did, before dnsaudit read the capture.
# Tab-separated: `benign`, or `attack KIND` and
#   forged N...        frames that the attacker sent
#   genuine N...       true answers to the questions attacked
#   poisoned N...      frames in which an honest resolver passes forged data on
#   success yes|no     whether it took
#   target HOST NAME   who was to be deceived, and about which name or zone
#   victim HOST...     clients that got forged data
"""

RESOLVERS = ("resolver", "open", "second", "caps", "fixed", "forward", "naive", "patient")
"""Hosts whose answers are honest, and may be poisoned."""


class IncidentLabels:
    """What a scenario says of itself, and what follows from the frames."""

    def __init__(self, kind=None):
        """`kind` is None for a benign scenario."""
        if kind is not None and kind not in KINDS:
            raise ValueError(f"no kind of incident: {kind}")
        self.kind = kind
        self.success = None
        self.targets, self.victims = [], set()
        self.questions, self.poisons, self.truths = set(), [], []
        self.numbers = {"forged": [], "genuine": [], "poisoned": []}

    def attacked(self, query):
        """Notes a query (`packets.Datagram`) that the attacker answers: the true answers to it are `genuine`."""
        self.questions.add((query.target, query.source, query.source_port, query.payload[:2],
                            packets.question(query.payload)))

    def target(self, address, name):
        """Who was to be deceived (octets or text), and about what."""
        address = _text(address)
        if (address, name) not in self.targets:
            self.targets.append((address, name))

    def victim(self, address):
        """A client that got forged data."""
        self.victims.add(_text(address))

    def poison(self, sign):
        """How to know forged data again in a resolver's answer: octets in it, or a function of its payload."""
        self.poisons.append(sign if callable(sign) else lambda payload, sign=sign: sign in payload)

    def truth(self, sign):
        """Further frames that are `genuine`: a function of the frame's octets."""
        self.truths.append(sign)

    def settle(self, frames, forged):
        """Numbers the frames of the finished capture; `forged` holds the octets of all frames that the attacker sent."""
        if self.kind is None:
            return
        resolvers = set().union(*map(addresses, RESOLVERS))
        for frame in frames:
            if frame.data in forged:
                self.numbers["forged"].append(frame.number)
            elif self._is_poisoned(frame.data, resolvers):
                self.numbers["poisoned"].append(frame.number)
            elif self._is_genuine(frame.data):
                self.numbers["genuine"].append(frame.number)
        self._check({frame.data for frame in frames}, forged)

    def _is_genuine(self, data):
        datagram = packets.parse(data)
        return any(truth(data) for truth in self.truths) or bool(datagram) and datagram.source_port == 53 and (
            datagram.source, datagram.target, datagram.target_port, datagram.payload[:2],
            packets.question(datagram.payload)) in self.questions

    def _is_poisoned(self, data, resolvers):
        """Whether a resolver passes forged data on; who gets it is a victim, unless it is a resolver."""
        datagram = packets.parse(data)
        if not datagram or datagram.source_port != 53 or datagram.source not in resolvers \
                or not any(sign(datagram.payload) for sign in self.poisons):
            return False
        if datagram.target not in resolvers:
            self.victim(datagram.target)
        return True

    def _check(self, seen, forged):
        """The labels have to fit together."""
        if self.success is None or not self.targets:
            raise LabError("the scenario does not say what it wanted and whether it got it")
        if not forged or not forged <= seen:
            raise LabError("not every forged frame is in the capture")
        if self.success != bool(self.victims):
            raise LabError(f"success {self.success}, but the victims are {sorted(self.victims)}")

    def write(self, directory, name):
        """Writes NAME.labels."""
        with open(os.path.join(directory, name + ".labels"), "w", encoding="ascii") as file:
            file.write(HEADER.format(name=name) + "".join("\t".join(map(str, line)) + "\n" for line in self.lines()))

    def lines(self):
        """The fields of each line."""
        if self.kind is None:
            return [["benign"]]
        lines = [["attack", self.kind]]
        lines += [[role, *numbers] for role, numbers in self.numbers.items() if numbers]
        lines += [["success", "yes" if self.success else "no"]]
        lines += [["target", *target] for target in self.targets]
        return lines + ([["victim", *sorted(self.victims)]] if self.victims else [])


def _text(address):
    """An address in presentation format."""
    if isinstance(address, str):
        return address
    return socket.inet_ntop(socket.AF_INET6 if len(address) == 16 else socket.AF_INET, address)
