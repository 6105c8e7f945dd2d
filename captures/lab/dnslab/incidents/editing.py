"""Changes to the frames of a capture after it is made: what another tap, or a bad one, would have seen."""

from dataclasses import replace

from .. import capture, packets

SECOND = 1_000_000
VLAN = b"\x81\x00"


def time(frame):
    """A frame's time in microseconds."""
    return frame.seconds * SECOND + frame.fraction


def at(frame, microseconds, data=None):
    """The frame at another time, with other octets if given."""
    return replace(frame, seconds=microseconds // SECOND, fraction=microseconds % SECOND,
                   data=frame.data if data is None else data)


def with_copies(frames, change, microseconds):
    """Every frame two times, the second time changed and some microseconds later."""
    return capture.in_order([*frames, *(at(frame, time(frame) + microseconds(), change(frame.data))
                                        for frame in frames)])


def aged(hops):
    """What makes a frame of one that a tap some routers further sees."""
    def change(data):
        for _ in range(hops):
            data = packets.aged(data)
        return data
    return change


def tagged(vlan):
    """What puts a frame into a VLAN (IEEE 802.1Q)."""
    return lambda data: data[:12] + VLAN + vlan.to_bytes(2, "big") + data[12:]


def lossy(frames, rng, share, lost=lambda frame: True):
    """The frames without a random share of those that can be lost."""
    kept = [frame for frame in frames if not (lost(frame) and rng.random() < share)]
    return capture.in_order(kept)


def merged(frames, more):
    """The frames of two taps by time."""
    return capture.in_order([*frames, *more])


def jumbled(frames, rng, microseconds):
    """The frames in another order: each is up to so much late, as where two queues are read in turn; their time stamps
    are those of the reader, so that the file is in order."""
    late = [(time(frame) + rng.randrange(microseconds), frame) for frame in frames]
    late.sort(key=lambda pair: pair[0])
    return capture.in_order([at(frame, moment) for moment, frame in late])


def is_response(frame):
    """Whether a frame is a DNS response over UDP and no fragment behind the first."""
    datagram = packets.parse(frame.data)
    return datagram is not None and datagram.source_port == 53


def is_query(frame):
    """Whether a frame is a DNS query over UDP."""
    datagram = packets.parse(frame.data)
    return datagram is not None and datagram.target_port == 53


def fragment_key(data):
    """What the fragments of one datagram have in common (IPv4), None for a frame that is no fragment."""
    if data[12:14] != b"\x08\0" or not int.from_bytes(data[20:22], "big") & 0x3FFF:
        return None
    return data[18:20] + data[23:24] + data[26:34]
