import Audit
import Findings
import Foundation
import Reports

/// The stages of an audit one by one, in this process, by its own CPU clock.
struct StageRun {
  private let capture: MeasuredCapture, rounds: Int, configuration: AuditConfiguration
  /// By stage, nanoseconds of each round.
  private var samples: [[Double]] = Stage.allCases.map { _ in [] }
  private var messages = 0

  /// On a capture with its anchors.
  init(_ capture: MeasuredCapture, _ options: Options) throws {
    (self.capture, rounds) = (capture, options.rounds)
    configuration = AuditConfiguration(
      inputs: [capture.path], anchors: try AnchorSource.load(capture.anchors.map { [$0] } ?? []))
  }

  /// Does the rounds and prints.
  mutating func run() throws {
    for _ in 0..<rounds { try measure() }
    guard messages > 0 else { throw BenchmarkError(description: "\(capture.path) holds no message") }
    let medians = samples.map { median($0) / Double(messages) }
    let own = zip(Stage.allCases, medians).filter { $0.0 != .decoding }
    let total = own.reduce(0) { $0 + $1.1 }
    print("\(capture.path): \(messages) messages, \(rounds) rounds\n")
    var table = Table("stage", "ns/message (min-max)", "share")
    for stage in Stage.allCases {
      let index = stage.rawValue, share = Int((medians[index] / total * 100).rounded())
      table.add(
        stage.name, figures(samples[index].map { $0 / Double(messages) }),
        stage == .decoding ? "" : "\(share) %")
    }
    print("\(table)\n")
    print(SpeedUp(medians))
  }

  /// One round: stages that follow each other within one pass over the input are the differences of passes.
  private mutating func measure() throws {
    var audit = StagedAudit(configuration), sum = 0
    let reading = time { sum &+= audit.readPackets() }
    let finding = time { messages = audit.findMessages() }
    let batching = time { sum &+= audit.fillBatches() }
    let decoding = time { sum &+= audit.decodeMessages() }
    let interning = time { sum &+= audit.internMessages() }
    let collecting = time { audit.collect() }
    add(.reading, reading)
    add(.packets, finding - reading)
    add(.batching, batching - finding)
    add(.decoding, decoding - batching)
    add(.interning, interning - batching)
    add(.transactions, collecting - interning)
    audit.show(verifying: false)
    let preparing = time { audit.verify() }
    add(.evidence, time { audit.show(verifying: true) })
    add(.preparation, preparing)
    add(.verification, time { audit.verify() } - preparing)
    add(.judging, time { audit.judge() })
    try conclude(&audit)
    guard sum > 0 else { throw BenchmarkError(description: "\(capture.path) is empty") }
  }

  /// Findings, and lines of responses that go nowhere.
  private mutating func conclude(_ audit: inout StagedAudit) throws {
    var counts = Discard()
    let before = processTime()
    try audit.conclude(&counts)
    let after = processTime()
    add(.findings, after - before)
    guard let nowhere = FileHandle(forWritingAtPath: "/dev/null") else {
      throw BenchmarkError(description: "no /dev/null")
    }
    var lines = JSONLines(ByteSink(descriptor: nowhere.fileDescriptor, path: "/dev/null"))
    try audit.tell(&lines)
    try lines.flush()
    add(.output, processTime() - after)
  }

  /// Notes a time.
  private mutating func add(_ stage: Stage, _ nanoseconds: Double) {
    samples[stage.rawValue].append(nanoseconds)
  }

  /// The CPU time that something takes.
  private func time(_ body: () -> Void) -> Double {
    let before = processTime()
    body()
    return processTime() - before
  }
}

/// The stages in the order in which a message meets them.
enum Stage: Int, CaseIterable {
  case reading, packets, batching, decoding, interning, transactions, evidence, preparation, verification,
    judging, findings, output

  /// What a table calls it.
  var name: String {
    switch self {
    case .reading: "reading: file to packets"
    case .packets: "link to UDP: packets to messages"
    case .batching: "batching: copy, hash"
    case .decoding: "decoding to the last record (`decode` alone)"
    case .interning: "recognising and interning"
    case .transactions: "transactions"
    case .evidence: "cases and chain evidence"
    case .preparation: "signature preparation: fields, keys"
    case .verification: "verification: signed data, digests, keys' work"
    case .judging: "judging"
    case .findings: "findings, zones, counts"
    case .output: "output: JSON lines of all responses"
    }
  }
}

/// Takes events and keeps none.
private struct Discard: EventSink {
  let wantsResponses = false

  mutating func receive(_ event: AuditEvent) {}

  func flush() {}
}
