"""Answers that come after the client has given up: to a closed port, and to one that asks something else by then."""

import time

from ..responder import Responder, changed, only, steady
from ..stub import Stub, fresh
from .setting import ordinary, usual

GIVES_UP_SECONDS = 0.3
LATE_SECONDS = 5
STALLED_SECONDS = 0.3
REUSED_SECONDS = 0.3
"""How long before the last answer its port is used again."""


def play(act):
    """Two names late by half a second, one by five; one late enough that a resolver asks again meanwhile."""
    ordinary(act)
    late, very_late, stalled = fresh(act, "odd.lab.", 2), fresh(act, "odd.lab."), fresh(act, "odd.lab.")
    delays = dict.fromkeys(late, act.rng.uniform(0.5, 0.7)) | {very_late: LATE_SECONDS, stalled: STALLED_SECONDS}

    def behave(query):
        return changed(steady(query), delay=delays[query.name])

    with Responder(act, "odd", only(delays, behave)):
        usual(act)
        with Stub(act, "client2") as stub:
            stub.send("odd", very_late)
            port, sent = stub.port, time.monotonic()
        for name in late:
            with Stub(act) as stub:
                stub.send("odd", name)
                time.sleep(GIVES_UP_SECONDS)
        with Stub(act) as stub:
            stub.send("open", stalled)
            stub.receive()
        time.sleep(max(0, sent + LATE_SECONDS - REUSED_SECONDS - time.monotonic()))
        with Stub(act, "client2", port) as stub:
            for name in fresh(act, "odd.lab.", 3):
                stub.ask("odd", name)
            stub.receive()
