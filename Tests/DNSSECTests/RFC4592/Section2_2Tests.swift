@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4592 §2.2.1: the RFC's own zone and the answers that it lists, judged with NSEC and NSEC3.
@Suite struct RFC4592Section2_2Tests {
  /// The zone of §2.2.1, as `example.` below a signed root.
  private func world(_ method: Int) throws -> (World, SignedZone) {
    let world = try World()
    let zone = try world.tree.add("example.", .init(13, Section5_4Tests.methods[method]))
    zone.add("*", .txt, ZoneRData.txt("this is a wildcard"))
    zone.add("*", .mx, ZoneRData.mx(10, domainName("host1.example.")))
    zone.add("sub.*", .txt, ZoneRData.txt("this is not a wildcard"))
    zone.add("host1", .a, ZoneRData.a(1))
    zone.add("_ssh._tcp.host1", .txt, ZoneRData.txt("srv"))
    zone.add("_ssh._tcp.host2", .txt, ZoneRData.txt("srv"))
    zone.add("subdel", .ns, domainName("ns.example.com.").wire)
    return (world, zone)
  }

  @Test(
    "the answers that are synthesised, and those that are not, are proven for what they are",
    arguments: [0, 1])
  func answers(method: Int) throws {
    let (world, zone) = try world(method)
    let expected: [(String, RecordType, ZoneAnswer.Kind, SecurityStatus)] = [
      ("host3.example.", .mx, .wildcard, .secure), ("host3.example.", .a, .wildcardNoData, .secure),
      ("foo.bar.example.", .txt, .wildcard, .secure), ("host1.example.", .mx, .noData, .secure),
      ("sub.*.example.", .mx, .noData, .secure), ("_telnet._tcp.host1.example.", .srv, .nxDomain, .secure),
      ("host.subdel.example.", .a, .referral, .insecure), ("ghost.*.example.", .mx, .nxDomain, .secure),
    ]
    for (name, type, kind, security) in expected {
      #expect(try zone.answer(domainName(name), type).kind == kind, "\(name)")
      let word = try world.word(on: name, type, of: zone)
      #expect(word.security == security, "\(name) \(type.rawValue): \(word)")
    }
  }

  @Test("none of the names for which the RFC says that no wildcard answers takes one", arguments: [0, 1])
  func notSynthesised(method: Int) throws {
    let (world, zone) = try world(method)
    let source = try zone.answer(domainName("host3.example."), .mx)
    for name in [
      "host1.example.", "sub.*.example.", "_telnet._tcp.host1.example.", "ghost.*.example.",
      "_tcp.host2.example.",
    ] {
      let own = try zone.answer(domainName(name), .mx).authority.filter { $0.rrset.type != .soa }
      for proof in [own, source.authority, own + source.authority] {
        let forged = source.with { answer in
          answer.answer[0].rrset.owner = domainName(name)
          answer.authority = proof
        }
        let word = try world.judge(zone, world.say(zone, name, .mx, forged)).last
        #expect(word.security == .bogus, "\(name): \(word)")
      }
    }
  }
}
