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
}
