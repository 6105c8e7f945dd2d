import Bytes
import Testing

@testable import Transactions

@Suite("The addresses seen in queries")
struct SeenAddressesTests {
  @Test("are found in the part that they played, not in the other")
  func parts() {
    var seen = SeenAddresses()
    seen.insert(IPAddress(v4: 1), as: .client)
    seen.insert(IPAddress(v6High: 5, low: 6), as: .server)
    #expect(seen.contains(IPAddress(v4: 1), as: .client))
    #expect(!seen.contains(IPAddress(v4: 1), as: .server))
    #expect(seen.contains(IPAddress(v6High: 5, low: 6), as: .server))
    #expect(!seen.contains(IPAddress(v6High: 5, low: 6), as: .client))
  }

  @Test("are told apart: of 10,000 neighbours of 10,000 addresses less than one in fifty looks seen")
  func collisions() {
    var seen = SeenAddresses()
    for i in 0..<10_000 { seen.insert(IPAddress(v4: UInt32(2 * i)), as: .client) }
    let wrong = (0..<10_000).filter { seen.contains(IPAddress(v4: UInt32(2 * $0 + 1)), as: .client) }
    #expect(wrong.count < 200)
    #expect((0..<10_000).allSatisfy { seen.contains(IPAddress(v4: UInt32(2 * $0)), as: .client) })
  }
}
