@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 2308 §2: the shapes that servers give to negative answers. Whatever the shape, the NSEC records decide.
@Suite struct RFC2308Section2Tests {
  /// Which of the zone's own SOA and NS stand in the authority section.
  enum Shape: CaseIterable { case both, soa, none, ns }

  /// A world with an alias that leads to a name that is not there, and one that leads to a name without the type.
  private func world() throws -> World {
    let world = try World()
    world.test.add("an", .cname, domainName("triple.test.").wire)
    world.test.add("to", .cname, domainName("www.test.").wire)
    return world
  }

  /// Gives an answer a shape.
  private func reshape(_ world: World, _ shape: Shape, _ answer: inout ZoneAnswer) throws {
    let denials = answer.authority.filter { $0.rrset.type == .nsec }
    let soa = try #require(world.test.rrset(world.test.apex, .soa)),
      ns = try #require(world.test.rrset(world.test.apex, .ns))
    switch shape {
    case .both: answer.authority = try [world.test.signed(soa), world.test.signed(ns)] + denials
    case .soa: answer.authority = try [world.test.signed(soa)] + denials
    case .none: answer.authority = denials
    case .ns: answer.authority = try [world.test.signed(ns)] + denials
    }
  }

  @Test(
    "§2.1: a name error of types 1 to 4 is secure by its NSEC, at a name and behind an alias",
    arguments: Shape.allCases)
  func nameError(shape: Shape) throws {
    let world = try world()
    for name in ["none.test.", "an.test."] {
      let word = try world.word(on: name, .a) { answer in
        #expect(answer.rcode == .nxDomain)
        try reshape(world, shape, &answer)
      }
      #expect(word.security == .secure, "\(name): \(word)")
    }
  }

  @Test(
    "§2.2: NODATA of each type is secure by its NSEC, at a name and behind an alias",
    arguments: Shape.allCases)
  func noData(shape: Shape) throws {
    let world = try world()
    for name in ["www.test.", "to.test."] {
      let word = try world.word(on: name, .mx) { answer in
        #expect(answer.rcode == .noError)
        try reshape(world, shape, &answer)
      }
      #expect(word.security == .secure, "\(name): \(word)")
    }
  }

  @Test("none of the shapes is more than bogus without its NSEC", arguments: Shape.allCases)
  func unproven(shape: Shape) throws {
    let world = try world()
    for (name, type) in [("none.test.", RecordType.a), ("www.test.", .mx), ("an.test.", .a)] {
      let word = try world.word(on: name, type) { answer in
        try reshape(world, shape, &answer)
        answer.authority.removeAll { $0.rrset.type == .nsec }
      }
      #expect(word.security == .bogus && word.ede == 12, "\(name): \(word)")
    }
  }

  @Test("§2.2: an answer with NS alone that leads below is a referral, and judged by the DS beside it")
  func referral() throws {
    let world = try world()
    _ = try world.tree.add("child.test.", .init(13))
    #expect(try world.word(on: "www.child.test.", .a).security == .secure)
    let bare = try world.word(on: "www.child.test.", .a) { $0.authority.removeAll { $0.rrset.type == .ds } }
    #expect(bare.security == .indeterminate && bare.ede == 5, "\(bare)")
  }

  @Test("§2.2: behind an alias that leads out of the zone the server need not say more")
  func aliasOut() throws {
    let world = try world()
    world.test.add("out", .cname, domainName("www.elsewhere.").wire)
    #expect(try world.word(on: "out.test.", .a).security == .secure)
  }
}
