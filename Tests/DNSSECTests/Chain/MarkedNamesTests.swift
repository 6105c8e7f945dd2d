@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// What is known at and above numbered names.
@Suite struct MarkedNamesTests {
  /// Names about which something is known; `zone.test.` alone shows signs of a zone.
  private let waypoints: Set = [domainName("zone.test."), domainName("denied.zone.test.")]

  @Test("a name has the nearest waypoint and sign at or above it, and none where nothing is known")
  func nearest() {
    var names = MarkedNames(waypoints: waypoints, signs: [domainName("zone.test.")])
    #expect(names.count == 4, "two, with those above them")
    let zone = names.id(of: domainName("zone.test.")), denied = names.id(of: domainName("denied.zone.test."))
    let below = names.id(of: domainName("a.denied.zone.test.")),
      beside = names.id(of: domainName("b.zone.test."))
    let outside = names.id(of: domainName("other.test."))
    #expect(names.waypoint(of: below) == denied && names.sign(of: below) == zone)
    #expect(names.waypoint(of: denied) == denied && names.sign(of: denied) == zone)
    #expect(names.waypoint(of: beside) == zone && names.waypoint(of: outside) == nil)
    #expect(names.sign(of: outside) == nil)
  }

  @Test("names that are let go are numbered and marked anew")
  func forgetting() {
    var names = MarkedNames(waypoints: waypoints, signs: [])
    let count = names.count, first = names.id(of: domainName("a.zone.test."))
    #expect(!names.isUndelegated(first, in: 9))
    names.noteUndelegated(first, in: 9)
    #expect(names.isUndelegated(first, in: 9))
    names.forget(from: count)
    let other = names.id(of: domainName("other.test."))
    #expect(other == first && names.waypoint(of: other) == nil && !names.isUndelegated(other, in: 9))
  }
}
