"""The scenarios, one a capture: each has `zones()` and `ask(asker, world)`."""

from . import broken, clean, insecure

SCENARIOS = {"clean": clean, "broken": broken, "insecure": insecure}
