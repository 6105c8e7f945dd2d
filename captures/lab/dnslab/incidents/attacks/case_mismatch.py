"""The resolver mixes the case of its questions; the attacker answers in lower case, and is too sloppy to win."""

from . import racing
from ... import packets
from ...host import LabError

KIND = "race"


def play(act):
    """Unbound asks again without mixing, finds that the answers differ, and gives none of them."""
    name = racing.prelude(act, ("unsigned.test.", "plain.test."), ("caps",))

    def forge(query):
        asked = packets.parse(query).payload
        if asked[12:packets.question_end(asked)].islower():
            raise LabError("a question in lower case by chance")
        return act.reply(query, [racing.forged_record(act)], change=in_lower_case)

    answer = racing.race(act, "caps", name, act.kind, forge)
    racing.insist(answer.status == "SERVFAIL", "the answers were not compared", answer)
    act.flush("caps")
    answer = act.ask("caps", name, act.kind, host="client2")
    racing.insist(answer.status == "NOERROR" and act.evil(act.kind) not in answer.text, "no recovery", answer)
    act.labels.success = False


def in_lower_case(message):
    """A message whose question is in lower case."""
    end = packets.question_end(message)
    return message[:12] + message[12:end].lower() + message[end:]
