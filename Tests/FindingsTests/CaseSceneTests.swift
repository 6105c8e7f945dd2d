import Bytes
import DNSWire
@testable import Findings
import TestSupport
import Testing

/// What the scenes of the other tests are made of.
@Suite struct CaseSceneTests {
  @Test("a scene holds what was described")
  func holds() {
    var scene = CaseScene()
    let record = scene.answer("www.zone. A", ["www.zone. 300 A 192.0.2.1"], at: 2) {
      $0.authority = ["zone. 3600 NS ns.zone."]
      $0.additional = ["ns.zone. 60 AAAA 2001:db8::5"]
    }
    let caseFile = scene.caseFile()
    #expect(caseFile.question(record)?.name == domainName("www.zone."))
    #expect(caseFile.summary(record) == "NOERROR www.zone. A 192.0.2.1")
    #expect(caseFile.answer(record).rrsets.map(\.ttl) == [300, 3600, 60])
    #expect(
      caseFile.answer(record).rrsets.flatMap { caseFile.texts($0.rrset) }.last == "ns.zone. AAAA 2001:db8::5")
    #expect(caseFile.body(record).flags.aa && caseFile.server(record) == CaseScene.address("198.51.100.1"))
  }

  @Test("conflicting responses of a scene are a race")
  func race() {
    var scene = CaseScene()
    for address in ["192.0.2.1", "203.0.113.9"] {
      scene.answer("www.zone. A", ["www.zone. 300 A \(address)"], at: 1) { $0.conflict = 0 }
    }
    #expect(scene.charges(ConflictingAnswerRule.self).map(\.rule) == [.conflictingAnswer])
  }

  @Test("texts of answers with many records stop at the limit, in one RRset and over several")
  func texts() throws {
    var scene = CaseScene()
    let many = (1...20).map { "many.test. 300 A 192.0.2.\($0)" }
    let record = scene.answer("many.test. A", many + ["few.test. 300 A 192.0.2.99"], at: 1)
    let caseFile = scene.caseFile(), rrsets = caseFile.data(record)
    let first = try #require(rrsets.first { caseFile.texts($0.rrset, limit: 20).count == 20 })
    #expect(caseFile.texts(first.rrset) == Array(caseFile.texts(first.rrset, limit: 20).prefix(8)))
    #expect(
      caseFile.texts(rrsets).count == CaseFile.textLimit && caseFile.texts(rrsets, limit: 30).count == 21)
    #expect(caseFile.summary(record).split(separator: ",").count == CaseFile.textLimit)
  }
}
