import DNSSEC
import DNSWire
import Findings
import Testing

@testable import Reports

@Suite("The tree of zones") struct ZoneTreeTests {
  /// The tree of zones with a limit, as `depth name`.
  private func tree(_ zones: [ZoneEvent], limit: Int) -> (rows: [String], leftOut: [String]) {
    var contents = Contents(findingLimit: 0, zoneLimit: limit)
    for zone in zones { contents.add(.zone(zone)) }
    let tree = ZoneTree(contents, limit: limit)
    return (
      tree.rows.map { "\($0.depth) \($0.zone.zone)" }, tree.leftOut.map { "\($0.count) \($0.security.word)" }
    )
  }

  @Test("zones stand below those above them, in canonical order")
  func order() {
    let (rows, leftOut) = tree(Sample.zones.reversed(), limit: 6)
    #expect(rows == ["0 .", "1 org.", "2 broken.org.", "2 example.org.", "2 plain.org.", "1 lonely.test."])
    #expect(leftOut == [])
  }

  @Test("without the zones above them, zones stand at the edge")
  func missingAncestors() {
    #expect(tree([Sample.broken, Sample.lonely], limit: 2).rows == ["0 broken.org.", "0 lonely.test."])
  }

  @Test("a bogus zone and its way from the root take the room of calm zones")
  func troubledFirst() {
    let calm = Sample.zones(5, Verdict(.secure, "secure"))
    let (rows, leftOut) = tree(calm + [Sample.broken, Sample.org, Sample.root], limit: 4)
    #expect(rows == ["0 .", "1 org.", "2 broken.org.", "2 z1.org."])
    #expect(leftOut == ["4 secure"])
  }

  @Test("bogus zones are shown before indeterminate ones, and what is left out is counted by its word")
  func bogusFirst() {
    let (rows, leftOut) = tree([Sample.lonely, Sample.plain, Sample.broken], limit: 1)
    #expect(rows == ["0 broken.org."])
    #expect(leftOut == ["1 indeterminate", "1 insecure"])
  }
}
