"""A client's question to its resolver is answered by the attacker, before the resolver can."""

from . import racing
from .. import fingerprint
from ... import packets

KIND = "client-side-spoof"


def play(act):
    """The resolver knows nothing of it, and another client gets the truth."""
    name = racing.prelude(act, ("unsigned.test.", "plain.test.", "signed.test."))
    asking = act.begin("open", name, act.kind)
    query = act.hear_query("open", name, act.kind)
    act.pause()
    act.send(act.reply(query, [racing.forged_record(act)], flags=fingerprint.RECURSIVE))
    answer = asking()
    racing.insist(act.evil(act.kind) in answer.text, "the forgery did not win", answer)
    client = packets.parse(query).source
    act.labels.target(client, name)
    act.labels.victim(client)
    act.labels.success = True
    act.visit("client", act.evil(act.kind))
    answer = act.ask("open", name, act.kind, host="client2")
    racing.insist(act.evil(act.kind) not in answer.text, "the resolver is deceived too", answer)
