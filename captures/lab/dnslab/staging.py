"""Acts that need two hosts at once: a forged answer that wins the race, a query that is sent twice."""

import os
import signal
import sys
from contextlib import contextmanager

from .host import LabError, Process, wait_until
from .net import ipv4, ipv6

HERE = os.path.dirname(os.path.abspath(__file__))


class Stage:
    """The acts of one scenario in a running world."""

    def __init__(self, world):
        self.world = world
        self.forged = []
        """The forged frames, as octets."""

    @contextmanager
    def paused(self, host):
        """Holds a host's server still: queries wait in its socket until the end of the block."""
        process = self.world.processes[host]
        process.signal_group(signal.SIGSTOP)
        try:
            yield
        finally:
            process.signal_group(signal.SIGCONT)

    def forge(self, kind, name, server, ask):
        """Lets the attacker answer the first query for `name` to `server`, `ask()` being what causes the query.

        The true server answers as soon as the forgery is on the wire. Returns what `ask` returned.
        """
        process, output = self._start("attacker", "attacker.py", kind, name, ipv4(server), ipv6(server))
        with process:
            wait_until(lambda: _lines(output) == ["ready"], "the attacker", process=process)
            with self.paused(server):
                asking = ask()
                wait_until(lambda: len(_lines(output)) == 2, f"the forgery for {name}")
        self.forged.append(bytes.fromhex(_lines(output)[1]))
        return asking()

    def send_twice(self, name, server):
        """Sends one query twice before the server answers either."""
        process, output = self._start("client", "impatient.py", ipv4(server), name)
        with process:
            with self.paused(server):
                wait_until(lambda: _lines(output) == ["sent"], "the second query", process=process)
            wait_until(lambda: process.ended() is not None, "the second answer")
        if process.ended() != 0:
            raise LabError(f"{name} twice: {process.said()}")

    def _start(self, host, script, *arguments):
        """Runs one of the lab's own scripts on a host; returns it and the file of its output."""
        base = os.path.join(self.world.directory, f"{script}-{len(os.listdir(self.world.directory))}")
        command = self.world.network.inside(host, sys.executable, os.path.join(HERE, script), *arguments)
        return Process(command, base + ".log", base + ".out"), base + ".out"


def _lines(path):
    """The whole lines that a script has printed."""
    with open(path, encoding="ascii") as file:
        return [line.strip() for line in file if line.endswith("\n")]
