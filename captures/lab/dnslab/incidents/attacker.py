"""The attacker's host: hears every frame on the hub, and puts frames on the wire in the name of others."""

import socket
import time

from .. import net, packets
from ..host import LabError
from ..tap import LONGEST_FRAME, tap
from .fingerprint import Habits
from .wire import TYPES


class Attacker:
    """A packet socket on the attacker's host; a context manager."""

    def __init__(self, network):
        with network.entered("attacker"):
            self.wire = tap(net.INTERFACE)
        self.mac = self.wire.getsockname()[4]
        self.habits = Habits()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.wire.close()

    def send(self, frame):
        """Puts a frame on the wire."""
        self.wire.send(frame)

    def listen(self):
        """Takes in all that was heard until now."""
        self.wire.setblocking(False)
        try:
            while True:
                self.habits.learn(self.wire.recv(LONGEST_FRAME))
        except BlockingIOError:
            return

    def sniff(self, predicate, timeout):
        """The first frame for which `predicate` holds, of those not yet heard; fails when none comes in time."""
        end = time.monotonic() + timeout
        while (left := end - time.monotonic()) > 0:
            self.wire.settimeout(left)
            try:
                frame = self.wire.recv(LONGEST_FRAME)
            except TimeoutError:
                break
            if predicate(frame):
                self.habits.learn(frame)
                return frame
            self.habits.learn(frame)
        raise LabError("the attacker did not hear what it waited for")


def addresses(host):
    """Both addresses of a host, as octets."""
    return {socket.inet_pton(socket.AF_INET, net.ipv4(host)), socket.inet_pton(socket.AF_INET6, net.ipv6(host))}


def question_to(server, name=None, kind=None):
    """Holds for a frame that asks a host, by UDP, about a name and of a type (any where they are not given)."""
    return _question(server, name, kind, lambda datagram: (datagram.target, datagram.target_port))


def answer_of(server, name=None, kind=None):
    """Holds for a frame in which a host answers."""
    return _question(server, name, kind, lambda datagram: (datagram.source, datagram.source_port))


def _question(server, name, kind, side):
    ends = {(address, 53) for address in addresses(server)}

    def holds(frame):
        datagram = packets.parse(frame)
        if not datagram or side(datagram) not in ends:
            return False
        asked = packets.question(datagram.payload)
        return bool(asked) and (name is None or asked[0] == name) and (kind is None or asked[1] == TYPES[kind])

    return holds
