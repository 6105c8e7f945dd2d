import Bytes
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// IANA's root-anchors.xml (RFC 9718).
@Suite struct BuiltInAnchorTests {
  /// A date as seconds since 1970.
  private func midnight(_ year: Int64, _ month: Int64, _ day: Int64) throws -> Int64 {
    try #require(CivilTime.seconds(year: year, month: month, day: day, hour: 0, minute: 0, second: 0))
  }

  /// Tags of the built-in anchors in force at a time.
  private func inForce(at time: Int64) -> [UInt16] {
    TrustAnchor.builtIn.filter { anchor in
      var moment = Moment(time)
      return moment.compare(from: anchor.validFrom, until: anchor.validUntil) == .within
    }.map(\.keyTag)
  }

  @Test("three root keys of algorithm 8 with SHA-256 are built in, in the order of their years")
  func list() {
    #expect(TrustAnchor.builtIn.map(\.keyTag) == [19036, 20326, 38696])
    #expect(TrustAnchor.builtIn.allSatisfy { $0.zone.isRoot && $0.algorithm == 8 && $0.source == "built-in" })
    for anchor in TrustAnchor.builtIn {
      guard case .digest(let ds) = anchor.key else {
        Issue.record("a key, no digest")
        return
      }
      #expect(ds.digestType == 2 && ds.digest.count == 32)
    }
  }

  @Test("before 15 July 2010 none is in force, from that second on the first is")
  func first() throws {
    let day = try midnight(2010, 7, 15)
    #expect(inForce(at: day - 1).isEmpty)
    #expect(inForce(at: day) == [19036])
  }

  @Test("two are in force during the rollover of 2017 to 2019, and both ends belong to the periods")
  func rollover() throws {
    #expect(inForce(at: try midnight(2017, 2, 2) - 1) == [19036])
    #expect(inForce(at: try midnight(2017, 2, 2)) == [19036, 20326])
    #expect(inForce(at: try midnight(2019, 1, 11)) == [19036, 20326])
    #expect(inForce(at: try midnight(2019, 1, 11) + 1) == [20326])
  }

  @Test("the third is in force from 18 July 2024 on, beside the second")
  func third() throws {
    #expect(inForce(at: try midnight(2024, 7, 18) - 1) == [20326])
    #expect(inForce(at: try midnight(2024, 7, 18)) == [20326, 38696])
    #expect(inForce(at: try midnight(2100, 1, 1)) == [20326, 38696])
  }

  @Test("where no anchor is in force, answers are indeterminate and the sentence says so")
  func noneInForce() throws {
    let world = try World()
    let shown = try world.ask(world.test, "www.test.", .a, at: try midnight(2010, 7, 14))
    let verdict = try Judging([shown], anchors: TrustAnchor.builtIn).last
    #expect(verdict.security == .indeterminate && verdict.ede == 5)
    #expect(verdict.reason.contains("no trust anchor for . is in force"))
  }
}
