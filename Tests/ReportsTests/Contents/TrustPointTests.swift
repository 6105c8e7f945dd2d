import Bytes
@testable import DNSSEC
import DNSWire
import Findings
@testable import Reports
import TestSupport
import Testing

/// Where the keys of a trust point stand, in every form of output.
@Suite struct TrustPointTests {
  /// The root with a key in each state, learned or configured.
  private func root(source: String = "learned") throws -> ZoneEvent {
    var zone = Sample.root, keys: [TrackedKey] = []
    for state in AnchorKeyState.allCases {
      let rdata: [UInt8] = [1, 1, 3, 13, 0, state.rawValue]
      var key = TrackedKey(try DNSKEYData(rdata.span), state, since: 1_476_976_981, source: source)
      (key.firstSeen, key.lastSeen, key.frame) = (1_476_976_981, 1_476_976_982, 3)
      if state == .addPend { key.holdDownUntil = 1_479_568_981 }
      keys.append(key)
    }
    zone.trustPoint = [TrackedKey(TrustAnchor.builtIn[1])] + keys
    return zone
  }

  /// What the text says of the keys; the tags of the sample are those of its last octet.
  private let sentences = [
    "key 1039 ECDSAP256SHA256 add-pend since 2016-10-20 15:23:01 UTC, in hold-down until 2016-11-19 15:23:01 UTC",
    "key 1040 ECDSAP256SHA256 valid since 2016-10-20 15:23:01 UTC",
    "key 1041 ECDSAP256SHA256 missing since 2016-10-20 15:23:01 UTC",
    "key 1042 ECDSAP256SHA256 revoked since 2016-10-20 15:23:01 UTC",
    "key 1043 ECDSAP256SHA256 removed since 2016-10-20 15:23:01 UTC",
  ]

  @Test("all but plain anchors and keys not in use have a sentence")
  func news() throws {
    #expect(TrackedKey.news(of: try root().trustPoint) == sentences)
    #expect(TrackedKey.news(of: TrustAnchor.builtIn.map { TrackedKey($0) }).isEmpty)
  }

  @Test("text and page tell them below the zone")
  func people() throws {
    let events: [AuditEvent] = [.zone(try root()), .summary(Sample.summary)]
    let options = TextOptions(detail: .screen, color: .plain, width: 200)
    let text = try written(events) { TextSummary($0, options: options) }
    let page = try written([.run(Sample.run)] + events) { HTMLReport($0) }
    for sentence in sentences {
      #expect(text.contains("      \(sentence)\n"), "\(text)")
      #expect(page.contains("<li>\(sentence)</li>"), "\(sentence)")
    }
  }

  @Test("a line of JSON has every key with its times, valid against the schema, with hostile sources too")
  func line() throws {
    let line = try written([.zone(try root(source: Sample.hostile))]) { JSONLines($0) }
    #expect(
      line.contains(
        #""trust_point":[{"key_tag":20326,"algorithm":"RSASHA256","state":"valid","followed":true,"since":null,"#
          + #""hold_down_until":null,"first_seen":null,"last_seen":null,"frame":null,"source":"built-in"},"#
          + #"{"key_tag":1038,"algorithm":"ECDSAP256SHA256","state":"start","#), "\(line)")
    #expect(line.contains(#""hold_down_until":"2016-11-19T15:23:01.000000000Z""#))
    let outcome = try EventSchema.validate(line.utf8)
    #expect(outcome.status == 0, "\(outcome.errorText)")
  }
}
