@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4035 §5.4: authenticated denial of existence, as whole messages, by NSEC and NSEC3.
@Suite struct Section5_4Tests {
  static let methods = [DenialMethod.nsec, .nsec3(salt: [0xaa], iterations: 2)]

  /// A world with a wildcard at `*.w.test.`, an empty non-terminal `ent.test.`, and a CNAME.
  private func world(_ method: Int) throws -> World {
    let world = try World(Self.methods[method])
    world.test.add("*.w", .txt, ZoneRData.txt("x"))
    world.test.add("x.ent", .a, ZoneRData.a(3))
    world.test.add("alias", .cname, domainName("www.test.").wire)
    return world
  }

  /// What a server denies: name, type, rcode.
  private static let denied: [(String, RecordType, ResponseCode)] = [
    ("none.test.", .a, .nxDomain), ("a.none.test.", .a, .nxDomain), ("zzz.test.", .mx, .nxDomain),
    ("below.www.test.", .a, .nxDomain), ("www.test.", .mx, .noError), ("ent.test.", .a, .noError),
    ("w.test.", .txt, .noError), ("q.w.test.", .a, .noError), ("a.q.w.test.", .a, .noError),
    ("test.", .mx, .noError), ("www.test.", .ds, .noError),
  ]

  @Test("every denial of an honest server is secure", arguments: [0, 1])
  func honest(method: Int) throws {
    let world = try world(method)
    for (name, type, rcode) in Self.denied {
      let answer = try world.test.answer(domainName(name), type)
      #expect(answer.rcode == rcode, "\(name)")
      let word = try world.word(on: name, type)
      #expect(word.security == .secure && word.ede == nil, "\(name) \(type.rawValue): \(word)")
    }
  }

  @Test("without any one of its NSEC or NSEC3, or with a broken one, it is bogus", arguments: [0, 1])
  func everyRecord(method: Int) throws {
    let world = try world(method)
    for (name, type, _) in Self.denied {
      let whole = try world.test.answer(domainName(name), type)
      let owners = Set(whole.authority.filter { [.nsec, .nsec3].contains($0.rrset.type) }.map(\.rrset.owner))
      for owner in owners {
        // One record may stand there twice, for two parts of a proof.
        let gone = try world.word(on: name, type) {
          $0.authority.removeAll { $0.rrset.owner == owner && $0.rrset.type != .soa }
        }
        #expect(gone.security == .bogus && gone.ede == 12, "\(name) without \(owner): \(gone)")
        let broken = try world.word(on: name, type) { answer in
          for index in answer.authority.indices where answer.authority[index].rrset.owner == owner {
            answer.authority[index].signatures[0][50] ^= 1
          }
        }
        #expect(broken.security == .bogus && broken.ede == 6, "\(name), \(owner) broken: \(broken)")
      }
    }
  }

  @Test("the denial of one name denies no other that exists", arguments: [0, 1])
  func otherName(method: Int) throws {
    let world = try world(method)
    for victim in ["www.test.", "q.w.test.", "alias.test.", "test."] {
      for (name, type, _) in Self.denied {
        let denial = try world.test.answer(domainName(name), type)
        for rcode in [ResponseCode.nxDomain, .noError] {
          let existing: RecordType = victim == "q.w.test." ? .txt : victim == "test." ? .soa : .a
          let forged = denial.with { ($0.rcode, $0.answer) = (rcode, []) }
          let word = try world.judge(world.test, world.say(world.test, victim, existing, forged)).last
          #expect(word.security == .bogus, "\(victim) by the denial of \(name) \(type.rawValue): \(word)")
        }
      }
    }
  }

  @Test(
    "a denial may stand in any order, in another section, and beside records that prove nothing",
    arguments: [0, 1])
  func order(method: Int) throws {
    let world = try world(method)
    let extra = try world.test.answer(domainName("www.test."), .mx).authority
    #expect(try world.word(on: "none.test.", .a) { $0.authority.reverse() }.security == .secure)
    #expect(
      try world.word(on: "none.test.", .a) { $0.authority += extra.filter { $0.rrset.type != .soa } }.security
        == .secure)
  }
}
