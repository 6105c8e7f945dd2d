import Bytes
import DNSSEC
import TestSupport
import Testing

@testable import Audit

@Suite("Packets without a time")
struct TimelessTests {
  /// The words on the exchange in simple packet blocks, which have no times, judged at a second or not.
  func words(at second: Int64?) throws -> (responses: Set<SecurityStatus>, zones: Set<SecurityStatus>) {
    let plain = CaptureVariant.plain
    let file = plain.file("pcap").deletingLastPathComponent().appending(path: "exchange/pcapng-simple.pcapng")
    let run = try AuditRun(paths: [file.path()], anchors: try plain.text("anchors")) { configuration in
      configuration.at = second.map { Timestamp(seconds: $0) }
    }
    let zones = run.events.compactMap { event -> SecurityStatus? in
      if case .zone(let zone) = event { zone.verdict.security } else { nil }
    }
    return (Set(run.responses.map(\.verdict.security)), Set(zones))
  }

  @Test("no word rests on the period of a signature where packets have no time")
  func withoutTime() throws {
    let found = try words(at: nil)
    #expect(found.responses == [.indeterminate])
    #expect(found.zones == [.indeterminate])
  }

  @Test("a time that is given makes the words what they are")
  func givenTime() throws {
    let found = try words(at: 1_795_693_318)
    #expect(found.responses == [.secure, .insecure, .indeterminate, .bogus])
    #expect(found.zones.contains(.secure))
  }
}
