"""A series: one world, and every scenario of it with a capture of its own."""

import os
import subprocess
import time

from .. import capture
from ..host import LabError
from ..net import BRIDGE
from .act import Act
from .attacker import Attacker
from .net import WideNetwork
from .world import IncidentWorld

EVERYTHING = "ip or ip6"
TRIES = 3
"""A scenario is a race, and on a busy machine the attacker may be late."""

SETTLE_SECONDS = 0.15
"""Time for the last frames to arrive at the bridge: the longest way takes 21 ms."""

MOST_OCTETS = 60_000
"""Captures are kept in the repository and stay small (compressed)."""


def record(scenarios, work, out, seed, disguised=False, large=False, whole=True):
    """Plays scenarios, (group, name, module) each, and writes their captures and labels into `out`/GROUP. Unless it is
    the `whole` series, the anchors of earlier runs stay beside this one's."""
    series = f"{seed}{'d' if disguised else ''}"
    modules = list({module.__name__: module for _, _, module in scenarios}.values())
    os.makedirs(out, exist_ok=True)
    with WideNetwork() as network, IncidentWorld(network, os.path.join(work, "world"), modules) as world, \
            Attacker(network) as attacker:
        with open(os.path.join(out, series + ".anchors"), "w" if whole else "a", encoding="ascii") as anchors, \
                open(world.anchors, encoding="ascii") as own:
            anchors.write(own.read())
        for group, name, module in scenarios:
            directory = os.path.join(out, group)
            os.makedirs(directory, exist_ok=True)
            _record_one(module, name, lambda name=name, module=module: Act(
                world, attacker, name, getattr(module, "KIND", None), seed, disguised, large),
                work, os.path.join(directory, f"{name}-{series}"), large)


def _record_one(module, name, make_act, work, path, large):
    """Plays one scenario until it goes as it should."""
    for attempt in range(1, TRIES + 1):
        try:
            begun = time.monotonic()
            act, frames, size = _play(module, make_act(), work, path, large)
            break
        except LabError as error:
            print(f"{name}, attempt {attempt}: {error}", flush=True)
            if attempt == TRIES:
                raise
    act.labels.write(*os.path.split(path))
    print(f"{os.path.basename(path)}: {len(frames)} frames, {size} octets, {time.monotonic() - begun:.1f} s", flush=True)


def _play(module, act, work, path, large):
    """One attempt, from empty caches to the compressed capture."""
    pcap = os.path.join(work, "incident.pcap")
    act.flush()
    if hasattr(module, "prepare"):
        module.prepare(act)
    act.attacker.listen()
    with capture.tcpdump(act.network, "switch", BRIDGE, pcap, os.path.join(work, "tcpdump.log"), EVERYTHING) as process:
        module.play(act)
        time.sleep(SETTLE_SECONDS)
        capture.finish(process)
    header, frames = capture.read(pcap)
    if hasattr(module, "edit"):
        frames = capture.in_order(module.edit(act, frames))
        capture.write(pcap, header, frames)
    act.labels.settle(frames, act.forged)
    subprocess.run(["zstd", "-q", "-19", "-f", pcap, "-o", path + ".pcap.zst"], check=True)
    size = os.path.getsize(path + ".pcap.zst")
    if size > MOST_OCTETS and not large:
        raise LabError(f"{size} octets are too many")
    return act, frames, size
