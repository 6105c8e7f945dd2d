@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Names by their numbers.
@Suite struct NameTableTests {
  @Test("a name has one number, whatever its letter case, and so has every name above it")
  func numbers() throws {
    var table = NameTable()
    let id = table.id(of: domainName("a.B.test.")), same = table.id(of: domainName("A.b.TEST."))
    #expect(same == id && table.count == 4)
    #expect(table.name(id) == domainName("a.b.test.") && table.labelCount(id) == 3)
    let above = try #require(table.parent(of: id)), parent = table.id(of: domainName("b.test."))
    let root = table.id(of: .root)
    #expect(table.name(above) == domainName("b.test.") && parent == above)
    #expect(table.parent(of: root) == nil && table.count == 4)
    #expect(above.rawValue < id.rawValue, "those above come first")
  }

  @Test("names lie below those above them, and below nothing else")
  func subdomains() {
    var table = NameTable()
    let name = table.id(of: domainName("x.a.test.")), zone = table.id(of: domainName("a.test."))
    let other = table.id(of: domainName("xa.test.")), top = table.id(of: domainName("test."))
    let wildcard = table.id(of: domainName("*.a.test."))
    #expect(table.isSubdomain(name, of: zone) && table.isSubdomain(zone, of: zone))
    #expect(!table.isSubdomain(zone, of: name) && !table.isSubdomain(other, of: zone))
    #expect(table.ancestor(of: name, labels: 1) == top)
    #expect(table.isWildcard(wildcard) && !table.isWildcard(zone))
  }

  @Test("thousands of names keep their numbers as the table grows, and the first ones when others are let go")
  func growth() {
    var table = NameTable()
    let ids = (0..<3_000).map { table.id(of: domainName("n\($0).test.")) }
    for (index, id) in ids.enumerated() {
      let again = table.id(of: domainName("n\(index).test."))
      #expect(again == id)
    }
    table.forget(from: 1_000)
    let early = table.id(of: domainName("n7.test.")), late = table.id(of: domainName("n2500.test."))
    #expect(early == ids[7] && late.rawValue == 1_000 && table.count == 1_001, "the late one came again")
    #expect(table.name(NameID(rawValue: 1_000)) == domainName("n2500.test."))
  }

  @Test("pairs of numbers are found again, and others are not")
  func pairs() {
    var table = NumberTable()
    for number in 0..<2_000 as Range<UInt32> { table.insert(number, number &* 7, Int(number)) }
    for number in 0..<2_000 as Range<UInt32> { #expect(table.find(number, number &* 7) == Int(number)) }
    #expect(table.find(7, 7) == nil && table.find(2_000, 14_000) == nil && table.count == 2_000)
  }
}
