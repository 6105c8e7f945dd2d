import DNSWire
import TestSupport

/// A capture with answers of every kind from zones of all eight algorithms, and what a validator must say of each.
struct ControlWorld: Sendable {
  /// What was said.
  var capture: ZoneCapture
  /// The root's anchor, the same with another digest, one for a zone without DS, and one for a zone that nobody asks.
  let anchor: String, wrongAnchor: String, islandAnchor: String, strangeAnchor: String

  /// Signatures hold for a month around the capture, September 2025.
  static let period = ValidityPeriod(1_756_684_800, 1_759_276_800)
  /// Time of the first packet in seconds since 1970.
  static let start: Int64 = 1_757_900_000
  /// Hosts in each signed zone; with the others they make more than 500 signed positive answers.
  static let hosts = 64

  /// The world of every test here, made once.
  static let shared = Result { try ControlWorld() }

  /// Signed zones, their algorithms and how they deny.
  private static let signed: [(apex: String, SignedZone.Signing)] = [
    ("sha1.test.", .init(5, digestType: 1)),
    ("nsec3sha1.test.", .init(7, .nsec3(salt: [0xaa, 0xbb], iterations: 1))),
    ("sha256.test.", .init(8, separateKeys: true)),
    ("sha512.test.", .init(10, .nsec3())),
    ("p256.optout.", .init(13, .nsec3(optOut: true), separateKeys: true)),
    ("p384.optout.", .init(14, digestType: 4)),
    ("ed25519.hashed.", .init(15, .nsec3(salt: [1], iterations: 5))),
    ("ed448.hashed.", .init(16)),
  ]

  /// Makes the zones and asks.
  init() throws {
    let tree = try ZoneTree(root: .init(8, separateKeys: true), ControlWorld.period, seed: 20_250_915)
    try tree.add("test.", .init(13))
    try tree.add("hashed.", .init(15, .nsec3()))
    try tree.add("optout.", .init(8, .nsec3(optOut: true)))
    var talk = ZoneConversation(tree, start: ControlWorld.start, seed: 1)
    for (apex, signing) in ControlWorld.signed { ControlWorld.fill(try tree.add(apex, signing)) }
    let plain = try ["test", "hashed", "optout"].map { try tree.add("plain.\($0).", nil) }
    let island = try tree.add("island.hashed.", .init(13), isSecure: false)
    for zone in plain + [island] { zone.add("www", .a, ZoneRData.a(80)) }
    for (apex, _) in ControlWorld.signed { try ControlWorld.ask(&talk, apex) }
    for zone in plain + [island] {
      try talk.resolve(zone.below("www"), .a)
      try talk.resolve(zone.below("absent"), .a)
      try talk.resolve(zone.apex, .ds)
    }
    capture = talk.capture
    anchor = tree.anchorLine
    islandAnchor = ZoneTree.anchorLine(of: island)
    strangeAnchor = ZoneTree.anchorLine(of: try tree.add("strange.", .init(13)))
    let last = anchor.dropLast(2)
    wrongAnchor = last + (anchor.dropLast().last == "0" ? "1" : "0") + "\n"
  }

  /// Puts data of every kind into a zone.
  private static func fill(_ zone: SignedZone) {
    for host in 0..<hosts {
      zone.add("host\(host)", .a, ZoneRData.a(UInt8(host)), ZoneRData.a(UInt8(host + 100)))
    }
    zone.add(zone.apex, .mx, ZoneRData.mx(10, zone.below("host1")))
    zone.add("host1", .aaaa, ZoneRData.aaaa(1))
    zone.add("host2", .txt, ZoneRData.txt("one text"))
    zone.add("alias", .cname, ZoneRData.name(zone.below("host3")))
    zone.add("tree", .dname, ZoneRData.name(zone.below("other")))
    zone.add("leaf.other", .a, ZoneRData.a(7))
    zone.add("*.wild", .a, ZoneRData.a(9))
    zone.add("deep.empty", .a, ZoneRData.a(10))
  }

  /// Asks for all of it.
  private static func ask(_ talk: inout ZoneConversation, _ apex: String) throws {
    for host in 0..<hosts { try talk.resolve(domainName("host\(host).\(apex)"), .a) }
    let questions: [(String, RecordType)] = [
      ("", .mx), ("host1.", .aaaa), ("host2.", .txt), ("alias.", .a), ("leaf.tree.", .a),
      ("any.wild.", .a), ("a.b.wild.", .a), ("any.wild.", .txt), ("host1.", .mx), ("empty.", .a), ("", .aaaa),
      ("absent.", .a), ("a.b.absent.", .txt), ("", .ds),
    ]
    for (labels, type) in questions { try talk.resolve(domainName(labels + apex), type) }
  }
}
