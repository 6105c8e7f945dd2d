"""One case: its files, and what a reader should find in them."""

from dataclasses import dataclass


@dataclass
class Variant:
    """A variant of the exchange; message numbers are places in the plain capture's list of messages, from 1."""
    name: str
    what: str
    files: dict
    """Content by the path below the set's folder."""
    paths: tuple = ()
    """What to give to a reader; by default all files."""
    order: str = "sequence"
    """`multiset` when messages may come in another order than in the plain capture."""
    lost: tuple = ()
    """Messages that are not there any more, as a whole."""
    cut: tuple = ()
    """Messages of which the beginning is there, at least the question."""
    judged: bool = True
    """Whether an audit says the same as of the plain capture; not where times or evidence are lost."""

    def __post_init__(self):
        self.paths = self.paths or tuple(self.files)

    def row(self, group):
        """Its line in the table."""
        expected = "left" if self.lost or self.cut else "same"
        fields = (self.name, group, " ".join(self.paths), expected, self.order, ranges(self.lost), ranges(self.cut),
                  "yes" if self.judged and expected == "same" else "no", self.what)
        return "\t".join(fields) + "\n"


HEADER = """\
# Each case that captures/lab/variants makes of exchange.pcap, and what a reader should find in it; written by it.
# Fields between tabs: name, group, paths in this folder, expected (same: all messages of exchange.pcap; left: all but
# those that are lost, while of those that are cut the beginning is there), order (sequence or multiset), lost, cut
# (numbers from 1 in the list of exchange.pcap's messages), judged (yes: an audit says the same of every response),
# what it is.
"""


def ranges(numbers):
    """Numbers in short: `1-3,7`, or `-` for none."""
    runs = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(f"{first}-{last}" if first < last else f"{first}" for first, last in runs) or "-"
