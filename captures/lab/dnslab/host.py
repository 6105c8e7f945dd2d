"""What the lab needs from the machine: root, Debian packages, and processes that never outlive it."""

import ctypes
import os
import signal
import subprocess
import sys
import time

INSTALL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", ".ci", "install")
"""Installs the Debian packages that the lab needs and that are missing; no service is started by it."""

PR_SET_PDEATHSIG = 1
COMMAND_SECONDS = 60
"""The longest that any one command (a signer, a question) may take."""

RUN_SECONDS = 600
"""All captures take about half a minute; after this long something hangs. Some commands take longer, and say so."""
LOG_CHARACTERS = 4000
"""As much of a log as helps in a message."""


class LabError(Exception):
    """Something in the lab did not go as its script says."""


def prepare(seconds=RUN_SECONDS):
    """What every command of the lab does first; from then on a signal or too long a run ends it with all cleaned up."""
    if os.geteuid() != 0:
        raise LabError("the lab makes network namespaces and must run as root")
    os.environ["PATH"] += os.pathsep + os.pathsep.join(["/usr/local/sbin", "/usr/sbin", "/sbin"])
    subprocess.run(["sh", INSTALL, "lab"], check=True, stdin=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit("ended by SIGHUP"))
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"not done within {seconds} s"))
    signal.alarm(seconds)


def command(*arguments, cwd=None, check=True, seconds=COMMAND_SECONDS):
    """Runs a command to its end and returns its standard output; fails with what it said."""
    done = subprocess.run(arguments, cwd=cwd, timeout=seconds, text=True, errors="surrogateescape",
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if check and done.returncode != 0:
        raise LabError(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def _die_with_parent():
    """Runs in the child: ask the kernel to end it when the lab itself is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    """A process in the background with its output in files; a context manager that ends it."""

    def __init__(self, arguments, log, stdout=None):
        """Starts it as the leader of a group of its own; both outputs go to `log` unless `stdout` names a file."""
        self.arguments = arguments
        self.log = log
        with open(log, "wb") as errors, open(stdout or os.devnull, "wb") as output:
            self.child = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=output if stdout else errors, stderr=errors,
                start_new_session=True, preexec_fn=_die_with_parent)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def pid(self):
        """Process id, also the id of its group."""
        return self.child.pid

    def said(self):
        """The end of what it wrote to its log so far."""
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()[-LOG_CHARACTERS:]

    def ended(self):
        """Its exit status, or None while it runs."""
        return self.child.poll()

    def signal_group(self, number):
        """Sends a signal to it and to its own children."""
        os.killpg(self.child.pid, number)

    def stop(self, number=signal.SIGTERM, seconds=10):
        """Ends it politely, then by force; returns its exit status."""
        if self.child.poll() is None:
            self.child.send_signal(number)
            try:
                self.child.wait(seconds)
            except subprocess.TimeoutExpired:
                self.signal_group(signal.SIGKILL)
                self.child.wait()
        return self.child.returncode


def wait_until(ready, what, seconds=15, process=None):
    """Polls `ready` until it is true; fails when time is up or when the process that it waits for has ended."""
    end = time.monotonic() + seconds
    while not ready():
        if process is not None and process.ended() is not None:
            raise LabError(f"{what}: {' '.join(process.arguments)} ended early\n{process.said()}")
        if time.monotonic() > end:
            raise LabError(f"{what}: not within {seconds} s\n{process.said() if process else ''}")
        time.sleep(0.05)
