"""The scenarios, one a capture: each has `zones()` and `ask(asker, world)`.

With `finish(labels, pcap, notes)` a scenario works on its capture afterwards; `notes` is what `ask` returned.
"""

from . import broken, clean, exchange, insecure, names, spoofed, types

SCENARIOS = {"clean": clean, "broken": broken, "insecure": insecure, "spoofed": spoofed, "names": names, "types": types,
             "exchange": exchange}
