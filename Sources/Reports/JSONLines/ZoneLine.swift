import Bytes
import DNSSEC
import DNSWire
import Findings

extension JSONLineWriter {
  /// Writes the members of `zone`.
  mutating func write(_ zone: ZoneEvent) {
    field("event", "zone")
    field("zone", zone.zone)
    verdict(zone.verdict)
    field("parent", zone.parent)
    field("anchored", zone.anchored)
    array("ds") { list in
      for entry in zone.ds { list.object { $0.write(entry) } }
    }
    array("dnskeys") { list in
      for entry in zone.dnskeys { list.object { $0.write(entry) } }
    }
    array("trust_point") { list in
      for key in zone.trustPoint { list.object { $0.write(key) } }
    }
    array("changes") { list in
      for change in zone.changes {
        list.object {
          $0.field("time", change.time)
          $0.verdict(change.verdict)
          $0.field("frame", change.frame)
        }
      }
    }
  }

  /// Writes the members of an entry of `ds`; the digest as zone files have it, in capital letters.
  private mutating func write(_ entry: DSEntry) {
    key(tag: entry.ds.keyTag, algorithm: entry.ds.algorithm)
    field("digest_type", DSDigestType(rawValue: entry.ds.digestType).mnemonic)
    field("digest", Hex.encode(entry.ds.digest))
    field("matches", entry.matches)
    weak(entry.weak)
    field("frame", entry.frame)
  }

  /// Writes the members of an entry of `dnskeys`.
  private mutating func write(_ entry: KeyEntry) {
    key(tag: entry.keyTag, algorithm: entry.algorithm)
    field("bits", entry.bits)
    field("flags", entry.flags)
    field("role", entry.role)
    weak(entry.weak)
    field("frame", entry.frame)
  }

  /// Writes the members of an entry of `trust_point`.
  mutating func write(_ tracked: TrackedKey) {
    key(tag: tracked.keyTag, algorithm: tracked.algorithm)
    field("state", tracked.state.word)
    field("followed", tracked.isFollowed)
    field("since", time(tracked.since))
    field("hold_down_until", time(tracked.holdDownUntil))
    field("first_seen", time(tracked.firstSeen))
    field("last_seen", time(tracked.lastSeen))
    field("frame", tracked.frame)
    field("source", tracked.source)
  }

  /// A moment from seconds since 1970.
  private func time(_ seconds: Int64?) -> Timestamp? { seconds.map { Timestamp(seconds: $0) } }
}
