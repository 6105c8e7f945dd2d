"""A resolver that asks as often as it is asked: many equal questions are open at once, and one guess fits one."""

from .. import guessing
from . import kaminsky
from ...packets import parse

KIND = "kaminsky"
HOSTS = ("client", "client2", "client3", "attacker")


def prepare(act):
    """A resolver of this habit, that sends from a few ports."""
    act.world.start_naive(act.rng.randint(4, 16))


def play(act):
    """All questions in one breath; the attacker guesses at the ports, and of its IDs one is right."""
    zone = kaminsky.zone(act)
    guesser = kaminsky.begin(act, "naive", zone)
    name = guesser.name()
    with guessing.slowed(act, guesser.server):
        act.attacker.listen()
        sockets = guessing.flock(act, "naive", name, act.rng.choices(HOSTS, k=act.rng.randint(16, 40)))
        queries = [act.hear_query(guesser.server, name) for _ in sockets]
        act.labels.target(parse(queries[0]).source, zone)
        guess(act, guesser, queries, name)
    guessing.received(sockets)
    kaminsky.victims(act, "naive", name)


def guess(act, guesser, queries, name):
    """Some hundred wrong guesses at each port, and one that is right."""
    right = {(parse(query).source_port, guessing.identifier(query)) for query in queries}
    query = act.rng.choice(queries)
    ports = sorted({port for port, _ in right})
    guesses = [(act.rng.choice(ports), identifier) for identifier in guesser.wrong(0, act.rng.randint(200, 500))]
    guesses = [pair for pair in guesses if pair not in right]
    guesses.insert(act.rng.randrange(len(guesses) // 2, len(guesses)),
                   (parse(query).source_port, guessing.identifier(query)))
    ports, ids = zip(*guesses)
    guesser.spray(query, ids, guesser.content(name), ports)
