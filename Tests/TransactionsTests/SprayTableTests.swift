import Bytes
import Packets
import Testing

@testable import Transactions

@Suite("In a flood of responses")
struct SprayTableTests {
  /// A response to a client.
  private func guess(to client: UInt32) -> Guess {
    let flow = Flow(
      source: IPAddress(v4: 9), sourcePort: 53, destination: IPAddress(v4: client), destinationPort: 4_000,
      transport: .udp)
    return Guess(
      packet: PacketID(7), time: Timestamp(seconds: 1, nanoseconds: 0), flow: flow, id: 1, question: 3,
      ipTTL: 64)
  }

  /// After so many suspicious responses to client 1.
  private func table(after count: Int) -> SprayTable {
    var sprays = SprayTable()
    for _ in 0..<count { sprays.countSuspicious(to: IPAddress(v4: 1)) }
    return sprays
  }

  @Test("those without a query and rivals are only counted once their client has had thousands")
  func strays() {
    var before = table(after: SprayTable.keptPerClient - 1), sprays = table(after: SprayTable.keptPerClient)
    let early = before.divert(guess(to: 1), .none)
    #expect(!early && before.diverted == 0)
    let stray = sprays.divert(guess(to: 1), .none), rival = sprays.divert(guess(to: 1), .contested)
    let other = sprays.divert(guess(to: 2), .none)
    #expect(stray && rival && !other && sprays.diverted == 2)
  }

  @Test("the first response to a query is always kept, and its rival until far more have come")
  func rivals() {
    var sprays = table(after: SprayTable.keptPerClient)
    let first = sprays.divert(guess(to: 1), .some), rival = sprays.divert(guess(to: 1), .answered)
    #expect(!first && !rival)
    var drowned = table(after: 16 * SprayTable.keptPerClient)
    let still = drowned.divert(guess(to: 1), .some), last = drowned.divert(guess(to: 1), .answered)
    #expect(!still && last)
  }

  @Test("those to a query with too many are only counted whoever asked")
  func overloaded() {
    var sprays = table(after: 0)
    let isCounted = sprays.divert(guess(to: 1), .overloaded)
    #expect(isCounted && sprays.diverted == 1)
  }

  @Test(
    "kept ones count by how they fit",
    arguments: [
      (.answered, .none), (.late, .none), (.duplicate, .suspicious), (.conflicting, .suspicious),
      (.mismatched, .guess), (.unsolicited, .guess), (.unknown, .guess),
    ] as [(TransactionStatus, SprayPart)])
  func parts(status: TransactionStatus, part: SprayPart) {
    var outcome = MatchOutcome(recordIndex: 0, status: status, traits: .clientAsks)
    #expect(outcome.sprayPart == part)
    (outcome.traits, outcome.isMirrorCopy) = ([], true)
    #expect(outcome.sprayPart == (status == .conflicting ? .suspicious : .none))
  }
}
