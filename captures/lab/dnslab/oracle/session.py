"""One run of the check: the servers, the questions, three captures, and what Unbound said."""

import os
import shutil
import time
from dataclasses import dataclass

from .. import capture, names
from ..host import LabError
from ..net import BRIDGE, Network, ipv4, ipv6
from ..session import SETTLE_SECONDS
from ..world import World
from . import questions

HERE = os.path.dirname(os.path.abspath(__file__))
NO_ERROR, SERVER_FAILURE, NAME_ERROR = "0", "2", "3"
FRAME_OCTETS = 1514
"""The longest frame on the lab's cables."""
ASKING_SECONDS = 900
"""The longest that one round of questions may take."""


@dataclass
class Said:
    """What a server answered."""
    code: str
    flags: list
    errors: list


CAPTURES = ("resolver", "direct", "open", "second")
"""One for each round of questions."""


def run(zones, types, work, out):
    """Asks everything; leaves the CAPTURES, `anchors` and `words` in `out`."""
    with Network() as network, World(network, os.path.join(work, "world"), zones) as world:
        asker = Asker(world, work, out)
        shutil.copyfile(world.anchors, os.path.join(out, "anchors"))
        asked = questions.of(world.tree, types)
        words = asker.captured("resolver", lambda: asker.words(asked))
        with open(os.path.join(out, "words"), "w", encoding="ascii") as file:
            file.writelines(f"{names.text(name)}\t{kind}\t{said or '-'}\n" for (name, kind), said in words.items())
        asker.captured("direct", lambda: asker.ask([(host, question, "-") for question in asked
                                                    for host in authorities(world.tree, question)]))
        asker.captured("open", lambda: asker.ask([("open", question, "cd") for question in asked]))
        world.start_second()
        asker.captured("second", lambda: asker.ask([("second", question, "-") for question in asked]))
        hosts = {address(host): host for host in world.processes for address in (ipv4, ipv6)}
        return world.tree, words, hosts


class Asker:
    """Asks from the client's host, with a capture for each round of questions."""

    def __init__(self, world, work, out):
        self.world, self.work, self.out = world, work, out
        self.rounds = 0

    def captured(self, name, act):
        """Captures while it asks."""
        pcap, log = os.path.join(self.out, name + ".pcap"), os.path.join(self.work, name + ".log")
        with capture.tcpdump(self.world.network, "switch", BRIDGE, pcap, log, longest=FRAME_OCTETS) as process:
            result = act()
            time.sleep(SETTLE_SECONDS)
            capture.finish(process)
        return result

    def words(self, asked):
        """Unbound's word on each question: AD is secure, no AD insecure, and SERVFAIL bogus if there are data."""
        first = self.ask([("resolver", question, "-") for question in asked])
        failed = [question for question in asked if first["resolver", question].code == SERVER_FAILURE]
        second = self.ask([("resolver", question, "cd") for question in failed])
        return {question: word(first["resolver", question], second.get(("resolver", question))) for question in asked}

    def ask(self, asked):
        """Asks (host, question, flags) and returns what was said by (host, question)."""
        self.rounds += 1
        base = os.path.join(self.work, f"round-{self.rounds}")
        keys = {}
        with open(base + ".in", "w", encoding="ascii") as file:
            for host, (name, kind), flags in asked:
                line = f"{ipv4(host)}\t{names.text(name)}\t{questions.CODES[kind]}\t{flags}"
                keys[line] = (host, (name, kind))
                file.write(line + "\n")
        script = f"exec python3 {HERE}/ask.py < {base}.in"
        said = self.world.network.run("client", "sh", "-c", script, seconds=ASKING_SECONDS)
        found = {}
        for line in said.splitlines():
            *key, code, flags, errors = line.split("\t")
            found[keys["\t".join(key)]] = Said(code, flags.split(","), errors.split(","))
        if len(found) != len(keys):
            raise LabError(f"{len(keys)} questions, {len(found)} answers")
        return found


def word(said, unchecked):
    """A word of RFC 4035 §4.3, or None where there is no answer to judge."""
    if said.code in (NO_ERROR, NAME_ERROR):
        return "secure" if "ad" in said.flags else "insecure"
    return "bogus" if unchecked and unchecked.code in (NO_ERROR, NAME_ERROR) else None


def authorities(tree, question):
    """The servers that should know: that of the zone, for DS the one above; and the one above for a referral."""
    name, kind = question
    above = sorted((zone for zone in tree.zones if names.within(name, names.labels(zone.name))),
                   key=lambda zone: -len(names.labels(zone.name)))
    if kind == "DS" and above[0].name != "." and names.labels(above[0].name) == name:
        above = above[1:]
    return list(dict.fromkeys(zone.host for zone in above[:2]))
