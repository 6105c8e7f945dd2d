import DNSWire
import TestSupport

/// The zones of the mixed traffic: a root, top-level domains, and below them many small zones, some signed.
struct World {
  /// All of them; a zone's number is its place, the root's is 0.
  let tree: ZoneTree
  /// By number, the number of the zone above.
  private(set) var above: [Int] = [0]
  /// The numbers of the top-level domains, and of the signed and the unsigned zones below, those asked most in front.
  private(set) var tops: [Int] = [], signed: [Int] = [], unsigned: [Int] = []

  /// Top-level domains and how they are signed: much as the large ones are.
  private static let topLevel: [(name: String, signing: SignedZone.Signing)] = [
    ("com", .init(13, .nsec3(optOut: true))), ("net", .init(13, .nsec3(optOut: true))),
    ("org", .init(8, .nsec3(optOut: true), separateKeys: true, rsaBits: 2_048)),
    ("de", .init(8, .nsec3(salt: [0xab, 0xcd], iterations: 5), rsaBits: 2_048)),
    ("nl", .init(13, .nsec3(optOut: true))), ("se", .init(13, .nsec, separateKeys: true)),
    ("info", .init(8, .nsec3(optOut: true), rsaBits: 2_048)), ("bank", .init(15)),
  ]

  /// So many zones below top-level domains.
  init(zones count: Int) throws {
    tree = try ZoneTree(
      root: .init(8, .nsec, separateKeys: true, rsaBits: 2_048), TrafficWriter.period, seed: 0x6d69_7865)
    for (name, signing) in World.topLevel {
      try tree.add(name + ".", signing)
      above.append(0)
      tops.append(tree.zones.count - 1)
    }
    var random = SeededRandom(seed: 0x6d69_7866)
    for index in 0..<count {
      // Every second zone lies in the first domain.
      let top = index % 2 == 0 ? 0 : Int(random.next() % UInt64(tops.count))
      let name = "\(Words.word(&random))\(index).\(World.topLevel[top].name)."
      let isSigned = index % 20 < 9
      let zone = try tree.add(name, isSigned ? World.signing(index / 20 * 9 + index % 20) : nil)
      World.fill(zone, index, &random)
      above.append(tops[top])
      if isSigned { signed.append(tree.zones.count - 1) } else { unsigned.append(tree.zones.count - 1) }
    }
  }

  /// How the signed zone of a number is signed: three of five by P-256, one of fourteen by Ed25519, the others by RSA.
  private static func signing(_ index: Int) -> SignedZone.Signing {
    let denial: DenialMethod = index % 2 == 0 ? .nsec : .nsec3(salt: index % 3 == 0 ? [1, 2] : [])
    switch index % 14 {
    case 0..<8: return .init(13, denial)
    case 8: return .init(15, denial)
    case 9: return .init(8, denial, rsaBits: 2_048)
    default: return .init(8, denial, separateKeys: index % 14 == 10)
    }
  }

  /// Gives a zone its hosts.
  private static func fill(_ zone: SignedZone, _ index: Int, _ random: inout SeededRandom) {
    let apex = zone.apex
    zone.add(apex, .ns, ZoneRData.name(zone.below("ns2")))
    zone.add("ns2", .a, random.bytes(4))
    zone.add(apex, .a, random.bytes(4))
    zone.add(apex, .aaaa, [0x20, 1, 0x0d, 0xb8] + random.bytes(12))
    zone.add(apex, .mx, ZoneRData.mx(10, zone.below("mail")))
    zone.add(apex, .txt, ZoneRData.txt("v=spf1 mx include:_spf\(index).example.net -all"))
    zone.add("www", .a, random.bytes(4), random.bytes(4))
    zone.add("www", .aaaa, [0x20, 1, 0x0d, 0xb8] + random.bytes(12))
    zone.add("mail", .a, random.bytes(4))
    zone.add("api", .a, random.bytes(4))
    zone.add("shop", .cname, ZoneRData.name(zone.below("www")))
    if index % 3 == 0 {
      zone.add(
        apex, .https, octets(1 as UInt16) + [0] + octets(1 as UInt16) + octets(3 as UInt16) + [2, 0x68, 0x32])
    }
    if index % 8 == 3 { zone.add("*.dyn", .a, random.bytes(4)) }
  }
}
