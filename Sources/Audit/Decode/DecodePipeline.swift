import Bytes
import Capture
import Findings
import Packets

/// Reads captures and has work done on every message, without judgement.
package struct DecodePipeline {
  private let inputs: [String], filter: String?, packetLimit: Int?, ports: [UInt16]
  private let isAnyPort: Bool, workers: Int

  /// A run over captures as one session; of each at most `packetLimit` packets that the filter matches.
  /// - Parameter workers: cores to use.
  package init(
    inputs: [String], filter: String?, packetLimit: Int? = nil, ports: [UInt16], isAnyPort: Bool = false,
    workers: Int = 1
  ) {
    (self.isAnyPort, self.workers) = (isAnyPort, workers)
    (self.inputs, self.filter, self.packetLimit, self.ports) = (inputs, filter, packetLimit, ports)
  }

  /// Has work done on every message. Those of NetBIOS's name service are left out: they have the format of DNS and other
  /// meanings.
  /// - Parameter deliver: gets the products, in the order of the messages.
  package func run<Work: DecodingWork, Failure: Error>(
    _: Work.Type, _ deliver: @escaping (Work.Product) throws(Failure) -> Void
  ) throws(Failure) -> DecodeResult {
    var result = DecodeResult()
    let filter: PacketFilter?
    do throws(CaptureError) { filter = try PacketFilter(optional: self.filter) } catch {
      result.wrongFilter = error.sentence
      return result
    }
    var session = CaptureSession(CapturePaths(inputs), hash: false, workers: workers)
    var decoder = PacketDecoder(
      ports: ports, isAnyPort: isAnyPort, selector: filter, keepsWitness: false)
    decoder.isNoting = Work.wantsLosses
    var crew = MessageCrew<Work, Failure>(
      workers: Work.isHeavy ? workers : 1, isSeveral: session.paths.count > 1, deliver)
    try read(&session, &decoder, &result, &crew)
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
    var counts = RecordCounts()
    var result = run(RecordCount.self) { (part) throws(Never) in
      counts.records += part.records
      counts.malformed += part.malformed
    }
    (result.records, result.malformed) = (counts.records, counts.malformed)
    return result
  }

  /// Reads all captures.
  private func read<Work, Failure>(
    _ session: inout CaptureSession, _ decoder: inout PacketDecoder, _ result: inout DecodeResult,
    _ crew: inout MessageCrew<Work, Failure>
  ) throws(Failure) {
    var netBIOS = 0, isEnough = false
    while let frame = session.next(leaving: isEnough) {
      decoder.decode(frame) { take($0, &netBIOS, &crew) }
      if Work.wantsLosses { for note in decoder.takeNotes() { crew.receive(note) } }
      try crew.check()
      isEnough = decoder.hasReached(packetLimit)
    }
    decoder.finish { take($0, &netBIOS, &crew) }
    if Work.wantsLosses { for note in decoder.takeNotes() { crew.receive(note) } }
    try crew.finish()
    result.netBIOS = netBIOS
  }

  /// Hands on a message, unless it is one of NetBIOS. What it changes it gets as arguments: captured, each access cost a
  /// check at run time.
  @inline(__always)
  private func take<Work, Failure>(
    _ message: borrowing MessageBytes, _ netBIOS: inout Int, _ crew: inout MessageCrew<Work, Failure>
  ) {
    if case .nbns = message.protocolName { return netBIOS &+= 1 }
    crew.receive(message)
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
