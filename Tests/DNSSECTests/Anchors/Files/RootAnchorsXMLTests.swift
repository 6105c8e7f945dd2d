import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// IANA's root-anchors.xml (RFC 9718).
@Suite struct RootAnchorsXMLTests {
  @Test("the example of the RFC is read as the built-in anchors of those keys")
  func example() throws {
    let anchors = try AnchorFile.parse(AnchorTexts.xml, source: "f")
    #expect(anchors.map(\.keyTag) == [19036, 20326] && anchors.map(\.source) == ["f:5", "f:11"])
    for (read, builtIn) in zip(anchors, TrustAnchor.builtIn) {
      #expect(read.zone == builtIn.zone && read.isFollowed)
      #expect(read.validFrom == builtIn.validFrom && read.validUntil == builtIn.validUntil)
      guard case .digest(let one) = read.key, case .digest(let other) = builtIn.key else {
        Issue.record("a key, no digest")
        return
      }
      #expect(one == other)
    }
  }

  @Test(
    "times are read with any offset and a fraction, and nothing else is a time",
    arguments: [
      ("2017-02-02T00:00:00+00:00", 1_485_993_600), ("2017-02-02T00:00:00Z", 1_485_993_600),
      ("2017-02-02T05:30:00+05:30", 1_485_993_600), ("2017-02-01T16:00:00-08:00", 1_485_993_600),
      ("2017-02-02T00:00:00.125Z", 1_485_993_600), ("2017-02-02", nil), ("2017-02-02T00:00:00", nil),
      ("2017-13-02T00:00:00Z", nil), ("2017-02-02T00:00:00.Z", nil), ("2017-02-02T00:00:00+0000", nil),
      ("2017-02-02T00:00:00+99:00", nil), ("-017-02-02T00:00:00Z", nil), ("", nil),
      ("2017-02-02T00:00:00ZZ", nil),
    ] as [(String, Int64?)])
  func times(text: String, seconds: Int64?) { #expect(XMLTime.seconds(text) == seconds) }

  @Test(
    "what does not belong into the file is refused at its line",
    arguments: [
      ("<TrustAnchor ", "<!DOCTYPE x [<!ENTITY a \"b\">]><TrustAnchor ", 2, "a document type"),
      ("<Zone>.</Zone>", "<Zone>&file;</Zone>", 3, "an entity"),
      ("<Zone>.</Zone>", "<Zone>.</Zone><Zone>.</Zone>", 2, "not one Zone"),
      ("<Zone>.</Zone>", "<Zone>a..b</Zone>", 2, "not one Zone"),
      ("<Zone>.</Zone>", "<Zone>.</Area>", 3, "an end tag without its start tag"),
      ("<KeyTag>19036</KeyTag>", "<KeyTag>x</KeyTag>", 5, "cannot be read"),
      ("<KeyTag>19036</KeyTag>", "<KeyTag>1</KeyTag><KeyTag>19036</KeyTag>", 6, "twice"),
      ("<Digest>49AA", "<Digest>49", 5, "cannot be read"),
      ("<Flags>257</Flags>", "<Flags>256</Flags>", 11, "another digest"),
      ("<Flags>257</Flags>", "", 11, "PublicKey and Flags"),
      ("<Flags>257</Flags>", "<Note>257</Note>", 17, "does not have"),
      ("validUntil=\"2019", "validUntil=\"2009", 5, "validUntil lies before validFrom"),
      ("validFrom=\"2017-02-02T00:00:00+00:00\"", "", 11, "no validFrom"),
      ("validFrom=\"2017-", "validFrom=\"in 2017-", 11, "is not a time"),
      ("id=\"Klajeyz\"", "id=\"Klajeyz\" id=\"x\"", 11, "given twice"),
      ("id=\"Klajeyz\"", "id=Klajeyz", 11, "not in quotes"),
      ("</TrustAnchor>", "", 2, "not closed"),
      ("</TrustAnchor>", "</TrustAnchor> x", 19, "behind the last element"),
      ("<!-- The first key. -->", "<!-- The first key. ", 4, "not closed"),
      ("<TrustAnchor ", "<Anchor ", 19, "an end tag"),
    ])
  func refused(old: String, new: String, line: Int, problem: String) {
    let error = anchorFileError(AnchorTexts.xml.replacing(old, with: new))
    #expect(error?.line == line && error?.problem.contains(problem) == true, "\(String(describing: error))")
    #expect(error?.expected.contains("root-anchors.xml") == true)
  }

  @Test("a thousand elements in each other end the reading, not the program")
  func depth() {
    let text = String(repeating: "<TrustAnchor>", count: 100_000)
    #expect(anchorFileError(text)?.problem.contains("deep") == true)
  }

  @Test("an anchor is in force for its period alone")
  func periods() throws {
    let world = try World(), midnight = World.now - World.now % 86_400
    let ds = try #require(world.tree.root.ds)
    let digest = "<Digest>\(Hex.encode(ds[4...]))</Digest>"
    let tag = UInt16(ds[0]) << 8 | UInt16(ds[1])
    let text = """
      <TrustAnchor id="a" source="b"><Zone>.</Zone><KeyDigest id="c" validFrom="2026-06-01T00:00:00Z"
      validUntil="2026-06-02T00:00:00Z"><KeyTag>\(tag)</KeyTag><Algorithm>13</Algorithm><DigestType>2</DigestType>\(digest)
      </KeyDigest></TrustAnchor>
      """
    let anchors = try AnchorFile.parse(text, source: "f")
    for (time, word) in [
      (midnight - 1, .indeterminate), (midnight, .secure), (midnight + 86_400, .secure),
      (midnight + 86_401, .indeterminate),
    ] as [(Int64, SecurityStatus)] {
      let shown = try world.chain(to: world.test) + [world.ask(world.test, "www.test.", .a, at: time)]
      #expect(try Judging(shown, anchors: anchors).last.security == word, "\(time - midnight)")
    }
  }
}
