"""Traffic that looks like an attack and is none."""

SCENARIOS = {}
