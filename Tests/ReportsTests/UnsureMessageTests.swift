import Bytes
import DNSWire
import Packets
import TestSupport
import Testing

@testable import Reports

@Suite("Messages that no host may have taken")
struct UnsureMessageTests {
  /// The line of a query that is one of these.
  func line(isUnfinished: Bool = false, isRecovered: Bool = false) -> String {
    var message = MessageBuilder(), lines = JSONLineWriter()
    message.addQuestion(wire("example."), .a)
    let flow = Flow(
      source: Host.client, sourcePort: 40_000, destination: Host.server, destinationPort: 53, transport: .tcp)
    let bytes = message.bytes
    MessageEvent().append(
      MessageBytes(
        bytes: bytes.span, flow: flow, origin: MessageOrigin(frame: 7, time: Timestamp(seconds: 1)),
        isUnfinished: isUnfinished, isRecovered: isRecovered), to: &lines)
    return String(decoding: lines.bytes, as: UTF8.self)
  }

  @Test(
    "the beginning of a datagram, and a message found by its looks, stand inside an oddity with their rule")
  func nested() {
    #expect(line().hasPrefix(#"{"event":"message","frame":7,"#))
    #expect(
      line(isUnfinished: true).hasPrefix(
        #"{"event":"oddity","frame":7,"name":"unfinished-datagram","sentence":"beginnings of datagrams"#))
    let recovered = line(isRecovered: true)
    #expect(recovered.hasPrefix(#"{"event":"oddity","frame":7,"name":"recovered-message","#))
    #expect(recovered.contains(#""reference":"RFC 1035 §4.2.2","message":{"event":"message","frame":7,"#))
    #expect(recovered.contains(#""question":[{"name":"example.","type":"A","class":"IN"}]"#))
  }
}
