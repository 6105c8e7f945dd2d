import Bytes
import DNSWire
import Packets
import TestSupport
import Testing
import Transactions

@testable import Audit

@Suite("Messages in batches")
struct BatchRelayTests {
  /// A message with its flow and origin.
  private struct Message {
    let bytes: [UInt8], flow: Flow, origin: MessageOrigin
    var isUnfinished = false
  }

  /// Queries and their responses, one by one, among them some that are damaged, short, or in several packets: more than
  /// two batches hold.
  private func messages() -> [Message] {
    var random = SeededRandom(seed: 77), messages: [Message] = []
    for number in 0..<1_500 {
      let id = UInt16.random(in: 0 ... .max, using: &random),
        port = UInt16.random(in: 1_024...65_535, using: &random)
      let name: [UInt8] = [3, 0x61 + UInt8(number % 7), 0x62, 0x63, 0]
      let client = IPAddress(v4: 0xc000_0200 + UInt32(number % 5)), server = IPAddress(v4: 0xc633_6401)
      var query = MessageBuilder(id: id, flags: 0x0100), answer = MessageBuilder(id: id, flags: 0x8180)
      query.addQuestion(name, .a)
      answer.addQuestion(name, .a)
      answer.addRecord(name, .a, in: .answer, ttl: 60, rdata: [192, 0, 2, UInt8(number % 11)])
      let flow = Flow(
        source: client, sourcePort: port, destination: server, destinationPort: 53, transport: .udp)
      messages.append(Message(bytes: query.bytes, flow: flow, origin: origin(number * 2 + 1)))
      var bytes = answer.bytes
      if number % 97 == 5 { bytes.removeLast(9) }
      if number % 101 == 7 { bytes.removeLast(bytes.count - number % 12) }
      var response = Message(bytes: bytes, flow: flow.reversed, origin: origin(number * 2 + 2))
      if number % 53 == 3 {
        response = Message(bytes: bytes, flow: flow.reversed, origin: origin(number * 2 + 2, [1, 2]))
      }
      response.isUnfinished = number % 89 == 1
      messages.append(response)
    }
    return messages
  }

  /// The origin of a packet, perhaps of several.
  private func origin(_ frame: Int, _ others: [Int] = []) -> MessageOrigin {
    MessageOrigin(
      frame: frame, frames: others.map { PacketID($0) },
      time: Timestamp(nanoseconds: 1_700_000_000_000_000_000 + Int64(frame) * 1_000_000))
  }

  /// Hands a message as it is to a function.
  private func lend(_ message: Message, _ body: (borrowing MessageBytes) -> Void) {
    body(
      MessageBytes(
        bytes: message.bytes.span, flow: message.flow, origin: message.origin,
        isUnfinished: message.isUnfinished))
  }

  /// What a collector has made of the messages.
  private func digest(_ collector: MessageCollector) -> [String] {
    collector.records.map { "\($0)" } + [
      "\(collector.counts)",
      "\(collector.fragmentFrames.sorted { $0.key < $1.key })",
      "\(collector.store.bodies.count) \(collector.store.answers.count) \(collector.quality)",
    ]
  }

  @Test("give what they give one by one, on one core and on two", arguments: [1, 2, 3])
  func relay(workers: Int) {
    let messages = messages(), first = messages[0].origin.time
    var alone = MessageCollector()
    alone.begin(at: first)
    for message in messages { lend(message) { alone.receive($0) } }
    alone.finish()

    let relay = BatchRelay(MessageCollector(), nil, workers: workers)
    var batch = relay.makeBatch()
    batch.begin(at: first)
    for message in messages {
      lend(message) { batch.add($0) }
      if batch.isFull { relay.collect(&batch) }
    }
    relay.collect(&batch)
    var together = relay.finish()
    together.finish()

    #expect(messages.count > 2 * MessageBatch.capacity)
    #expect(digest(together) == digest(alone))
    #expect(alone.records.count > 1_400 && alone.fragmentFrames.count > 20 && alone.counts.malformed > 10)
  }
}
