"""The scenarios of the incident series, in the order in which they are played.

Each is a module with a docstring and `play(act)`. An attack has `KIND`, one of `labels.KINDS`, and tells `act.labels` its
targets and whether it took. Either may have `ZONES`, zones of its own (`dnslab.zones.Zone`, shared world); `prepare(act)`,
which runs before the capture; and `edit(act, frames)`, which returns the frames that the capture holds in the end.
"""

from . import attacks, benign

ATTACKS = attacks.SCENARIOS
BENIGN = benign.SCENARIOS
