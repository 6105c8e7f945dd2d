import Bytes
import Capture
import DNSWire
import Packets

/// Reads captures and hands on every message, without judgement.
package struct DecodePipeline {
  private let inputs: [String], filter: String?, packetLimit: Int?, ports: [UInt16]
  private let isAnyPort: Bool

  /// A run over captures as one session; of each at most `packetLimit` packets that the filter matches.
  package init(
    inputs: [String], filter: String?, packetLimit: Int? = nil, ports: [UInt16], isAnyPort: Bool = false
  ) {
    self.isAnyPort = isAnyPort
    (self.inputs, self.filter, self.packetLimit, self.ports) = (inputs, filter, packetLimit, ports)
  }

  /// Hands every message to `body`, with the index of its input where there are several. Those of NetBIOS's name service
  /// are left out: they have the format of DNS and other meanings.
  /// - Parameter losses: told of each packet for which some of a message, or all of one, may be missing.
  package func run<E: Error>(
    _ body: (borrowing MessageBytes, Int?) throws(E) -> Void,
    losses: ((LossNote, Int?) throws(E) -> Void)? = nil
  ) throws(E) -> DecodeResult {
    var result = DecodeResult()
    let filter: PacketFilter?
    do throws(CaptureError) { filter = try PacketFilter(optional: self.filter) } catch {
      result.wrongFilter = error.sentence
      return result
    }
    var session = CaptureSession(CapturePaths(inputs), hash: false)
    var decoder = PacketDecoder(
      ports: ports, isAnyPort: isAnyPort, selector: filter, keepsWitness: false)
    decoder.isNoting = losses != nil
    try read(&session, &decoder, &result, body, losses)
    for index in session.paths.indices {
      let counters = decoder.counters(ofFile: index)
      result.packets += counters.frames
      result.messages += counters.messages
      result.quoted += counters.quotedMessages
      result.oddities.add(counters)
    }
    result.messages -= result.netBIOS
    (result.inputs, result.unreadable, result.damaged) = (
      session.paths.count, session.unreadable, session.damaged
    )
    result.warnings = session.warnings + decoder.warnings(of: filter, files: session.paths.count)
    return result
  }

  /// Decodes every message to its last record and counts.
  package func count() -> DecodeResult {
    var records = 0, malformed = 0
    var result = run { (message, _) throws(Never) in
      guard message.quote == nil else { return }
      do throws(DecodingError) {
        try MessageView.pass(message.bytes, counting: &records)
      } catch {
        malformed &+= 1
      }
    }
    (result.records, result.malformed) = (records, malformed)
    return result
  }

  /// Reads all captures.
  private func read<E: Error>(
    _ session: inout CaptureSession, _ decoder: inout PacketDecoder, _ result: inout DecodeResult,
    _ body: (borrowing MessageBytes, Int?) throws(E) -> Void,
    _ losses: ((LossNote, Int?) throws(E) -> Void)?
  ) throws(E) {
    let isSeveral = session.paths.count > 1
    var netBIOS = 0, isEnough = false, failure: E?
    while let frame = session.next(leaving: isEnough) {
      decoder.decode(frame) { take($0, isSeveral, &netBIOS, &failure, body) }
      if let failure { throw failure }
      if let losses {
        for note in decoder.takeNotes() { try losses(note, isSeveral ? note.packet.file : nil) }
      }
      isEnough = decoder.hasReached(packetLimit)
    }
    decoder.finish { take($0, isSeveral, &netBIOS, &failure, body) }
    if let failure { throw failure }
    if let losses {
      for note in decoder.takeNotes() { try losses(note, isSeveral ? note.packet.file : nil) }
    }
    result.netBIOS = netBIOS
  }

  /// Hands on a message, unless it is one of NetBIOS or `body` has failed. What it changes it gets as arguments: captured,
  /// each access cost a check at run time.
  @inline(__always)
  private func take<E: Error>(
    _ message: borrowing MessageBytes, _ isSeveral: Bool, _ netBIOS: inout Int, _ failure: inout E?,
    _ body: (borrowing MessageBytes, Int?) throws(E) -> Void
  ) {
    guard failure == nil else { return }
    if case .nbns = message.protocolName { return netBIOS &+= 1 }
    do throws(E) { try body(message, isSeveral ? message.file : nil) } catch { failure = error }
  }
}

/// What was decoded.
package struct DecodeResult: Sendable {
  /// Packets read, messages in them, records in those, and messages that could not be decoded to their end.
  package var packets = 0, messages = 0, records = 0, malformed = 0
  /// Messages of NetBIOS's name service, which are none of those.
  package var netBIOS = 0
  /// Messages quoted in ICMP errors, which are none of those either.
  package var quoted = 0
  /// What was odd about packets, and the encrypted DNS among them.
  var oddities = PacketOddities()
  /// The same in sentences.
  package var oddityLines: [String] {
    oddities.opaque.map { $0.count.sentence(of: $0.name) } + oddities.sorted.map(\.sentence)
  }
  /// What is wrong with the filter: a sentence. Then nothing was read.
  package var wrongFilter: String?
  /// How many files the inputs stand for.
  package var inputs = 0
  /// What could not be read at all, what was cut short or damaged, and what else is to know: sentences.
  package var unreadable: [String] = [], damaged: [String] = [], warnings: [String] = []
}
