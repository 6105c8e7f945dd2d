"""Several questions on one TCP connection before the first answer; answers in any order (RFC 7766 §6.2.1.1)."""

from ...net import ipv4
from .. import messages, sockets
from ..responder import Responder
from ..stub import ANSWER_SECONDS, fresh
from .setting import AUTHORITIES, insist, ordinary


def play(act):
    """To a resolver and to authorities; some with the same ID, which is another question's again later."""
    ordinary(act)
    rng = act.rng
    with Responder(act, "odd"):
        asked = (("open", [*AUTHORITIES, "odd.lab."]), ("knot", ["level.test."]), ("bind", ["fair.test."]))
        for server, zones in asked:
            names = [f"w{rng.randrange(40)}.{zone}" for zone in zones for _ in range(2)]
            pipeline(act, server, [*names, *(fresh(act, zone) for zone in zones)])


def pipeline(act, server, names):
    """All queries in one write, all answers in whatever order."""
    flags = messages.RD if server == "open" else 0
    queries = [messages.query(name, "A", act.rng.randrange(65536), flags) for name in names]
    with sockets.tcp(act.network, "client", ipv4(server), ANSWER_SECONDS) as connection:
        connection.sendall(b"".join(len(asked).to_bytes(2, "big") + asked for asked in queries))
        with connection.makefile("rb") as stream:
            answers = [stream.read(int.from_bytes(stream.read(2), "big")) for _ in queries]
    insist({answer[:2] for answer in answers} == {asked[:2] for asked in queries}, f"{server}: not all answers")
