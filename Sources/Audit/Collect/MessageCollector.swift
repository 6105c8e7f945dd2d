import Bytes
import DNSWire
import Findings
import Packets
import Transactions

/// The ordered stage: takes every message in frame order, interns what responses say, and matches them to queries.
struct MessageCollector: Sendable {
  /// What the responses say.
  private(set) var store = ResponseStore()
  /// The responses, in frame order.
  private(set) var records = RecordStore()
  /// The record of the response at hand, which is appended once it is settled or waits.
  private var recordAtHand = ResponseRecord.none
  /// How many of them, from the first on, were told before and are here for what they show of chains of trust.
  private(set) var carried = 0
  /// Those that are to be told: not those that were taken over from the part before.
  var responses: Range<Int> { carried..<records.count }
  /// The addresses in them, and what is known of the flows of the messages that are taken next.
  private(set) var addresses = AddressBook()
  private var nearFlows = NearFlows()
  /// All the packets of responses that came in several.
  private(set) var fragmentFrames: [Int: [PacketID]] = [:]
  /// The transaction in which a response stands against other data.
  private(set) var conflicts: [Int: Int] = [:]
  /// Where responses of another input than those before begin; inputs are read as one, in order of time.
  private(set) var fileRuns: [(start: Int, file: Int)] = []
  /// The inputs of queries that are in another one than their response.
  private(set) var queryFiles: [Int: Int] = [:]
  /// Counts for the summary.
  private(set) var messages = 0, queries = 0, malformed = 0, signaturesSeen = 0
  private(set) var notJudged = KindCounts(), oddities = PacketOddities()
  /// Responses without the end of their datagram, kept or not.
  private var unfinished = 0
  /// Such responses that are kept and judged: a capture of port 53 alone may have thousands, which say little, and a
  /// flood of lone fragments must not fill the memory (500 bytes each).
  static let unfinishedLimit = 16_384
  /// What the hashes of messages are made with.
  let keys: BatchKeys
  private var transactions: TransactionTable, settled: [MatchOutcome] = []
  /// Answers without a query of their own, also those that are only counted.
  private(set) var sprays = SprayTable()
  /// What was seen beside DNS messages, and packets that the capture lost, as far as it says.
  var witness = PacketWitness(), drops = 0

  /// Nothing taken yet.
  init() {
    keys = BatchKeys(content: store.recognitionKey, conversations: HashKey())
    transactions = TransactionTable(hashKey: keys.conversations)
  }

  /// The input that a response came from.
  func file(of index: Int) -> Int {
    var low = 0, high = fileRuns.count
    while low < high {
      let middle = (low + high) / 2
      if fileRuns[middle].start <= index { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : fileRuns[low - 1].file
  }

  /// What the queries say of those who ask.
  var study: TrafficStudy { transactions.study }

  /// What limits conclusions from what the capture does not show.
  var quality: CaptureQuality {
    let strays = sprays.sprays.reduce(0) { $0 + max(0, $1.count - $1.nearMisses - $1.repetitive) }
    let counters = transactions.counters
    return CaptureQuality(
      queries: counters.queries, unanswered: counters.unanswered, open: counters.openAtEnd,
      responses: records.count, unasked: strays,
      drops: drops, start: records.first.map { Timestamp(nanoseconds: $0.time) },
      end: records.last.map { Timestamp(nanoseconds: $0.time) })
  }

  /// Takes the next message.
  mutating func receive(_ message: borrowing MessageBytes) {
    let identity = MessageIdentity(message.bytes, store.recognitionKey)
    receive(
      BatchedMessage(message, start: 0), message.bytes, message.frames, identity,
      keys.conversation(message, identity))
  }

  /// Takes the messages of a batch.
  mutating func receive(_ batch: borrowing MessageBatch) {
    if let beginning = batch.beginning { begin(at: beginning) }
    var start = 0
    while start < batch.messages.count {
      let end = min(start + MessageCollector.stride, batch.messages.count)
      store.approach(batch.identities[start..<end])
      transactions.approach(batch.conversations[start..<end])
      approachQueries(batch, start..<end)
      nearFlows.approach(batch, start..<end, addresses, records)
      for index in start..<end {
        let message = batch.messages[index]
        nearFlows.go(to: index &- start)
        receive(
          message, batch.bytes.span.extracting(message.start..<message.start + message.count),
          batch.fragments.isEmpty ? [] : batch.fragments[index] ?? [], batch.identities[index],
          batch.conversations[index])
      }
      start = end
    }
    nearFlows.leave()
  }

  /// Brings near what is known of those who ask.
  @inline(__always)
  private mutating func approachQueries(_ batch: borrowing MessageBatch, _ range: Range<Int>) {
    let questions = store.approachedQuestions
    var next = 0
    for index in range where !batch.identities[index].isResponse {
      transactions.approach(query: batch.messages[index].flow, questions[next])
      next &+= 1
    }
  }

  /// Messages that are brought near together: few, so that the first is still in the first-level cache after the last.
  private static let stride = 32

  /// Takes a message.
  private mutating func receive(
    _ message: BatchedMessage, _ bytes: Span<UInt8>, _ frames: [PacketID], _ identity: MessageIdentity,
    _ conversation: ConversationKey
  ) {
    guard !message.isQuoted else { return notJudged.count("quoted-in-icmp") }
    messages += 1
    guard message.protocolName == .dns else { return notJudged.count("\(message.protocolName)") }
    guard let view = try? MessageView(bytes) else {
      malformed += 1
      return oddities.count(.messageShorterThanHeader, packet: message.packet)
    }
    guard view.header.flags.isQuery else {
      return notJudged.count("opcode-\(view.header.flags.opcode.mnemonic.lowercased())")
    }
    if view.header.qdCount > 1 { oddities.count(.questionCount, packet: message.packet) }
    guard view.header.flags.isResponse else { return receiveQuery(message, view, identity, conversation) }
    if sprays.isFlooding || transactions.isOverloaded, divert(message, view) { return }
    if message.isUnfinished {
      unfinished += 1
      guard unfinished <= MessageCollector.unfinishedLimit else {
        return oddities.count(.beginningAlone, packet: message.packet)
      }
    }
    receiveResponse(message, view, frames, identity, conversation)
  }

  /// Begins with the time of the first packet; what was taken before is not matched with what comes.
  mutating func begin(at time: Timestamp) {
    settleAll()
    transactions = TransactionTable(hashKey: keys.conversations)
    transactions.begin(at: time)
  }

  /// Ends the capture: responses that waited for their query are settled.
  mutating func finish() {
    settleAll()
    transactions.release()
    store.endRecognition()
  }

  /// Settles what waits.
  private mutating func settleAll() {
    var outcomes: [MatchOutcome] = []
    transactions.finish { outcomes.append($0) }
    for outcome in outcomes { settle(outcome) }
  }

  /// Ends the messages that are taken over from an earlier part of a run: they count no more, and were matched there.
  mutating func endCarrying() {
    carried = records.count
    (messages, queries, malformed, signaturesSeen) = (0, 0, 0, 0)
    (notJudged, oddities, conflicts) = (KindCounts(), PacketOddities(), [:])
  }

  /// Matches a query.
  private mutating func receiveQuery(
    _ message: BatchedMessage, _ view: MessageView, _ identity: MessageIdentity,
    _ conversation: ConversationKey
  ) {
    queries += 1
    let query = store.internQuery(view, identity.hash)
    observe(
      message, view, conversation, (query.question, query.foldedQuestion), content: 0,
      body: UInt64(query.number), record: -1,
      dnssecOK: query.dnssecOK, isTransfer: query.isTransfer, wantsAD: query.wantsAD, edns: query.edns)
  }

  /// Counts a response of a flood and keeps nothing of it; false when it is to be kept.
  private mutating func divert(_ message: BatchedMessage, _ view: MessageView) -> Bool {
    let flow = message.flow
    let question = store.knownQuestion(view)
    let guess = Guess(
      packet: message.packet, time: message.time, flow: flow, id: view.header.id,
      question: question.map { UInt64($0) << 1 | 1 } ?? 0, traits: [], record: nil,
      ipTTL: message.network.ipTTL)
    switch transactions.knowledge(of: flow, id: view.header.id, question: question) {
    case .some: return false
    case .answered:
      guard sprays.drowns(flow.destination) else { return false }
      sprays.receiveContest(guess)
    case .contested:
      guard sprays.diverts(to: flow.destination) else { return false }
      sprays.receiveContest(guess)
    case .overloaded: sprays.receiveContest(guess)
    case .none:
      guard sprays.diverts(to: flow.destination) else { return false }
      sprays.receive(guess, isKept: false)
    }
    notJudged.count("flood")
    return true
  }

  /// Keeps a response and matches it.
  private mutating func receiveResponse(
    _ message: BatchedMessage, _ view: MessageView, _ frames: [PacketID], _ identity: MessageIdentity,
    _ conversation: ConversationKey
  ) {
    let (id, body) = store.intern(view, identity.hash)
    noteOddities(message, body)
    let index = records.count
    if message.packet.file != fileRuns.last?.file ?? 0 { fileRuns.append((index, message.packet.file)) }
    recordAtHand = ResponseRecord(
      time: message.time.nanoseconds, frame: UInt32(truncatingIfNeeded: message.packet.number),
      id: view.header.id,
      traits: ResponseTraits(message.flow.transport, isCut: message.isCut, isDamaged: message.isDamaged),
      source: nearFlows.source ?? addresses.number(message.flow.source),
      destination: nearFlows.destination ?? addresses.number(message.flow.destination),
      sourcePort: message.flow.sourcePort, destinationPort: message.flow.destinationPort, body: id.rawValue,
      network: message.network)
    recordAtHand.note(
      isOtherVersion: message.isOtherVersion, isUnsure: message.isUnfinished || message.isRecovered)
    if !frames.isEmpty { fragmentFrames[index] = frames }
    signaturesSeen += Int(body.signatureCount)
    if !message.isDamaged {
      observe(
        message, view, conversation, (body.question, body.foldedQuestion), content: body.content,
        body: UInt64(id.rawValue), record: index, dnssecOK: body.dnssecOK, isTransfer: body.isTransfer,
        edns: body.edns)
    }
    records.append(recordAtHand, flow: nearFlows.flow)
  }

  /// Counts what is odd about a response.
  private mutating func noteOddities(_ message: BatchedMessage, _ body: ResponseBody) {
    if body.isMalformed {
      malformed += 1
      oddities.count(.malformedResponse, packet: message.packet)
    }
    if message.isRecovered { oddities.count(.recoveredMessage, packet: message.packet) }
    if message.isOtherVersion { oddities.count(.otherVersion, packet: message.packet) }
    if message.isDamaged { oddities.count(.wrongChecksum, packet: message.packet) }
  }

  /// Shows a message to the transactions and takes over what they settle.
  private mutating func observe(
    _ message: BatchedMessage, _ view: MessageView, _ conversation: ConversationKey,
    _ question: (spelled: UInt32?, folded: UInt32?),
    content: UInt32, body: UInt64, record: Int, dnssecOK: Bool?,
    isTransfer: Bool, wantsAD: Bool = false, edns: UInt32?
  ) {
    let observation = Observation(
      recordIndex: record, frame: message.packet.rawValue, time: message.time, flow: message.flow,
      id: view.header.id,
      isResponse: view.header.flags.isResponse, tc: view.header.flags.tc, isTransfer: isTransfer,
      questionID: question.spelled ?? .max,
      foldedQuestionID: question.folded ?? .max, contentID: content,
      bodyHash: body << 16 | UInt64(view.header.id), ipID: message.ipID, network: message.network,
      dnssecOK: dnssecOK, wantsAD: wantsAD, rd: view.header.flags.rd, ednsID: edns ?? Observation.none)
    settled.removeAll(keepingCapacity: true)
    transactions.receive(observation, conversation) { settled.append($0) }
    for index in settled.indices { settle(settled[index]) }
  }

  /// Writes down how a response fits to its query.
  private mutating func settle(_ outcome: MatchOutcome) {
    let index = outcome.recordIndex
    guard index >= 0, index <= records.count else { return }
    let isAtHand = index == records.count
    var record = isAtHand ? recordAtHand : records[index]
    record.settle(outcome, cookie: cookie(outcome.queryEDNS, record.bodyID))
    if let query = outcome.queryFrame.map(PacketID.init(rawValue:)) {
      record.queryFrame = UInt32(truncatingIfNeeded: query.number)
      if query.file != (fileRuns.isEmpty ? 0 : file(of: index)) { queryFiles[index] = query.file }
    }
    if let group = outcome.conflictGroup { conflicts[index] = group }
    if isAtHand { recordAtHand = record } else { records[index] = record }
    if outcome.status != .answered { noteGuess(index, record, outcome) }
  }

  /// What a response makes of the cookie in its query. (Mutating, like what it asks, since what is not would copy the
  /// whole collector here.)
  private mutating func cookie(_ edns: UInt32, _ body: BodyID) -> ResponseRecord.CookieEcho? {
    guard edns != Observation.none, let cookies = store.clientCookies(query: edns, response: body) else {
      return nil
    }
    guard let received = cookies.received else { return .missing }
    return received == cookies.sent ? .echoed : .wrong
  }

  /// Shows a response without a query of its own to the sprays.
  private mutating func noteGuess(_ index: Int, _ record: ResponseRecord, _ outcome: MatchOutcome) {
    switch outcome.status {
    case .conflicting: return sprays.countSuspicious(to: addresses[record.destination])
    case .duplicate where !outcome.isMirrorCopy:
      return sprays.countSuspicious(to: addresses[record.destination])
    // A capture without queries says nothing of who asked.
    case .mismatched, .unsolicited, .unknown: if !outcome.traits.contains(.clientAsks) { return }
    case .answered, .duplicate, .late: return
    }
    let flow = Flow(
      source: addresses[record.source], sourcePort: record.sourcePort,
      destination: addresses[record.destination],
      destinationPort: record.destinationPort, transport: record.traits.transport)
    let question = store.body(record.bodyID).foldedQuestion
    sprays.receive(
      Guess(
        packet: PacketID(Int(record.frame), file: file(of: index)), time: Timestamp(nanoseconds: record.time),
        flow: flow, id: record.id, question: question.map { UInt64($0) << 1 | 1 } ?? 0,
        traits: outcome.traits,
        record: index, ipTTL: record.network.ipTTL), isKept: true)
  }
}
