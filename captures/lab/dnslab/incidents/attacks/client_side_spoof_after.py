"""A client's question to its resolver is answered by the attacker, after the resolver."""

from . import racing
from .. import fingerprint
from ... import packets

KIND = "client-side-spoof"


def play(act):
    """The client has closed its socket by then."""
    name = racing.prelude(act, ("unsigned.test.", "plain.test.", "signed.test."))
    asking = act.begin("open", name, act.kind)
    query = act.hear_query("open", name, act.kind)
    act.hear_answer("open", name, act.kind)
    act.pause()
    act.send(act.reply(query, [racing.forged_record(act)], flags=fingerprint.RECURSIVE))
    answer = asking()
    racing.insist(act.evil(act.kind) not in answer.text, "too early", answer)
    act.labels.target(packets.parse(query).source, name)
    act.labels.success = False
