"""Zone text with one record a line, as the signers write it, and the ways in which the lab spoils it."""

import base64
import re

LINE = re.compile(r"^(\S+)\s+(\d+)\s+IN\s+(\S+)\s+(.*)$")


class Record:
    """One resource record in presentation format."""

    def __init__(self, owner, ttl, kind, rdata):
        self.owner = owner
        self.ttl = ttl
        self.kind = kind
        self.rdata = rdata

    @property
    def covered(self):
        """The type that an RRSIG covers, None for other records."""
        return self.rdata.split()[0] if self.kind == "RRSIG" else None

    def __str__(self):
        return f"{self.owner}\t{self.ttl}\tIN\t{self.kind}\t{self.rdata}"


def parse(text):
    """The records of a zone file that has whole names, TTLs and classes on every line; comments are dropped."""
    records = []
    for line in text.splitlines():
        match = LINE.match(line)
        if match and not line.startswith(";"):
            rdata = match[4] if '"' in match[4] else match[4].split(" ;")[0].split("\t;")[0]
            records.append(Record(match[1].lower(), match[2], match[3], rdata.strip()))
    return records


class Spoiler:
    """The records of a signed zone while the lab breaks them; each method is one kind of damage."""

    def __init__(self, origin, records, sign_at):
        """`sign_at(window, edit)` signs the same zone with the same keys for another validity window, after `edit` has
        changed its text."""
        self.origin = origin
        self.records = records
        self.sign_at = sign_at

    def name(self, label):
        """The owner of a relative name; `@` is the apex."""
        return self.origin if label == "@" else f"{label}.{self.origin}"

    def signatures(self, label, kind):
        """The RRSIGs over one RRset."""
        owner = self.name(label)
        return [record for record in self.records if record.owner == owner and record.covered == kind]

    def flip_signature(self, label, kind):
        """One bit of the signature over an RRset is wrong."""
        for record in self.signatures(label, kind):
            fields = record.rdata.split()
            raw = bytearray(base64.b64decode("".join(fields[8:])))
            raw[len(raw) // 2] ^= 0x10
            record.rdata = " ".join(fields[:8] + [base64.b64encode(raw).decode()])

    def change(self, label, kind, rdata):
        """The data of an RRset are no longer what was signed."""
        for record in self.records:
            if record.owner == self.name(label) and record.kind == kind:
                record.rdata = rdata

    def unsign(self, label=None, kind=None):
        """The signatures over one RRset, or all of the zone's, are gone."""
        owner = label and self.name(label)
        self.records = [record for record in self.records if record.kind != "RRSIG"
                        or (owner and record.owner != owner) or (kind and record.covered != kind)]

    def drop(self, kind, matching=""):
        """Records of one type whose data begin with `matching` are gone, and with the whole RRset its signatures."""
        kept = [record for record in self.records
                if not (record.kind == kind and record.rdata.startswith(matching))]
        if not any(record.kind == kind for record in kept):
            kept = [record for record in kept if record.covered != kind]
        self.records = kept

    def retime(self, label, kind, window):
        """The signature over one RRset is a true one for another validity window."""
        owner = self.name(label)
        other = [record for record in self.sign_at(window) if record.owner == owner and record.covered == kind]
        self.records = [record for record in self.records if record not in self.signatures(label, kind)] + other

    def text(self):
        """The zone file."""
        return "".join(f"{record}\n" for record in self.records)
