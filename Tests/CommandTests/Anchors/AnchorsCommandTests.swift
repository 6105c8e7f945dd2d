import Foundation
import TestSupport
import Testing

/// `dnsaudit anchors`.
@Suite("The anchors command") struct AnchorsCommandTests {
  @Test("the built-in anchors are printed with their periods")
  func builtIn() throws {
    let outcome = try dnsaudit("anchors")
    #expect(outcome.status == 0 && outcome.errorText == "")
    #expect(
      outcome.text.hasPrefix(
        """
        Trust anchors
          .  19036 RSASHA256  2010-07-15 00:00:00 UTC to 2019-01-11 00:00:00 UTC
              DS SHA-256 49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5
              built-in, followed (RFC 5011)
          .  20326 RSASHA256  from 2017-02-02 00:00:00 UTC
        """))
    let lines = try dnsaudit("anchors", "--format", "jsonl")
    #expect(try lines.events("anchor").compactMap { $0["key_tag"] as? Int } == [19036, 20326, 38696])
    #expect(try EventSchema.validate(lines.output).text == "anchor 3\n")
  }

  @Test("the anchors of a file are printed in place of the built-in ones, and the states beside them")
  func state() throws {
    let folder = try TemporaryFolder(), root = try RolloverCaptures()
    let anchor = try folder.write(root.anchor(), to: "root.conf").path()
    let capture = try folder.write(root.capture([(0, .first), (1, .both)]), to: "days.pcap").path()
    let state = folder.url.appending(path: "state").path()
    #expect(
      try dnsaudit("anchors", "--trust-anchor", anchor, "--anchor-state", state).text.hasSuffix(
        "\nNo state of their keys is known yet.\n"))
    _ = try dnsaudit("--trust-anchor", anchor, "--anchor-state", state, capture)
    let text = try dnsaudit("anchors", "--trust-anchor", anchor, "--anchor-state", state).text
    #expect(text.contains("  .  \(root.tags[0]) ECDSAP256SHA256  without a period\n"))
    #expect(
      text.hasSuffix(
        """

        Keys of ., last valid DNSKEY RRset at 2026-06-02 00:00:00 UTC
          \(root.tags[0]) ECDSAP256SHA256 valid since 2026-06-01 00:00:00 UTC
          \(root.tags[1]) ECDSAP256SHA256 add-pend since 2026-06-02 00:00:00 UTC, in hold-down until 2026-07-02 00:00:00 UTC

        """))
    let lines = try dnsaudit("anchors", "--json", "--trust-anchor", anchor, "--anchor-state", state)
    let valid = try EventSchema.validate(lines.output)
    #expect(valid.status == 0 && valid.text == "anchor 1 trust_point 1\n", "\(valid.errorText)")
  }

  @Test("a byte order mark before an anchor file is passed over")
  func byteOrderMark() throws {
    let folder = try TemporaryFolder(), root = try RolloverCaptures()
    let xml = """
      <TrustAnchor id="x" source="x"><Zone>.</Zone><KeyDigest id="k" validFrom="2017-02-02T00:00:00+00:00">
      <KeyTag>1</KeyTag><Algorithm>13</Algorithm><DigestType>2</DigestType>
      <Digest>\(String(repeating: "AB", count: 32))</Digest></KeyDigest></TrustAnchor>
      """
    for text in [root.anchor(), "test. IN DNSKEY 257 3 13 AAEC\n", xml] {
      let plain = try folder.write(text, to: "file").path()
      let expected = try dnsaudit("anchors", "--trust-anchor", plain)
      try folder.write("\u{feff}" + text, to: "file")
      let marked = try dnsaudit("anchors", "--trust-anchor", plain)
      #expect(
        expected.status == 0 && marked.text == expected.text, "\(expected.errorText)\(marked.errorText)")
    }
  }

  @Test("an anchor whose period was over is removed in the states, and the period is shown")
  func period() throws {
    let folder = try TemporaryFolder()
    let state = try folder.write(
      """
      ;;id: test. 1
      ;;last_success: 1500000000 ;;x
      test. IN DNSKEY 257 3 13 AAEC ;;state=5 ;;lastchange=1490000001 ;;trusted=1400000000 ;;validuntil=1490000000
      test. IN DNSKEY 257 3 13 AAED ;;state=2 ;;lastchange=1480000000 ;;trusted=1480000000 ;;validuntil=1600000000

      """, to: "state"
    ).path()
    let lines = try dnsaudit("anchors", "--anchor-state", state).text.split(separator: "\n").suffix(2)
    #expect(
      lines.map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") } == [
        "removed since 2017-03-20 08:53:21 UTC, in force until 2017-03-20 08:53:20 UTC",
        "valid since 2016-11-24 15:06:40 UTC, in force until 2020-09-13 12:26:40 UTC",
      ])
  }

  @Test("static anchors are called so, and stay what they are when their zone revokes them")
  func staticAnchors() throws {
    let folder = try TemporaryFolder(), root = try RolloverCaptures()
    let anchor = try folder.write(root.anchor("static-ds", key: 1), to: "root.conf").path()
    #expect(try dnsaudit("anchors", "--trust-anchor", anchor).text.hasSuffix(":1, static\n"))
    let capture = try folder.write(root.capture([(0, .secondBesideRevoked)]), to: "days.pcap").path()
    let outcome = try dnsaudit("--json", "--trust-anchor", anchor, capture)
    let zone = try #require(try outcome.events("zone").first)
    let keys = try #require(zone["trust_point"] as? [[String: Any]])
    #expect(
      keys.count == 1 && keys[0]["state"] as? String == "valid" && keys[0]["followed"] as? Bool == false)
  }

  @Test(
    "files that BIND's and Debian's own tools wrote are read",
    .requiresPrograms("dnssec-keygen", "dnssec-dsfromkey", "named-checkconf", for: "anchor files of BIND"))
  func tools() throws {
    let folder = try TemporaryFolder(), path = folder.url.path()
    let made = try shell(
      """
      cd "$1" && key=$(dnssec-keygen -q -a 13 -f KSK example.test) && cp $key.key key &&
      dnssec-dsfromkey -2 $key.key >ds && dnssec-dsfromkey -a SHA-384 $key.key >>ds &&
      { printf 'trust-anchors { example.test. static-ds '; sed 's/.* DS //; s/ \\([0-9A-F]*\\)$/ "\\1";/' ds | head -n 1
        echo '};'; } >conf && named-checkconf conf
      """, path)
    #expect(made.status == 0, "\(made.errorText)")
    let tags = try ["key", "ds", "conf"].map { file in
      try dnsaudit("anchors", "--json", "--trust-anchor", folder.url.appending(path: file).path())
        .events("anchor").compactMap { $0["key_tag"] as? Int }
    }
    #expect(tags.map(\.count) == [1, 2, 1] && Set(tags.flatMap { $0 }).count == 1, "\(tags)")
  }
}
