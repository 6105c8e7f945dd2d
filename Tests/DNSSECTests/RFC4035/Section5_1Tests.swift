@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4035 §5 and §5.1: where a chain begins, and islands of security.
@Suite struct Section5_1Tests {
  @Test("§5: the whole chain of a name is needed: without any one of its links nothing is secure")
  func everyLink() throws {
    let world = try World(), child = try world.tree.add("child.test.", .init(13))
    child.add("www", .a, ZoneRData.a(7))
    let chain = try world.chain(to: child), answer = try world.ask(child, "www.child.test.", .a)
    #expect(try Judging(chain + [answer], anchors: world.anchor).last.security == .secure)
    for index in chain.indices {
      var fewer = chain
      fewer.remove(at: index)
      let word = try Judging(fewer + [answer], anchors: world.anchor).last
      #expect(word.security == .indeterminate && word.ede == 5, "without \(index): \(word)")
    }
  }

  @Test("§5.1: an island is insecure below the proof that it has no DS, and secure by an anchor of its own")
  func island() throws {
    let world = try World(), island = try world.tree.add("island.test.", .init(13), isSecure: false)
    island.add("www", .a, ZoneRData.a(7))
    let shown =
      try world.chain(to: world.test) + [
        world.ask(world.test, "island.test.", .ds), world.ask(island, "island.test.", .dnskey),
        world.ask(island, "www.island.test.", .a),
      ]
    #expect(try Judging(shown, anchors: world.anchor).last.security == .insecure)
    let own = ZoneTree.anchorLine(of: island)
    #expect(try Judging(shown, anchors: world.anchor + own).last.security == .secure)
    let alone = try Judging(shown, anchors: own)
    #expect(alone.last.security == .secure && alone.verdict(0).security == .indeterminate)
  }

  @Test(
    "§5.1: an island whose anchor is wrong is bogus, not insecure by the zone above (CVE-2022-3346's kin)")
  func wrongAnchor() throws {
    let world = try World(), island = try world.tree.add("island.test.", .init(13), isSecure: false)
    island.add("www", .a, ZoneRData.a(7))
    let shown =
      try world.chain(to: world.test) + [
        world.ask(world.test, "island.test.", .ds), world.ask(island, "island.test.", .dnskey),
        world.ask(island, "www.island.test.", .a),
      ]
    let wrong = "island.test. DS 1 13 2 \(String(repeating: "00", count: 32))\n"
    let word = try Judging(shown, anchors: world.anchor + wrong).last
    #expect(word.security == .bogus && word.ede == 9, "\(word)")
  }
}
