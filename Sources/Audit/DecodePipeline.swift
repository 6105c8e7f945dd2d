import Bytes
import Capture
import DNSWire
import Packets

/// Reads captures and hands on every message, without judgement.
package struct DecodePipeline {
  private let inputs: [String], filter: String?, packetLimit: Int?, ports: [UInt16]

  /// A run over captures; of each at most `packetLimit` packets that the filter matches.
  package init(inputs: [String], filter: String?, packetLimit: Int? = nil, ports: [UInt16]) {
    (self.inputs, self.filter, self.packetLimit, self.ports) = (inputs, filter, packetLimit, ports)
  }

  /// Hands every message to `body`, with the index of its input. Those of NetBIOS's name service are left out:
  /// they have the format of DNS and other meanings.
  package func run<E: Error>(_ body: (borrowing MessageBytes, Int) throws(E) -> Void) throws(E)
    -> DecodeResult
  {
    var result = DecodeResult()
    for (index, path) in inputs.enumerated() { try read(path, index, &result, body) }
    return result
  }

  /// Decodes every message to its last record and counts.
  package func count() -> DecodeResult {
    var records = 0, malformed = 0
    var result = run { (message, _) throws(Never) in
      do throws(DecodingError) {
        try MessageView.pass(message.bytes, counting: &records)
      } catch {
        malformed &+= 1
      }
    }
    (result.records, result.malformed) = (records, malformed)
    return result
  }

  /// Reads one capture.
  private func read<E: Error>(
    _ path: String, _ index: Int, _ result: inout DecodeResult,
    _ body: (borrowing MessageBytes, Int) throws(E) -> Void
  ) throws(E) {
    var capture: CaptureFile
    do throws(CaptureError) { capture = try CaptureFile(path: path, filter: filter, hash: false) } catch {
      if case .badFilter = error { result.wrongFilter = error.sentence }
      return result.unreadable.append(error.sentence)
    }
    var decoder = PacketDecoder(ports: ports), taken = 0, netBIOS = 0, failure: E?
    while true {
      let next: Frame?
      do throws(CaptureError) { next = try capture.next() } catch {
        result.damaged.append(error.sentence)
        break
      }
      guard let frame = next else { break }
      decoder.decode(frame) { message in
        guard failure == nil else { return }
        if case .nbns = message.protocolName { return netBIOS &+= 1 }
        do throws(E) { try body(message, index) } catch { failure = error }
      }
      if let failure { throw failure }
      taken += 1
      if taken == packetLimit { break }
    }
    try decoder.finish { (message) throws(E) in
      if case .nbns = message.protocolName { netBIOS &+= 1 } else { try body(message, index) }
    }
    result.packets += decoder.counters.frames
    result.messages += decoder.counters.messages - netBIOS
    result.netBIOS += netBIOS
  }
}

/// What was decoded.
package struct DecodeResult: Sendable {
  /// Packets read, messages in them, records in those, and messages that could not be decoded to their end.
  package var packets = 0, messages = 0, records = 0, malformed = 0
  /// Messages of NetBIOS's name service, which are none of those.
  package var netBIOS = 0
  /// What is wrong with the filter: a sentence. Then nothing was read.
  package var wrongFilter: String?
  /// What could not be read at all, and what was cut short or damaged: sentences.
  package var unreadable: [String] = [], damaged: [String] = []
}
