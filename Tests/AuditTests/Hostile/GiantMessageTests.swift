import DNSWire
import TestSupport
import Testing

/// Messages whose counts and pointers promise more than they hold.
@Suite struct GiantMessageTests {
  /// What a message of 63 KB announced that was met in the wild.
  private static let questionCount: UInt16 = 64_259
  /// Octets of it behind the header.
  private static let bodyLength = 63_000

  @Test("64,259 questions that point forward end at the first of them", .timeLimit(.minutes(1)))
  func forwardPointers() throws {
    var builder = MessageBuilder(flags: 0x8180)
    builder.counts.qd = Self.questionCount
    while builder.body.count < Self.bodyLength {
      let ahead = min(builder.offset + 12, 0x3fff)
      builder.body += pointer(ahead) + octets(RecordType.a.rawValue) + octets(RecordClass.in.rawValue)
    }
    try expectMalformed(builder.bytes)
  }

  @Test("64,259 questions that all point to the longest name are read once each", .timeLimit(.minutes(1)))
  func longName() throws {
    var builder = MessageBuilder(flags: 0x8180)
    builder.counts.qd = Self.questionCount
    let start = builder.offset
    builder.body += (0..<127).flatMap { _ in [1, 0x61] as [UInt8] } + [0, 0, 1, 0, 1]
    while builder.body.count < Self.bodyLength {
      builder.body += pointer(start) + octets(RecordType.a.rawValue) + octets(RecordClass.in.rawValue)
    }
    try expectMalformed(builder.bytes)
  }

  @Test(
    "records that all point to the longest name, in a message full of them, end with a summary",
    .timeLimit(.minutes(1)))
  func longOwners() throws {
    var builder = MessageBuilder(flags: 0x8180)
    let start = builder.offset
    builder.addQuestion((0..<127).flatMap { _ in [1, 0x61] as [UInt8] } + [0], .a)
    while builder.body.count < Self.bodyLength {
      builder.addRecord(pointer(start), .a, rdata: octets(UInt32(builder.counts.an)))
    }
    let run = try audit(builder.bytes)
    #expect(run.summary.responses == 1)
    #expect(run.summary.bySecurity.first { $0.security == .indeterminate }?.count == 1)
  }

  /// Audits one response.
  private func audit(_ message: [UInt8]) throws -> AuditRun {
    var capture = ClassicCapture()
    let packet = PacketBuilder.ipv4(
      PacketBuilder.udp(message, from: 53, to: 4000), from: Host.server, to: Host.client)
    capture.add(PacketBuilder.ethernet(packet), at: ControlWorld.start * 1_000_000_000)
    return try AuditRun([capture.bytes], anchors: try ControlWorld.shared.get().anchor)
  }

  /// The message is one response that cannot be read, and no more.
  private func expectMalformed(_ message: [UInt8]) throws {
    let run = try audit(message)
    #expect(run.summary.responses == 1)
    #expect(run.summary.malformed == 1)
    #expect(run.responses.first?.verdict.security == .indeterminate)
  }
}
