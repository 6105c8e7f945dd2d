import Bytes
import DNSWire
import Packets
import Testing

@testable import Audit

@Suite("Of its messages a run")
struct MessageCountsTests {
  /// A message without content.
  private func message(_ protocolName: ProtocolName = .dns, isUnfinished: Bool = false) -> BatchedMessage {
    let flow = Flow(
      source: IPAddress(v4: 1), sourcePort: 53, destination: IPAddress(v4: 2), destinationPort: 4_000,
      transport: .udp)
    let bytes: [UInt8] = []
    return BatchedMessage(
      MessageBytes(
        bytes: bytes.span, flow: flow,
        origin: MessageOrigin(frame: 7, time: Timestamp(seconds: 1, nanoseconds: 0)),
        protocolName: protocolName, isUnfinished: isUnfinished), start: 0)
  }

  @Test("counts those of other protocols by name, and does not judge them")
  func kinds() {
    var counts = MessageCounts()
    let taken = [ProtocolName.dns, .mdns, .mdns].map { counts.takes(message($0)) }
    #expect(taken == [true, false, false] && counts.messages == 3)
    #expect(counts.notJudged.sorted.map { "\($0.kind) \($0.count)" } == ["mdns 2"])
  }

  @Test("keeps thousands of responses without an end, counts the others, and does not forget how many it has")
  func unfinished() {
    var counts = MessageCounts()
    let kept = (0...MessageCounts.unfinishedLimit).count { _ in counts.keeps(message(isUnfinished: true)) }
    let whole = counts.keeps(message())
    #expect(kept == MessageCounts.unfinishedLimit && whole)
    #expect(counts.oddities.sorted.map(\.count) == [1])
    counts.reset()
    let isKept = counts.keeps(message(isUnfinished: true))
    #expect(!isKept && counts.messages == 0)
  }
}
