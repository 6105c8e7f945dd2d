"""The forged answer has the right ID, and comes after the true one."""

from . import racing
from ... import packets

KIND = "race"


def play(act):
    """The resolver has the true answer and keeps it."""
    name = racing.prelude(act, ("unsigned.test.", "plain.test."))
    server = racing.server_of(act, name)
    asking = act.begin("open", name, act.kind)
    query = act.hear_query(server, name, act.kind)
    act.labels.target(packets.parse(query).source, name)
    act.hear_answer(server, name, act.kind)
    act.pause()
    act.send(racing.bare(act)(query))
    for answer in (asking(), act.ask("open", name, act.kind, host="client2")):
        racing.insist(answer.status == "NOERROR" and act.evil(act.kind) not in answer.text, "too early", answer)
    act.labels.success = False
