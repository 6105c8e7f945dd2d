import DNSWire
@testable import Findings
import Testing

@testable import Transactions

/// A4: forged data beside other names.
@Suite struct RecurrencesTests {
  private static let addresses = (1...3).map { "203.0.113.\($0)" }

  /// Where the data of some attacks recur: each forges addresses for a name, and one other answer has them too.
  private func found(attacks: Int, clean: Bool = false) -> [[PoisonStory.Recurrence]] {
    var scene = CaseScene()
    for name in (0..<attacks).map({ "w\($0).test." }) + ["other.test."] {
      scene.answer("\(name) A", RecurrencesTests.addresses.map { "\(name) 300 A \($0)" }, at: 1)
    }
    let caseFile = scene.caseFile()
    let stories = (0..<attacks).map { record in
      PoisonStory(forged: [record], rrsets: Set(caseFile.data(record).map(\.rrset)))
    }
    var isClean = Array(repeating: false, count: caseFile.store.rrsets.rrsetCount)
    for rrset in caseFile.data(attacks) { isClean[Int(rrset.rrset.rawValue)] = clean }
    return Recurrences(stories, clean: isClean, caseFile).found
  }

  @Test("forged addresses beside another name are told once, however many of them there are")
  func once() {
    #expect(found(attacks: 1).map { $0.map(\.record) } == [[1]])
    #expect(found(attacks: 2).map { $0.map(\.record) } == [[1, 2], [0, 2]])
  }

  @Test("addresses that a clean answer has as well lead to nobody")
  func shared() {
    #expect(found(attacks: 2, clean: true).map(\.count) == [0, 0])
  }

  @Test("one RRset is told of 16 attacks")
  func limit() {
    let found = found(attacks: 40)
    let told = found.indices.filter { attack in found[attack].map(\.record).contains(40) }
    #expect(told == Array(0..<16))
  }
}
