import Bytes
import DNSSEC
import DNSWire
import Findings

extension Sample {
  /// A tree from the root with each of the four words in it.
  static var zones: [ZoneEvent] { [root, org, example, broken, plain, lonely] }

  /// The anchored root.
  static var root: ZoneEvent {
    ZoneEvent(
      zone: .root, parent: nil, verdict: Verdict(.secure, "its DNSKEY RRset is signed by anchor 19036"),
      changes: [(time(0), Verdict(.secure, "its DNSKEY RRset is signed by anchor 19036"), 2)],
      ds: [DSEntry(ds: ds(19_036, 8, digest: 0x49), matches: true, frame: nil)],
      dnskeys: [
        KeyEntry(keyTag: 19_036, algorithm: 8, bits: 2_048, flags: 257, role: "KSK", frame: 2),
        KeyEntry(keyTag: 39_291, algorithm: 8, bits: 2_048, flags: 256, role: "ZSK", frame: 2),
      ], anchored: true)
  }

  /// A secure TLD with a standby DS.
  static var org: ZoneEvent {
    ZoneEvent(
      zone: name("org."), parent: .root, verdict: Verdict(.secure, "DS 9795 matches a key that signs"),
      changes: [],
      ds: [
        DSEntry(ds: ds(9_795, 7, digest: 0x39), matches: true, frame: 5),
        DSEntry(ds: ds(21_366, 7, digest: 0x96), matches: false, frame: 5),
      ],
      dnskeys: [KeyEntry(keyTag: 9_795, algorithm: 7, bits: 2_048, flags: 257, role: "KSK", frame: 6)],
      anchored: false)
  }

  /// A secure zone with one key for everything.
  static var example: ZoneEvent {
    ZoneEvent(
      zone: name("example.org."), parent: name("org."),
      verdict: Verdict(.secure, "DS 2 matches a key that signs"),
      changes: [], ds: [DSEntry(ds: ds(2, 13, digest: 0x11), matches: true, frame: 8)],
      dnskeys: [KeyEntry(keyTag: 2, algorithm: 13, bits: 256, flags: 257, role: "CSK", frame: 9)],
      anchored: false)
  }

  /// A zone whose keys do not fit its DS.
  static var broken: ZoneEvent {
    ZoneEvent(
      zone: name("broken.org."), parent: name("org."),
      verdict: Verdict(
        .bogus, ede: .dnskeyMissing, "no DNSKEY of broken.org. matches DS 4711 13 2; keys seen: 815 (KSK)"),
      changes: [
        (time(1), Verdict(.indeterminate, "no DNSKEY of broken.org. seen"), nil),
        (time(4), Verdict(.bogus, ede: .dnskeyMissing, "no DNSKEY of broken.org. matches DS 4711 13 2"), 30),
      ], ds: [DSEntry(ds: ds(4_711, 13, digest: 0xde), matches: false, frame: 22)],
      dnskeys: [KeyEntry(keyTag: 815, algorithm: 13, bits: 256, flags: 257, role: "KSK", frame: 30)],
      anchored: false)
  }

  /// A zone that is proven to have no DS.
  static var plain: ZoneEvent {
    ZoneEvent(
      zone: name("plain.org."), parent: name("org."),
      verdict: Verdict(.insecure, "NSEC3 of org. in frame 18 proves that plain.org. has no DS"), changes: [],
      ds: [], dnskeys: [], anchored: false)
  }

  /// A zone that the chain does not reach.
  static var lonely: ZoneEvent {
    ZoneEvent(
      zone: name("lonely.test."), parent: nil,
      verdict: Verdict(
        .indeterminate, ede: .indeterminate,
        "the capture holds no DS of test.: the answer to 'test. DS' would close the gap"), changes: [],
      ds: [],
      dnskeys: [], anchored: false)
  }

  /// A zone whose every string is hostile.
  static var hostileZone: ZoneEvent {
    var zone = broken
    zone.zone = hostileName
    zone.parent = hostileName.parent
    zone.verdict = Verdict(.bogus, ede: .bogus, hostile)
    zone.changes = [(time(0), zone.verdict, 1)]
    zone.dnskeys[0].role = hostile
    return zone
  }

  /// DS fields with a digest of one octet repeated.
  static func ds(_ keyTag: UInt16, _ algorithm: UInt8, digest octet: UInt8) -> DSData {
    DSData(
      keyTag: keyTag, algorithm: algorithm, digestType: 2, digest: Array(repeating: octet, count: 32))
  }

  /// Secure zones `z1.org.` to `z<count>.org.`.
  static func zones(_ count: Int, _ verdict: Verdict) -> [ZoneEvent] {
    (0..<count).map { number in
      var zone = example
      zone.zone = name("z\(number + 1).org.")
      zone.verdict = verdict
      return zone
    }
  }
}
