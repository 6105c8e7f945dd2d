"""An unsigned name that exists is denied."""

from . import racing

KIND = "on-path-injection"


def play(act):
    """NXDOMAIN with a made-up SOA, which the resolver caches."""
    name = racing.prelude(act, ("unsigned.test.", "plain.test."))
    act.labels.poison(racing.is_denied(name))
    racing.deceive(act, "open", name, act.kind, racing.denied(act, name), took=absent)
    racing.aftermath(act, "open", name, act.kind, took=absent)


def absent(answer):
    """Whether a client is told that the name does not exist."""
    return answer.status == "NXDOMAIN"
