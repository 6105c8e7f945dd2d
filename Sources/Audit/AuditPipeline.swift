import Bytes
import Capture
import Crypto
import DNSSEC
import DNSWire
import Findings
import Packets

/// The whole audit on one screen: read, collect, verify, judge, report.
package struct AuditPipeline {
  private let configuration: AuditConfiguration
  private var collector = MessageCollector(), result = AuditResult()
  private var captures: [CaptureEvent] = [], counters: [PacketCounters] = []

  /// A run that has not begun.
  package init(_ configuration: AuditConfiguration) { self.configuration = configuration }

  /// Audits every input and tells `sink` about it.
  /// - Parameter progress: told the packets read so far, now and then.
  package mutating func run(_ sink: inout some EventSink, progress: (Int) -> Void) throws(OutputError)
    -> AuditResult
  {
    try sink.receive(.run(RunEvents.event(configuration)))
    for (file, path) in configuration.inputs.enumerated() { read(path, file, progress) }
    collector.finish()
    for capture in captures { try sink.receive(.capture(capture)) }
    var conclusion = AuditConclusion(configuration)
    let part = try conclusion.judge(collector, &sink)
    try conclusion.conclude(part, captures, counters, &sink, &result)
    keepUntilExit((self, conclusion, part))
    return result
  }

  /// Reads one capture to its end; what is wrong with it goes into the result, never lost.
  private mutating func read(_ path: String, _ file: Int, _ progress: (Int) -> Void) {
    do throws(CaptureError) {
      var capture = try CaptureFile(path: path, filter: configuration.filter, hash: configuration.hash)
      var decoder = PacketDecoder(ports: configuration.ports), taken = 0
      do throws(CaptureError) {
        while let frame = try capture.next() {
          if taken == 0 { collector.begin(at: frame.time) }
          decoder.decode(frame) { collector.receive($0) }
          taken += 1
          if taken & 0xffff == 0 { progress(result.packets + taken) }
          if taken == configuration.packetLimit { break }
        }
      } catch {
        result.damaged.append(error.sentence)
      }
      decoder.finish { collector.receive($0) }
      counters.append(decoder.counters)
      let metadata = capture.finish()
      result.packets += metadata.packets
      captures.append(CaptureEvents.event(metadata, decoder.counters, file: file))
    } catch {
      if case .badFilter = error { result.wrongFilter = error.sentence }
      result.unreadable.append(error.sentence)
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
