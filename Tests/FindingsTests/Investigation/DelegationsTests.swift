import DNSWire
@testable import Findings
import TestSupport
import Testing

@testable import Transactions

/// Who said what of the servers of zones.
@Suite struct DelegationsTests {
  /// A parent that refers to two zones, the first with two NS RRsets in turn, and answers of the servers.
  private func investigation(referrals: Int = 4) -> Investigation {
    var scene = CaseScene()
    for number in 0..<referrals {
      let server = number % 2 == 0 ? "ns1.one.test." : "ns2.one.test."
      scene.referral(
        "w.one.test. A", ["one.test. 300 NS \(server)"], ["\(server) 300 A 203.0.113.\(1 + number % 2)"],
        at: Double(number)
      ) { $0.server = "198.51.100.9" }
    }
    scene.answer("w.one.test. A", ["w.one.test. 60 A 192.0.2.1"], at: 90) { $0.server = "203.0.113.1" }
    scene.answer("v.one.test. A", ["v.one.test. 60 A 192.0.2.1"], at: 91) { $0.server = "203.0.113.1" }
    scene.answer("v.one.test. A", ["v.one.test. 60 A 192.0.2.1"], at: 92) {
      ($0.server, $0.client) = ("203.0.113.1", "192.0.2.99")
    }
    return Investigation(scene.caseFile())
  }

  @Test("the NS RRsets of a zone are found in order of first sight, with their names and sightings")
  func sets() throws {
    let delegations = investigation().delegations, sets = delegations.sets(of: domainName("one.test."))
    #expect(
      sets.compactMap(delegations.targets) == [[domainName("ns1.one.test.")], [domainName("ns2.one.test.")]])
    #expect(sets.map { delegations.sightings(of: $0).map(\.record) } == [[0, 2], [1, 3]])
    #expect(delegations.contestedZones.map(\.owner) == [domainName("one.test.")])
    #expect(delegations.addressSets(of: domainName("ns2.one.test.")).count == 1)
    #expect(delegations.sets(of: domainName("two.test.")).isEmpty)
  }

  @Test("a server serves the zone that others say it serves, and names in it, and no other")
  func served() throws {
    let investigation = investigation(), caseFile = investigation.caseFile
    let server = try #require(caseFile.addresses.known(CaseScene.address("203.0.113.1")))
    let parent = try #require(caseFile.addresses.known(CaseScene.address("198.51.100.9")))
    let rrset = try #require(caseFile.data(4).first?.rrset)
    #expect(investigation.delegations.isServed(rrset, by: server))
    #expect(!investigation.delegations.isServed(rrset, by: parent))
  }

  @Test("sixty-four sightings of an RRset are kept")
  func limit() throws {
    let delegations = investigation(referrals: 200).delegations
    let sets = delegations.sets(of: domainName("one.test."))
    #expect(sets.map { delegations.sightings(of: $0).count } == [64, 64])
  }

  @Test("what the servers of an NS RRset say to one host after a response is found, and nothing else")
  func answers() throws {
    let investigation = investigation()
    let set = try #require(investigation.delegations.sets(of: domainName("one.test.")).first)
    #expect(investigation.answers(of: set, after: 0) == [4, 5])
    #expect(investigation.answers(of: set, after: 4) == [5])
    #expect(investigation.answers(of: set, after: 5).isEmpty)
  }
}
