"""Just enough of Ethernet, IP, UDP and DNS to forge an answer and to know frames again."""

import struct
from dataclasses import dataclass

IPV4, IPV6, UDP = 0x0800, 0x86DD, 17
TYPE_A = 1


def checksum(data):
    """The Internet checksum (RFC 1071)."""
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


@dataclass
class Datagram:
    """A UDP datagram in its Ethernet frame."""
    source_mac: bytes
    source: bytes
    target: bytes
    source_port: int
    target_port: int
    payload: bytes

    def reply(self, payload, mac):
        """A frame that answers this datagram in the name of its target, sent by the station `mac`."""
        length = 8 + len(payload)
        ports = struct.pack(">HHH", self.target_port, self.source_port, length)
        pseudo = self.target + self.source + struct.pack(">HH", UDP, length)
        udp = ports + struct.pack(">H", checksum(pseudo + ports + b"\0\0" + payload) or 0xFFFF) + payload
        return self.source_mac + mac + self._header(length) + udp

    def _header(self, length):
        """Ethernet type and IP header of the reply."""
        if len(self.source) == 16:
            return struct.pack(">HIHBB", IPV6, 0x60000000, length, UDP, 64) + self.target + self.source
        header = struct.pack(">BBHHHBBH", 0x45, 0, 20 + length, 0, 0, 64, UDP, 0) + self.target + self.source
        return struct.pack(">H", IPV4) + set_ipv4_checksum(header)


def set_ipv4_checksum(header):
    """An IPv4 header of 20 octets with its checksum right."""
    return header[:10] + struct.pack(">H", checksum(header[:10] + b"\0\0" + header[12:])) + header[12:]


def parse(frame):
    """The UDP datagram of an Ethernet frame, None if it holds none (there are no options or extension
    headers here; a later fragment has none)."""
    kind = int.from_bytes(frame[12:14], "big")
    if kind == IPV4 and frame[14] == 0x45 and frame[23] == UDP and not int.from_bytes(frame[20:22], "big") & 0x1FFF:
        source, target, start = frame[26:30], frame[30:34], 34
    elif kind == IPV6 and frame[20] == UDP:
        source, target, start = frame[22:38], frame[38:54], 54
    else:
        return None
    source_port, target_port, length = struct.unpack_from(">HHH", frame, start)
    return Datagram(frame[6:12], source, target, source_port, target_port, frame[start + 8:start + length])


def aged(frame):
    """The frame as a tap one router further sees it: time to live one less, other stations."""
    macs = b"\x02\0\0\0\0\xfd\x02\0\0\0\0\xfc"
    if int.from_bytes(frame[12:14], "big") == IPV6:
        return macs + frame[12:21] + bytes([frame[21] - 1]) + frame[22:]
    header = frame[14:22] + bytes([frame[22] - 1]) + frame[23:34]
    return macs + frame[12:14] + set_ipv4_checksum(header) + frame[34:]


def wire_name(name):
    """A plain name in wire form."""
    return b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split(".") if label) + b"\0"


def question_end(message):
    """The offset after the question of a message with one question."""
    offset = 12
    while message[offset]:
        offset += 1 + message[offset]
    return offset + 5


def question(message):
    """Name (lower case, plain) and type of a message's question, None where it has none."""
    if len(message) < 17 or message[4:6] != b"\0\1":
        return None
    end = question_end(message)
    labels, offset = [], 12
    while message[offset]:
        labels.append(message[offset + 1:offset + 1 + message[offset]].decode("latin-1").lower())
        offset += 1 + message[offset]
    return ".".join(labels) + ".", int.from_bytes(message[end - 4:end - 2], "big")
