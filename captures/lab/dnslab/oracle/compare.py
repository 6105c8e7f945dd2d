"""Holds dnsaudit's words on a capture against Unbound's."""

import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass

from .. import names
from ..host import LabError
from . import questions
from .events import nsec_signer, referral
from .quirks import excused

ORDER = ("secure", "insecure", "bogus")
VALIDATORS = ("resolver", "second")
RESOLVERS = (*VALIDATORS, "open")
AUDIT_SECONDS = 300


@dataclass
class Disagreement:
    """A response of which the two say different things."""
    event: dict
    expected: str
    pcaps: str

    @property
    def kind(self):
        """What disagreements of one cause have in common: all but names, numbers and the like."""
        event = self.event
        reason = re.sub(r"\S+\.(?= |$|;|,|\))|\b[0-9a-v]{32}\b|\d+", "_", event["reason"])
        return event["qtype"], event["rcode"], "aa" in event["flags"], self.expected, event["security"], reason

    def __str__(self):
        event = self.event
        return (f"{self.pcaps} frame {event['frame']} {event['src']} -> {event['dst']}: "
                f"{event['qname']} {event['qtype']} {event['rcode']} {' '.join(event['flags'])}: "
                f"Unbound says {self.expected}, dnsaudit {event['security']} ({event['ede']}): {event['reason']}")


class Comparison:
    """Words of Unbound, and what came of comparing."""

    def __init__(self, tree, words, hosts):
        self.words, self.hosts = words, hosts
        self.zones = {names.labels(zone.name): zone for zone in tree.zones}
        self.cuts = self.zones.keys() - {()}
        self.types = {}
        for zone in tree.zones:
            for name, kinds in questions.records(zone.text(tree.children(zone)), names.labels(zone.name)).items():
                self.types.setdefault(name, set()).update(kinds)
        self.agreed, self.excused, self.disagreements = Counter(), Counter(), []

    def audit(self, dnsaudit, anchors, *pcaps):
        """Audits captures as one session and compares every response."""
        command = [dnsaudit, "audit", "--format", "jsonl", "--trust-anchor", anchors, *pcaps]
        done = subprocess.run(command, timeout=AUDIT_SECONDS, stdout=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1):
            raise LabError(f"{' '.join(command)}: exit {done.returncode}")
        label = "+".join(path.rsplit("/", 1)[-1].removesuffix(".pcap") for path in pcaps)
        for line in done.stdout.splitlines():
            event = json.loads(line)
            if event["event"] == "response":
                self._compare(event, label)

    def _compare(self, event, label):
        """Compares one response, where Unbound has said anything of its question."""
        if event["rcode"] not in ("NOERROR", "NXDOMAIN") or "tc" in event["flags"] or not event["do"]:
            return
        expected = self._expected(event)
        if expected is None:
            return
        found = event["security"]
        if found == expected or (self._is_part(event) and found in ORDER[:ORDER.index(expected)]):
            self.agreed[expected] += 1
        elif quirk := excused(event, expected, self):
            self.excused[quirk] += 1
        else:
            self.disagreements.append(Disagreement(event, expected, label))

    def _expected(self, event):
        """Unbound's word on what a response says; None where it has none."""
        if self.host(event) in VALIDATORS and "ad" in event["flags"]:
            return "secure"
        if cut := referral(event):
            return self._delegation(event, names.labels(cut))
        name = names.labels(event["qname"])
        if (signer := nsec_signer(event)) and signer != name and names.within(name, signer) and name in self.cuts:
            return self.word(signer, "SOA")
        return self.word(name, event["qtype"])

    def _delegation(self, event, cut):
        """The word on a referral: that of the DS RRset, or insecure where its absence is proven."""
        word = self.word(cut, "DS")
        if word == "secure" and not any(rrset["type"] == "DS" for rrset in event["rrsets"]):
            return "insecure"
        return word

    def _is_part(self, event):
        """Whether an authority knows the beginning of a chain of aliases alone: what follows may only make it worse."""
        kinds = {rrset["type"] for rrset in event["rrsets"] if rrset["section"] == "answer"}
        return self.host(event) not in RESOLVERS and bool(kinds & {"CNAME", "DNAME"})

    def host(self, event):
        """The host that sent a response."""
        return self.hosts.get(event["src"])

    def apex(self, name):
        """The apex of the zone that holds a name."""
        return max((apex for apex in self.zones if names.within(name, apex)), key=len)

    def zone(self, name):
        """The zone that holds a name."""
        return self.zones[self.apex(name)]

    def word(self, name, kind):
        """Unbound's word on a question, None where there is none."""
        return self.words.get((name, kind))
