"""The label files: what a validator that has all evidence says of each answer, written from what the lab set up."""

import os

HEADER = """\
# What a validator that has all evidence says of the answers in {name}.pcap.
# Written by captures/lab from what it set up or broke, and agreed to by Unbound, before dnsaudit read the capture.
# Tab-separated:
#   NAME TYPE WORD [ede=CODE] [frames=N,N...]   holds for every response to that question with DO set, TC clear and
#       rcode NOERROR or NXDOMAIN that is no referral; with frames=, for exactly these and before any line without.
#       ede= is the RFC 8914 code that belongs to the damage.
#   forged N...      responses that an attacker sent.
#   poisoned N...    responses of an honest resolver that pass forged data on.
#   benign N...      repeated or mirrored responses, no conflict with anything.
"""


class Labels:
    """The labels of one capture."""

    def __init__(self):
        self.words = {}
        self.pinned = []
        self.lists = {}

    def add(self, name, kind, word, ede=None):
        """The word for every answer to a question; one question has one word."""
        known = self.words.setdefault((name, kind), (word, ede))
        if known != (word, ede):
            raise ValueError(f"{name} {kind} is both {known} and {(word, ede)}")

    def pin(self, name, kind, word, frames, ede=None):
        """The word for some frames only."""
        self.pinned.append((name, kind, word, ede, sorted(frames)))

    def mark(self, role, frames):
        """Frames that are `forged`, `poisoned` or `benign`."""
        self.lists.setdefault(role, []).extend(frames)

    def write(self, directory, name):
        """Writes NAME.labels."""
        with open(os.path.join(directory, name + ".labels"), "w", encoding="ascii") as file:
            file.write(self.text(name))

    def text(self, name):
        """The file's text."""
        lines = [_line(owner, kind, word, ede) for (owner, kind), (word, ede) in self.words.items()]
        lines += [_line(owner, kind, word, ede) + f"\tframes={','.join(map(str, frames))}"
                  for owner, kind, word, ede, frames in self.pinned]
        lines += ["\t".join([role, *map(str, sorted(frames))]) for role, frames in self.lists.items()]
        return HEADER.format(name=name) + "".join(line + "\n" for line in lines)


def _line(name, kind, word, ede):
    """One label."""
    return "\t".join([name, kind, word] + ([f"ede={ede}"] if ede else []))
