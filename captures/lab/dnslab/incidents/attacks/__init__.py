"""What attackers do."""

from . import race_won

SCENARIOS = {
    "race-won": race_won,
}
