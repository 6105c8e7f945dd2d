"""Random names under one zone, as botnets ask to tire its servers; nobody answers but the servers."""

from ..stub import Stub
from .setting import CLIENTS

NAMES = 150
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def play(act):
    """Through the resolver that does not validate, from several clients, as fast as they can."""
    act.warm("www.calm.test.")
    stubs = [Stub(act, host) for host in CLIENTS for _ in range(4)]
    for first in range(0, NAMES, len(stubs)):
        for stub in stubs:
            label = "".join(act.rng.choices(LETTERS, k=act.rng.randrange(8, 17)))
            stub.send("open", f"{label}.calm.test.")
        for stub in stubs:
            stub.receive()
    for stub in stubs:
        stub.socket.close()
    act.warm("www.calm.test.")
