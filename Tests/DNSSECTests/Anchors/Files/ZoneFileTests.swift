import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Trust anchors as records of zone files, and errors that name the line.
@Suite struct ZoneFileTests {
  private let digest = String(repeating: "AB", count: 32)

  @Test("a DS line is read with owner in any case, TTL, class and a digest in pieces")
  func ds() throws {
    let half = String(repeating: "ab", count: 16)
    let anchors = try AnchorFile.parse(
      "Example.COM. 3600 IN DS 1234 ECDSAP256SHA256 2 ( \(half) \(half) ) ; why", source: "f")
    let anchor = try #require(anchors.first)
    #expect(anchors.count == 1 && anchor.zone.description == "example.com." && anchor.source == "f:1")
    #expect(
      anchor.keyTag == 1234 && anchor.algorithm == 13 && anchor.validFrom == nil && anchor.validUntil == nil)
  }

  @Test("a DNSKEY line is read as the whole key")
  func dnskey() throws {
    let anchor = try #require(try AnchorFile.parse(". DNSKEY 257 3 13 AAEC AwQF", source: "f").first)
    guard case .key(let key) = anchor.key else {
      Issue.record("a digest, no key")
      return
    }
    #expect(key.rdata == [1, 1, 3, 13, 0, 1, 2, 3, 4, 5] && anchor.zone.isRoot)
  }

  @Test("records reach over lines in parentheses, with comments in them, and are named by their first line")
  func parentheses() throws {
    let text = """
      $TTL 1h ; means nothing here
      $ORIGIN example.
      @ 86400 IN DNSKEY ( 257 3 13 ; flags, protocol, algorithm
          AAEC
          AwQF ) ; the key
          IN 1w2d DS 1234 13 2 \(digest)
      sub IN DS 1 8 2 ( \(digest) )
      "quoted.test." DS 1 8 2 \(digest)
      """
    let anchors = try AnchorFile.parse(text, source: "f")
    #expect(anchors.map(\.zone.description) == ["example.", "example.", "sub.example.", "quoted.test."])
    #expect(anchors.map(\.source) == ["f:3", "f:6", "f:7", "f:8"])
    #expect(anchors.allSatisfy { $0.isFollowed })
  }

  @Test("a revoked key is no anchor, and a file of such keys alone yields none")
  func revoked() throws {
    #expect(try AnchorFile.parse(". DNSKEY 385 3 13 AAEC", source: "f").isEmpty)
    let text = ". DNSKEY 385 3 13 AAEC\n. DNSKEY 257 3 13 AAED"
    #expect(try AnchorFile.parse(text, source: "f").map(\.source) == ["f:2"])
  }

  @Test("empty lines and comments are passed over, and lines keep their numbers, with CR LF too")
  func numbers() throws {
    let anchors = try AnchorFile.parse("; one\r\n\r\n. IN DS 1 8 2 \(digest)\r\n", source: "f")
    #expect(anchors.map(\.source) == ["f:3"])
  }

  @Test(
    "a line that cannot be read is named with its number and what is wrong",
    arguments: [
      (". IN A 192.0.2.1", "not a DS or DNSKEY record"),
      ("$INCLUDE keys", "a directive that is not followed"),
      ("$ORIGIN a..b.", "not a domain name"), ("$TTL soon", "a directive that is not followed"),
      (". CH DS 1 8 2 AB", "neither a TTL nor the class IN"),
      (". 1x DS 1 8 2 AB", "neither a TTL nor the class IN"),
      (". DS ( 1 8 2 AB", "a parenthesis that is not closed"), (". DS 1 8 2 AB )", "was not opened"),
      (". DS (( 1 8 2 AB ))", "within parentheses"), (". \"DS 1 8 2 AB", "a quotation that is not closed"),
      ("a..b. DS 1 8 2 AB", "not a domain name"), (". DS 1 8 2", "cannot be read"),
      (". DS 65536 8 2 AB", "cannot be read"),
      (". DS 1 NOALGORITHM 2 AB", "cannot be read"), (". DS 1 8 256 AB", "cannot be read"),
      (". DS 1 8 99 ABC", "cannot be read"), (". DNSKEY 257 3 8 !!!!", "cannot be read"),
      (". DNSKEY 257 3 8", "cannot be read"), (" IN DS 1 8 2 AB", "begins with white space"),
      ("\tIN DS 1 8 2 AB", "begins with white space"),
    ])
  func refused(line: String, problem: String) {
    let error = anchorFileError("; comment\n" + line)
    #expect(error?.line == 2 && error?.problem.contains(problem) == true, "\(String(describing: error))")
  }

  @Test(
    "a digest of another length than its type has is refused, since it can match no key",
    arguments: [1, 2, 4])
  func digestLength(type: Int) throws {
    let length = [1: 20, 2: 32, 4: 48][type] ?? 0
    for (count, isRead) in [(length - 1, false), (length, true), (length + 1, false)] {
      let line = ". DS 1 8 \(type) \(String(repeating: "00", count: count))"
      #expect((anchorFileError(line) == nil) == isRead, "\(count) octets")
    }
  }

  @Test("a file without any record is refused as a whole")
  func empty() {
    #expect(anchorFileError("")?.line == 0)
    #expect(anchorFileError("; nothing\n\n")?.problem.contains("no trust anchor") == true)
    #expect(anchorFileError("$TTL 1d\n$ORIGIN example.\n")?.expected.contains("DS or DNSKEY") == true)
  }

  @Test("1,000 anchors are read, one more is refused at its line")
  func limit() {
    let line = ". DS 1 8 2 \(digest)\n"
    #expect(anchorFileError(String(repeating: line, count: AnchorFile.maximumAnchors)) == nil)
    #expect(anchorFileError(String(repeating: line, count: AnchorFile.maximumAnchors + 1))?.line == 1_001)
  }
}
