import Bytes
import Capture
import DNSSEC
import DNSWire
import Findings
import Packets

/// An audit of files taken apart, for those who measure it: what `AuditPipeline` does on one core, in steps that can be
/// timed one by one. Those that read begin with the input anew; those behind `collect` build on what came before.
package struct StagedAudit {
  private let configuration: AuditConfiguration
  private var collector = MessageCollector(), captures: [CaptureEvent] = [], counters: [PacketCounters] = []
  private var validator: Validator, pass: JudgementPass, answers: [Answer] = [], part: JudgedPart?

  /// Nothing done yet.
  package init(_ configuration: AuditConfiguration) {
    self.configuration = configuration
    validator = Validator(trustPoints: [])
    pass = JudgementPass(collector, at: configuration.at)
  }

  /// Reads the packets alone: how many there are.
  package func readPackets() -> Int {
    var session = CaptureSession(CapturePaths(configuration.inputs), hash: false), packets = 0
    while session.next() != nil { packets += 1 }
    return packets
  }

  /// Reads packets and finds the messages in them: how many there are.
  package func findMessages() -> Int {
    var session = CaptureSession(CapturePaths(configuration.inputs), hash: false), messages = 0
    var decoder = PacketDecoder(ports: configuration.ports, isAnyPort: configuration.isAnyPort)
    while let frame = session.next() { decoder.decode(frame) { _ in messages += 1 } }
    decoder.finish { _ in messages += 1 }
    return messages
  }

  /// Reads messages and copies them into batches, with what they are recognised by: how many there are.
  package func fillBatches() -> Int {
    var messages = 0
    _ = batches(collector.keys) { messages += $0.messages.count }
    return messages
  }

  /// Fills batches and decodes their messages to the last record, as `decode` does: how many records there are.
  package func decodeMessages() -> Int {
    var records = 0
    _ = batches(collector.keys) { batch in
      for message in batch.messages {
        let bytes = batch.bytes.span.extracting(message.start..<message.start + message.count)
        try? MessageView.pass(bytes, counting: &records)
      }
    }
    return records
  }

  /// Fills batches, recognises their messages and interns what is new: how many distinct responses there are.
  package func internMessages() -> Int {
    var store = ResponseStore()
    _ = batches(BatchKeys(content: store.recognitionKey, conversations: collector.keys.conversations)) {
      batch in
      store.approach(batch.identities[...])
      for (message, identity) in zip(batch.messages, batch.identities) {
        let bytes = batch.bytes.span.extracting(message.start..<message.start + message.count)
        guard let view = try? MessageView(bytes) else { continue }
        if identity.isResponse {
          _ = store.intern(view, identity.hash)
        } else {
          _ = store.internQuery(view, identity.hash)
        }
      }
    }
    return store.bodies.count
  }

  /// Fills batches and collects them: interns what they say, and matches responses to queries.
  package mutating func collect() {
    var collector = MessageCollector()
    (captures, counters) = batches(collector.keys) {
      collector.receive($0)
    } finish: {
      collector.witness = $0
    }
    collector.finish()
    collector.drops = captures.reduce(0) { $0 + ($1.dropped ?? 0) }
    for index in captures.indices { captures[index].quality += collector.quality.limits }
    self.collector = collector
  }

  /// Shows the validator what was collected.
  /// - Parameter verifying: false for one that prepares signatures and has no leave to try any.
  package mutating func show(verifying: Bool) {
    var limits = configuration.limits
    if !verifying { limits.verificationsPerMessage = 0 }
    validator = Validator(
      trustPoints: TrustPoint.points(of: configuration.anchors, continuing: configuration.anchorStates),
      limits: limits, policy: configuration.policy, method: configuration.method)
    pass = JudgementPass(collector, at: configuration.at)
    answers = pass.show(validator, collector)
  }

  /// Verifies the signatures of what was shown.
  package func verify() { validator.verify(answers, store: collector.store.rrsets, workers: 1) }

  /// Gives each response its word.
  package mutating func judge() { pass.run(validator, collector) }

  /// Finds what people should know, and tells `sink` of it and of the counts.
  package mutating func conclude(_ sink: inout some EventSink) throws(OutputError) {
    var conclusion = AuditConclusion(configuration), result = AuditResult()
    let part = JudgedPart(collector, configuration, validator, pass)
    try conclusion.take(part, &sink)
    try conclusion.conclude(part, captures, counters, &sink, &result)
    self.part = part
  }

  /// Tells `sink` of the responses, after `conclude`.
  package func tell(_ sink: inout some EventSink) throws(OutputError) {
    if let part { try sink.receive(part.told) }
  }

  /// Reads the input and hands on batch after batch.
  private func batches(
    _ keys: BatchKeys, _ take: (borrowing MessageBatch) -> Void, finish: (PacketWitness) -> Void = { _ in }
  ) -> (captures: [CaptureEvent], counters: [PacketCounters]) {
    var session = CaptureSession(CapturePaths(configuration.inputs), hash: false), packets = 0
    var decoder = PacketDecoder(ports: configuration.ports, isAnyPort: configuration.isAnyPort)
    var batch = MessageBatch(keys)
    while let frame = session.next() {
      if packets == 0 { batch.begin(at: frame.time) }
      decoder.decode(frame) { batch.add($0) }
      if batch.isFull {
        take(batch)
        batch.removeAll()
      }
      packets += 1
    }
    decoder.finish { batch.add($0) }
    take(batch)
    finish(decoder.takeWitness())
    return (
      CaptureEvents.events(session, decoder), session.paths.indices.map { decoder.counters(ofFile: $0) }
    )
  }
}
