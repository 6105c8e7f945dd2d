"""Several unsigned names are forged in one go, all with the same address."""

from . import racing

KIND = "on-path-injection"


def play(act):
    """Three to five names of one zone."""
    zone = act.rng.choice(("unsigned.test.", "plain.test."))
    act.warm(*act.pick(zone, racing.ORDINARY))
    names = act.pick(zone, act.rng.randint(3, 5))
    for name in names:
        racing.deceive(act, "open", name, act.kind)
        answer = act.ask("open", act.pick(zone)[0], act.kind, host="client2")
        racing.insist(act.evil(act.kind) not in answer.text, "a name that was left alone is forged", answer)
    racing.aftermath(act, "open", names[0], act.kind)
