@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Servers that answered without signatures.
@Suite struct UnsignedSourcesTests {
  /// A question of class IN.
  private func question(_ name: String, _ type: RecordType = .a) -> CanonicalQuestion {
    CanonicalQuestion(name: domainName(name), type: type, recordClass: .in)
  }

  @Test("a server is found by its question, and by no other name, type or class")
  func questions() {
    var sources = UnsignedSources()
    sources.note(7, question("a.test."))
    sources.note(8, question("b.test."))
    #expect(sources.contains(question("A.test.")) { $0 == 7 })
    #expect(!sources.contains(question("a.test.")) { $0 == 8 })
    #expect(!sources.contains(question("a.test.", .ns)) { _ in true })
    #expect(!sources.contains(question("test.")) { _ in true }, "a name above was never asked for")
    #expect(!sources.contains(question("c.test.")) { _ in true })
    let chaos = CanonicalQuestion(name: domainName("a.test."), type: .a, recordClass: .ch)
    #expect(!sources.contains(chaos) { _ in true })
  }

  @Test("thousands of questions keep their servers apart")
  func growth() {
    var sources = UnsignedSources()
    for number in 0..<3_000 as Range<UInt32> {
      sources.note(number, question("\(number / 2).test.", number % 2 == 0 ? .a : .ns))
    }
    for number in 0..<3_000 as Range<UInt32> {
      var seen: [UInt32] = []
      _ = sources.contains(question("\(number / 2).test.", number % 2 == 0 ? .a : .ns)) {
        seen.append($0)
        return false
      }
      #expect(seen == [number])
    }
  }

  @Test("the first eight servers of a question are kept, each once, in order")
  func limit() {
    var sources = UnsignedSources(), seen: [UInt32] = []
    for _ in 0..<2 {
      for server in 0..<12 as Range<UInt32> {
        sources.note(server, question("a.test."))
        sources.note(server &+ 100, question("b.test."))
      }
    }
    let found = sources.contains(question("a.test.")) {
      seen.append($0)
      return false
    }
    #expect(!found && seen == Array(0..<8))
  }
}
