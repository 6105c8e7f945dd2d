import Bytes
import DNSWire
import Findings
import TestSupport

/// A resolver that asks the server of an unsigned zone, and somebody who guesses.
struct GuessScene {
  /// Who is who.
  static let resolver = IPAddress(v4: 0xc000_0235), authority = IPAddress(v4: 0xc633_6407)
  /// What names truly have, and what the attacker says that they have.
  static let genuine: [UInt8] = [192, 0, 2, 80], forged: [UInt8] = [203, 0, 113, 66]
  /// The port from which the resolver asks, unless a test says otherwise.
  static let port: UInt16 = 33_333
  private var file = ClassicCapture()
  /// Packets so far.
  private(set) var frame = 0
  /// Milliseconds since the start at the packet that comes next.
  var clock = 0.0

  /// A message from one to the other, a millisecond after the one before; returns its frame.
  @discardableResult
  mutating func say(
    _ name: String, id: UInt16, port: UInt16 = port, answer: [UInt8]? = nil, rcode: UInt16 = 0,
    ttl: UInt8 = 64,
    isQuery: Bool = false, authority: [UInt8]? = nil
  ) -> Int {
    var message = MessageBuilder(id: id, flags: isQuery ? 0 : 0x8400 | rcode)
    message.addQuestion(wire(name), .a)
    if let answer { message.addRecord(pointer(12), .a, rdata: answer) }
    if let authority { message.addRecord(wire("bank.test."), .ns, in: .authority, rdata: authority) }
    let (from, to) =
      isQuery ? (GuessScene.resolver, GuessScene.authority) : (GuessScene.authority, GuessScene.resolver)
    let datagram =
      isQuery
      ? PacketBuilder.udp(message.bytes, from: port, to: 53)
      : PacketBuilder.udp(message.bytes, from: 53, to: port)
    frame += 1
    let time = 1_700_000_000_000_000_000 + Int64(clock * 1_000_000)
    let packet = PacketBuilder.ipv4(
      datagram, from: from, to: to, id: UInt16(truncatingIfNeeded: frame), ttl: ttl)
    file.add(PacketBuilder.ethernet(packet), at: time)
    clock += 1
    return frame
  }

  /// A question and its true answer.
  @discardableResult
  mutating func ask(
    _ name: String, id: UInt16, port: UInt16 = port, answer: [UInt8]? = genuine, rcode: UInt16 = 0
  ) -> Int {
    say(name, id: id, port: port, isQuery: true)
    return say(name, id: id, port: port, answer: answer, rcode: rcode)
  }

  /// Questions with true answers from ports of their own, so that a reader learns what is usual.
  mutating func warm(_ count: Int = 10) {
    for number in 0..<count {
      ask(
        "h\(number).bank.test.", id: UInt16(truncatingIfNeeded: 1_000 + 719 * number),
        port: UInt16(20_000 + 1_931 * number % 40_000))
    }
  }

  /// The audit of it; nothing in it is signed, so that any anchor will do.
  func run() throws -> AuditRun {
    try AuditRun([file.bytes], anchors: try CapturePair(name: "spoofed").text("anchors"))
  }
}

extension AuditRun {
  /// Findings of the severities that say that there was an attack.
  var attacks: [Finding] { findings.filter { $0.severity >= .medium } }
}
