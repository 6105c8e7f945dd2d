import Bytes
import Capture
import DNSSEC
import DNSWire
import Findings
import Packets

/// What a live run has collected and told so far.
struct LiveState: ~Copyable {
  private let configuration: AuditConfiguration, options: LiveOptions
  private var decoder: PacketDecoder, collector = MessageCollector(), chain: LiveChain
  private var conclusion: AuditConclusion, told: ToldFindings
  /// Signatures of this collector that earlier windows verified, and its responses then.
  private var signatures: VerifiedSignatures?, responsesInWindow = 0
  /// Responses of the parts before this one, and whether this one has had no packet yet.
  private var earlierResponses = 0, isBeginning = true
  private var result = AuditResult()
  /// What is known of the packets.
  private(set) var facts = LiveFacts()

  /// Nothing collected yet.
  init(_ configuration: AuditConfiguration, _ options: LiveOptions, _ filter: PacketFilter? = nil) {
    (self.configuration, self.options) = (configuration, options)
    decoder = PacketDecoder(
      ports: configuration.ports, isAnyPort: configuration.isAnyPort, selector: filter)
    (chain, told) = (LiveChain(limits: options.limits), ToldFindings(limit: options.limits.toldFindings))
    conclusion = AuditConclusion(configuration)
  }

  /// Responses kept of this part and told of the others.
  private var responses: Int { earlierResponses + collector.records.count - collector.carried }

  /// Whether a limit is reached.
  var isFull: Bool {
    collector.records.count - collector.carried >= options.limits.responses
      || collector.store.byteCount >= options.limits.bytes
  }

  /// Takes a packet.
  mutating func take(_ frame: Frame) {
    if isBeginning { collector.begin(at: frame.time) }
    isBeginning = false
    facts.count(frame)
    decoder.decode(frame) { message in
      let count = collector.records.count
      collector.receive(message)
      if collector.records.count > count { chain.note(message, collector) }
    }
  }

  /// Closes a window: verifies what is new in it, judges this part as far as it is known, and keeps what it verified.
  mutating func closeWindow(dropped: Int) -> LiveWindow {
    var findings: [Finding] = []
    if collector.records.count > responsesInWindow {
      // As if the run ended now: what waits for a packet that may yet come is settled in a copy.
      var settled = collector
      settled.finish()
      let part = JudgedPart(
        settled, configuration, trustPoints: conclusion.trustPoints, signatures: signatures)
      var rules = FindingCollector()
      part.show(to: &rules)
      findings = told.new(in: rules.results().findings)
      (signatures, responsesInWindow) = (part.validator.signatures, collector.records.count)
    }
    return LiveWindow(findings: findings, packets: facts.packets, responses: responses, dropped: dropped)
  }

  /// Judges this part for good and begins another one, with what shows chains of trust.
  mutating func beginPart(_ sink: inout some EventSink) throws(OutputError) {
    collector.witness = decoder.takeWitness()
    collector.finish()
    _ = try conclusion.judge(collector, signatures: signatures, &sink)
    earlierResponses = responses
    collector = chain.makeCollector()
    (signatures, responsesInWindow, isBeginning) = (nil, collector.carried, true)
  }

  /// Ends the run: the events of an audit, from `capture` to `summary`.
  mutating func finish(_ ending: LiveEnding, _ sink: inout some EventSink) throws(OutputError) -> AuditResult
  {
    decoder.finish { collector.receive($0) }
    collector.witness = decoder.takeWitness()
    collector.drops = ending.dropped ?? 0
    collector.finish()
    let event = captureEvent(ending)
    try sink.receive(.capture(event))
    let part = try conclusion.judge(collector, signatures: signatures, &sink)
    try conclusion.conclude(part, [event], [decoder.counters], &sink, &result)
    if let error = ending.error { result.damaged.append(error) }
    return result
  }

  /// The event of the interface.
  private func captureEvent(_ ending: LiveEnding) -> CaptureEvent {
    var quality = facts.quality + CaptureEvents.quality(decoder.counters)
    if conclusion.parts > 0 {
      quality.append(
        "answers were judged for good \(conclusion.parts) times before the end, to keep memory bounded")
    }
    if conclusion.parts > 0, chain.leftOut > 0 {
      quality.append(
        "\(chain.leftOut) messages with links of chains of trust were let go of for want of room")
    }
    return CaptureEvent(
      file: 0, path: "live:\(options.interface)", sha256: nil, bytes: facts.bytes, format: "live",
      linkTypes: [ending.linkType], snaplen: Int(LiveCapture.snapLength), interfaces: [options.interface],
      comments: [], packets: facts.packets, dropped: ending.dropped, firstTime: facts.firstTime,
      lastTime: facts.lastTime, truncated: ending.error != nil, error: ending.error, quality: quality)
  }
}

/// What is known of the packets of a live run.
struct LiveFacts {
  /// Packets, and bytes captured of them.
  private(set) var packets = 0, bytes = 0
  /// Times of the first and last packet.
  private(set) var firstTime: Timestamp?, lastTime: Timestamp?
  private var cutPackets = 0, timeReversals = 0

  /// Counts a packet.
  mutating func count(_ frame: Frame) {
    packets &+= 1
    bytes &+= frame.bytes.count
    if frame.bytes.count < frame.originalLength { cutPackets &+= 1 }
    if let lastTime, frame.time < lastTime { timeReversals &+= 1 }
    if firstTime == nil { firstTime = frame.time }
    lastTime = frame.time
  }

  /// What limits conclusions, a sentence each.
  var quality: [String] {
    var limits: [String] = []
    if cutPackets > 0 { limits.append("\(cutPackets) packets are cut by the snap length") }
    if timeReversals > 0 { limits.append("time runs backwards at \(timeReversals) packets") }
    return limits
  }
}

/// How a live run ended.
struct LiveEnding {
  /// What the packets start with.
  let linkType: String
  /// Packets that were lost before they were read; nil when the interface does not say.
  let dropped: Int?
  /// What ended the run, when that was not the user.
  let error: String?
}
