import Bytes
import DNSWire
import TestSupport

/// An unsigned zone, a resolver and its clients, and what they say, second by second: queries and answers by hand.
struct PoisonScene {
  /// Who is who; the last two are what the name truly has, and what the attacker says that it has.
  static let resolver = IPAddress(v4: 0xc000_0235), authority = IPAddress(v4: 0xc633_6407)
  static let clients = (1...3).map { IPAddress(v4: 0xc000_0280 + UInt32($0)) }
  static let genuine: [UInt8] = [192, 0, 2, 80], forged: [UInt8] = [203, 0, 113, 66]
  static let forgedAddress = IPAddress(v4: 0xcb00_7142)
  private var file = ClassicCapture(), id: UInt16 = 0x2000, frame = 0

  /// What somebody says.
  struct Answer {
    var data: [UInt8], ttl: UInt32 = 300, rcode: UInt16 = 0, milliseconds: Int64 = 10
  }

  /// Nothing said yet.
  static var empty: PoisonScene { PoisonScene(()) }

  /// Nothing said yet.
  private init(_: Void) {}

  /// A question and the answers to it, in their order; returns the frames of the answers.
  @discardableResult
  mutating func ask(
    _ name: String, of server: IPAddress, by client: IPAddress, at seconds: Double, _ answers: [Answer]
  ) -> [Int] {
    id += 0x0123
    let isRecursive = server == PoisonScene.resolver, port = id | 0x8000
    let start = 1_700_000_000_000_000_000 + Int64(seconds * 1_000_000_000)
    var query = MessageBuilder(id: id, flags: isRecursive ? 0x0100 : 0)
    query.addQuestion(wire(name), .a)
    add(PacketBuilder.udp(query.bytes, from: port, to: 53), from: client, to: server, at: start)
    return answers.map { answer in
      var response = MessageBuilder(id: id, flags: (isRecursive ? 0x8180 : 0x8400) | answer.rcode)
      response.addQuestion(wire(name), .a)
      if !answer.data.isEmpty { response.addRecord(pointer(12), .a, ttl: answer.ttl, rdata: answer.data) }
      let time = start + answer.milliseconds * 1_000_000
      return add(PacketBuilder.udp(response.bytes, from: 53, to: port), from: server, to: client, at: time)
    }
  }

  /// Adds a packet and returns its frame.
  @discardableResult
  private mutating func add(_ packet: TransportBytes, from: IPAddress, to: IPAddress, at time: Int64) -> Int {
    frame += 1
    file.add(
      PacketBuilder.ethernet(PacketBuilder.ipv4(packet, from: from, to: to, id: UInt16(frame))), at: time)
    return frame
  }

  /// A resolver that has the true answer at first, is deceived after two minutes, and answers two clients with what it
  /// was told, the first of them twice.
  /// - Parameter off: seconds by which the TTLs of its answers are off the countdown.
  init(off: UInt32 = 0) {
    self = .empty
    let (resolver, authority) = (PoisonScene.resolver, PoisonScene.authority)
    ask("www.bank.test.", of: authority, by: resolver, at: 0, [Answer(data: PoisonScene.genuine, ttl: 60)])
    ask(
      "www.bank.test.", of: authority, by: resolver, at: 120,
      [
        Answer(data: PoisonScene.forged, milliseconds: 5),
        Answer(data: PoisonScene.genuine, ttl: 60, milliseconds: 15),
      ])
    serve(PoisonScene.forged, ttl: 300 + off, to: 0, at: 120.01)
    serve(PoisonScene.forged, ttl: 290 + off, to: 1, at: 130)
    serve(PoisonScene.forged, ttl: 280 + off, to: 0, at: 140)
  }

  /// The resolver answers a client.
  @discardableResult
  mutating func serve(
    _ data: [UInt8], ttl: UInt32, to client: Int, at seconds: Double, _ name: String = "www.bank.test."
  )
    -> Int
  {
    let answer = Answer(data: data, ttl: ttl, milliseconds: 1)
    return ask(name, of: PoisonScene.resolver, by: PoisonScene.clients[client], at: seconds, [answer])[0]
  }

  /// A client turns to an address over TLS.
  mutating func connect(_ client: Int, to address: IPAddress, at seconds: Double) -> Int {
    let packet = PacketBuilder.tcp([], sequence: 1, flags: [.syn], from: 50_000, to: 443)
    let time = 1_700_000_000_000_000_000 + Int64(seconds * 1_000_000_000)
    return add(packet, from: PoisonScene.clients[client], to: address, at: time)
  }

  /// The audit of it; nothing in it is signed, so that any anchor will do.
  func run() throws -> AuditRun {
    try AuditRun([file.bytes], anchors: try CapturePair(name: "spoofed").text("anchors"))
  }
}
