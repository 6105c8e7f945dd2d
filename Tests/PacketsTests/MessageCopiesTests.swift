import Bytes
@testable import Packets
import TestSupport
import Testing

@Suite("Messages copied out of their packets")
struct MessageCopiesTests {
  @Test("messages keep all that is known of them, and losses their places", arguments: 1...8)
  func same(seed: UInt64) {
    var random = SeededRandom(seed: seed), copies = MessageCopies()
    // The memory of an earlier batch is used again.
    for _ in 0..<2 {
      var expected: [String] = []
      copies.removeAll()
      #expect(copies.isEmpty)
      for number in 0..<Int.random(in: 0...40, using: &random) {
        if Int.random(in: 0..<4, using: &random) == 0 {
          let loss = LossNote(
            oddity: MessageOddity.recoveredMessage.oddity, packet: PacketID(number, file: 2))
          copies.append(loss)
          expected.append("\(loss)")
        }
        lendRandom(&random) {
          copies.append($0)
          expected.append(text(of: $0))
        }
      }
      var seen: [String] = []
      copies.forEach {
        seen.append(text(of: $0))
      } loss: {
        seen.append("\($0)")
      }
      #expect(seen == expected)
    }
  }

  @Test("a batch is full by the number of its messages and losses, or by their bytes")
  func full() {
    var random = SeededRandom(seed: 4), copies = MessageCopies()
    for _ in 0..<3 { lendRandom(&random) { copies.append($0) } }
    #expect(copies.isFull(3) && !copies.isFull(4))
    copies.append(LossNote(oddity: MessageOddity.recoveredMessage.oddity, packet: PacketID(1)))
    #expect(copies.isFull(4) && copies.count == 3)
    let large = [UInt8](repeating: 7, count: 65_535), flow = randomFlow(&random)
    for _ in 0..<17 {
      copies.append(
        MessageBytes(bytes: large.span, flow: flow, origin: MessageOrigin(frame: 1, time: .init(seconds: 1))))
    }
    #expect(copies.isFull(1_000))
  }

  /// Lends a message of which every field may be out of the ordinary.
  private func lendRandom(_ random: inout SeededRandom, _ body: (borrowing MessageBytes) -> Void) {
    let bytes = (0..<Int.random(in: 0...600, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    let flag = { (random: inout SeededRandom) in Bool.random(using: &random) }
    var origin = MessageOrigin(
      frame: Int.random(in: 1...1_000_000, using: &random), file: Int.random(in: 0...9, using: &random),
      frames: flag(&random) ? [] : [PacketID(3), PacketID(5, file: 1)],
      time: Timestamp(nanoseconds: Int64.random(in: 0...1 << 60, using: &random)),
      ipID: flag(&random) ? nil : UInt32.random(in: 0 ... .max, using: &random))
    origin.version = flag(&random) ? 0 : 1
    let checksums: [ChecksumState] = [.right, .wrong, .absent],
      protocols: [ProtocolName] = [.dns, .mdns, .llmnr]
    let quote = ICMPQuote(source: IPAddress(v4: 1), destination: IPAddress(v4: 2), type: 3, code: 4)
    body(
      MessageBytes(
        bytes: bytes.span, flow: randomFlow(&random), origin: origin,
        protocolName: protocols[Int.random(in: 0..<3, using: &random)],
        checksum: checksums[Int.random(in: 0..<3, using: &random)],
        declaredLength: flag(&random) ? nil : Int.random(in: 0...65_535, using: &random),
        quote: flag(&random) ? nil : quote, isUnfinished: flag(&random), isRecovered: flag(&random)))
  }

  /// Any flow.
  private func randomFlow(_ random: inout SeededRandom) -> Flow {
    Flow(
      source: IPAddress(v4: UInt32.random(in: 0 ... .max, using: &random)),
      sourcePort: UInt16.random(in: 0 ... .max, using: &random),
      destination: IPAddress(v4: UInt32.random(in: 0 ... .max, using: &random)), destinationPort: 53,
      transport: Bool.random(using: &random) ? .udp : .tcp)
  }

  /// All that a message says of itself.
  private func text(of message: borrowing MessageBytes) -> String {
    let bytes = message.bytes.indices.map { message.bytes[$0] }
    return """
      \(bytes) \(message.flow) \(message.origin) \(message.protocolName) \(message.checksum) \
      \(message.declaredLength ?? -1) \(String(describing: message.quote)) \(message.isUnfinished) \
      \(message.isRecovered)
      """
  }
}
