import Bytes
import DNSWire
@testable import Findings
import TestSupport
import Testing

/// Lists of the first hundred values.
@Suite struct ShortListTests {
  @Test("values are kept once each, in order of first sight")
  func once() {
    var list = ShortList<IPAddress>()
    for value: UInt32 in [3, 1, 3, 2, 1] { list.insert(IPAddress(v4: value)) }
    #expect(list.elements == [3, 1, 2].map { IPAddress(v4: $0) })
  }

  @Test("a hundred values are kept, and those that fall on one place are told apart")
  func full() {
    // Addresses of one short hash.
    let wanted = IPAddress(v4: 1).shortHash & 127
    let same = (1...UInt32(40_000)).map { IPAddress(v4: $0) }.filter { $0.shortHash & 127 == wanted }
    var list = ShortList<IPAddress>()
    for address in same + same { list.insert(address) }
    #expect(same.count > 100 && list.elements == Array(same.prefix(100)))
  }

  @Test("names that differ in letter case alone are one")
  func names() {
    var list = ShortList<Name>()
    for text in ["www.Example.", "WWW.example.", "example."] { list.insert(domainName(text)) }
    #expect(list.elements == [domainName("www.example."), domainName("example.")])
  }
}
