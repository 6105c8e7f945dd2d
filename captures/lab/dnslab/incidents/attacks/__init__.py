"""What attackers do."""

from . import guesses, race_won

SCENARIOS = {
    "race-won": race_won,
    **guesses.SCENARIOS,
}
