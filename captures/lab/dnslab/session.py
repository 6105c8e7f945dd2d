"""One scenario from its zones to its three files."""

import os
import re
import shutil
import time

from . import capture, host
from .asking import Asker
from .net import BRIDGE, Network
from .world import World

MOST_OCTETS = 200_000
"""Captures are kept in the repository and stay small."""

SETTLE_SECONDS = 0.5
"""Time for the last frames to arrive at the bridge."""


def record(name, scenario, work, out):
    """Runs a scenario and leaves NAME.pcap, NAME.anchors and NAME.labels in `out`; nothing when it fails."""
    pcap = os.path.join(work, name + ".pcap")
    with Network() as network, World(network, os.path.join(work, "world"), scenario.zones()) as world:
        log = os.path.join(work, "tcpdump.log")
        asker = Asker(network)
        with capture.tcpdump(network, "switch", BRIDGE, pcap, log, getattr(scenario, "FILTER", capture.FILTER),
                             nanoseconds=getattr(scenario, "NANOSECONDS", False)) as process:
            notes = scenario.ask(asker, world)
            time.sleep(SETTLE_SECONDS)
            capture.finish(process)
    if hasattr(scenario, "finish"):
        scenario.finish(asker.labels, pcap, notes)
    size = os.path.getsize(pcap)
    if size > MOST_OCTETS:
        raise host.LabError(f"{name}: {size} octets are too many")
    shutil.copyfile(pcap, os.path.join(out, name + ".pcap"))
    shutil.copyfile(world.anchors, os.path.join(out, name + ".anchors"))
    asker.labels.write(out, name)
    packets = len(capture.read(pcap)[1])
    _note_in_table(out, name, packets)
    print(f"{name}: {packets} packets, {size} octets, {len(asker.labels.words)} labels", flush=True)


def _note_in_table(out, name, packets):
    """Keeps the number of packets in the README's table true."""
    path = os.path.join(out, "README.md")
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(rf"^(\| `{name}` \|) \d* ?\|", rf"\1 {packets} |", text, flags=re.MULTILINE))
