import Bytes
import Capture
import Crypto
import DNSSEC
import DNSWire
import Findings
import Packets

/// The whole audit on one screen: read, collect, verify, judge, report.
package struct AuditPipeline {
  private var configuration: AuditConfiguration
  private var collector = MessageCollector(), result = AuditResult()
  /// Verifies while reading goes on, where there is a core for it.
  private let early: EarlyVerification?

  /// A run that has not begun.
  package init(_ configuration: AuditConfiguration) {
    self.configuration = configuration
    early =
      configuration.jobs < 2
      ? nil
      : EarlyVerification(
        limits: configuration.limits, policy: configuration.policy, workers: configuration.jobs,
        method: configuration.method, memory: configuration.signatureCache?.memory)
  }

  /// Audits all inputs as one session and tells `sink` about it; nothing when the filter is none.
  /// - Parameter progress: told the packets read so far, now and then.
  package mutating func run(_ sink: inout some EventSink, progress: (Int) -> Void) throws(OutputError)
    -> AuditResult
  {
    let filter: PacketFilter?
    do throws(CaptureError) { filter = try PacketFilter(optional: configuration.filter) } catch {
      result.wrongFilter = error.sentence
      return result
    }
    try sink.receive(.run(RunEvents.event(configuration)))
    var session = CaptureSession(
      CapturePaths(configuration.inputs), hash: configuration.hash, workers: configuration.jobs)
    configuration.inputs = session.paths
    var decoder = PacketDecoder(
      ports: configuration.ports, isAnyPort: configuration.isAnyPort, selector: filter)
    read(&session, &decoder, progress)
    collector.witness = decoder.takeWitness()
    collector.finish()
    var captures = CaptureEvents.events(session, decoder)
    collector.drops = captures.reduce(0) { $0 + ($1.dropped ?? 0) }
    // Inputs are one session: what is said of queries and responses holds for all of them.
    for index in captures.indices { captures[index].quality += collector.quality.limits }
    for capture in captures { try sink.receive(.capture(capture)) }
    var conclusion = AuditConclusion(configuration)
    let part = try conclusion.judge(collector, early: early, &sink)
    let counters = session.paths.indices.map { decoder.counters(ofFile: $0) }
    try conclusion.conclude(part, captures, counters, &sink, &result)
    result.packets = captures.reduce(0) { $0 + $1.packets }
    (result.unreadable, result.damaged) = (session.unreadable, session.damaged)
    result.warnings = session.warnings + decoder.warnings(of: filter, files: session.paths.count)
    keepUntilExit((self, conclusion, part))
    return result
  }

  /// Collects the messages of all packets.
  private mutating func read(
    _ session: inout CaptureSession, _ decoder: inout PacketDecoder, _ progress: (Int) -> Void
  ) {
    let relay = BatchRelay(collector, early, workers: configuration.jobs)
    var packets = 0, isEnough = false, batch = relay.makeBatch()
    while let frame = session.next(leaving: isEnough) {
      if packets == 0 { batch.begin(at: frame.time) }
      decoder.decode(frame) { batch.add($0) }
      if batch.isFull { relay.collect(&batch) }
      packets += 1
      if packets & 0xffff == 0 { progress(packets) }
      isEnough = decoder.hasReached(configuration.packetLimit)
    }
    decoder.finish { batch.add($0) }
    relay.collect(&batch)
    collector = relay.finish()
  }
}

extension PacketDecoder {
  /// Whether so many packets of the current capture were taken; the filter decides what counts.
  @inline(__always)
  func hasReached(_ limit: Int?) -> Bool {
    guard let limit else { return false }
    return counters.frames - counters[fate: .filteredOut] >= limit
  }
}

extension PacketDecoder {
  /// What is to know of the filter, a sentence each.
  /// - Parameter files: how many captures there were.
  func warnings(of filter: PacketFilter?, files: Int) -> [String] {
    guard let filter else { return [] }
    var passedOver = 0
    for file in 0..<files {
      let counters = counters(ofFile: file)
      guard counters.hasNoneTaken else { return filter.warnings }
      passedOver += counters[fate: .filteredOut]
    }
    guard passedOver > 0 else { return filter.warnings }
    var warning = "the filter took none of \(passedOver) packets"
    if !filter.needsLinkLayer { warning += "; it is asked about the innermost IP packet of each" }
    return filter.warnings + [warning]
  }
}

extension PacketCounters {
  /// Whether the filter took none of the packets that it was asked about. It is asked once an IP packet is found, and of
  /// fragments about the whole.
  fileprivate var hasNoneTaken: Bool {
    guard messages == 0, quotedMessages == 0 else { return false }
    return PacketFate.allCases.allSatisfy { fate in
      switch fate {
      case .datagram, .segment, .emptySegment, .emptyDatagram, .sctp, .otherPort, .opaque, .icmp,
        .icmpQuotesDNS,
        .otherTransport, .encrypted:
        self[fate: fate] == 0
      default: true
      }
    }
  }
}

/// Never frees a value: taking hundreds of thousands of small arrays apart just before the process ends costs a thirtieth
/// of an audit, and the system takes all memory back at once. For what lives as long as the process does.
private func keepUntilExit<Value>(_ value: Value) {
  _ = unsafe Unmanaged.passRetained(Kept(value))
}

/// Holds a value by reference.
private final class Kept<Value> {
  let value: Value

  /// Takes the value.
  init(_ value: Value) { self.value = value }
}
