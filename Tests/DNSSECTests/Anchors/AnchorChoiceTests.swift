import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Which anchor counts (RFC 4035 §5).
@Suite struct AnchorChoiceTests {
  /// An anchor line with a digest that matches nothing.
  private func wrong(_ zone: String, tag: UInt16 = 1, algorithm: UInt8 = 13, digestType: UInt8 = 2) -> String
  {
    "\(zone) DS \(tag) \(algorithm) \(digestType) \(String(repeating: "00", count: digestType == 1 ? 20 : 32))\n"
  }

  @Test("the closest enclosing anchor wins, also against a good chain from above")
  func closest() throws {
    let world = try World()
    let shown = try world.chain(to: world.test) + [world.ask(world.test, "www.test.", .a)]
    #expect(try Judging(shown, anchors: world.anchor + wrong("test.")).last.security == .bogus)
    #expect(
      try Judging(shown, anchors: wrong(".") + ZoneTree.anchorLine(of: world.test)).last.security == .secure)
  }

  @Test("an anchor for a name that the zone above proves not to exist stands in no denial's way")
  func anchorOfNothing() throws {
    let world = try World(), lines = world.anchor + wrong("none.test.")
    for name in ["none.test.", "www.none.test."] {
      let shown = try world.chain(to: world.test) + [world.ask(world.test, name, .a)]
      #expect(try Judging(shown, anchors: lines).last.security == .secure, "\(name)")
    }
    let noData = try world.test.answer(domainName("www.test."), .txt)
    let other = world.say(world.test, "www.none.test.", .a, noData)
    let open = try Judging(try world.chain(to: world.test) + [other], anchors: lines).last
    #expect(open.security == .indeterminate && open.reason.contains("ask: none.test. DNSKEY"), "\(open)")
  }

  @Test("the DS RRset of an anchored zone is judged from the anchor above its parent")
  func dsOfAnchored() throws {
    let world = try World()
    let shown = try world.chain(to: world.test) + [world.ask(world.tree.root, "test.", .ds)]
    #expect(try Judging(shown, anchors: world.anchor + wrong("test.")).last.security == .secure)
    let onlyTest = try Judging(shown, anchors: ZoneTree.anchorLine(of: world.test)).last
    #expect(onlyTest.security == .indeterminate && onlyTest.ede == 5)
  }

  @Test("one of several anchors at a name is enough, also beside one of an unsupported algorithm")
  func several() throws {
    let world = try World()
    let shown = try world.chain(to: world.test) + [world.ask(world.test, "www.test.", .a)]
    let lines = wrong(".") + wrong(".", algorithm: 200) + world.anchor
    #expect(try Judging(shown, anchors: lines).last.security == .secure)
  }

  @Test("anchors of unsupported algorithms alone make the zone insecure")
  func unsupported() throws {
    let world = try World()
    let shown = try world.chain(to: world.test) + [world.ask(world.test, "www.test.", .a)]
    let verdict = try Judging(shown, anchors: wrong(".", algorithm: 200)).last
    #expect(verdict.security == .insecure && verdict.ede == 1)
  }

  @Test("an anchor given as DNSKEY vouches as its DS does")
  func key() throws {
    let world = try World()
    let rdata = world.tree.root.keys[0].rdata
    let line = ". DNSKEY 257 3 13 \(Base64.encode(rdata[4...]))\n"
    let shown = try world.chain(to: world.test) + [world.ask(world.test, "www.test.", .a)]
    #expect(try Judging(shown, anchors: line).last.security == .secure)
    var other = rdata
    other[10] ^= 1
    let wrongLine = ". DNSKEY 257 3 13 \(Base64.encode(other[4...]))\n"
    let verdict = try Judging(shown, anchors: wrongLine).last
    #expect(verdict.security == .bogus && verdict.ede == 9)
  }

  @Test("a wrong anchor digest makes nothing secure, and no anchor makes everything indeterminate")
  func negativeControls() throws {
    let world = try World()
    let shown = try world.chain(to: world.test) + [world.ask(world.test, "www.test.", .a)]
    #expect(try Judging(shown, anchors: wrong(".")).judgements.allSatisfy { $0.verdict.security != .secure })
    let without = try Judging(shown, anchors: wrong("elsewhere."))
    #expect(without.judgements.allSatisfy { $0.verdict.security == .indeterminate && $0.verdict.ede == 5 })
  }
}
